"""What the documents name is there."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from tests import reasons_page
from tests.texts import TRANSLATED, asked, catalog
from wizard.cli import cli
from wizard.config import PREFIX, Settings, settings_table

ROOT = Path(__file__).parents[2]
DOCS = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]

FILE = re.compile(r"(?:[\w.-]+/)*[\w.-]+\.(?:css|html|js|md|py|svg|toml|txt|wsdl|yaml|zip)|(?:[\w.-]+/)+")
"""A file by its path, or a folder, which ends in a slash."""
MODULE = re.compile(r"(?:wizard|tests)(?:\.\w+)+")
NAME = re.compile(r"[A-Z][a-z]+(?:[A-Z][a-z]+)+|[a-z]+(?:_[a-z]+)+|[A-Z]+(?:_[A-Z]+)+")
"""A name of the code: two words in one."""
OF_CODE = ("CONTRIBUTING.md", "docs/glossary.md", "docs/how-it-works.md")
"""The documents whose names are those of the code."""
PLACES = ("", "docs", "wizard")
"""Where a path may begin."""

each_document = pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)


def prose(path: Path) -> str:
    """A document without its blocks of code."""
    return re.sub(r"^(?:```.*?^```|    \S.*?)$", "", path.read_text(), flags=re.MULTILINE | re.DOTALL)


def in_backticks(path: Path) -> list[str]:
    return re.findall(r"`([^`\n]+)`", prose(path))


def anchors(path: Path) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", prose(path), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def module_exists(name: str) -> bool:
    """Whether it is a package, a module, or a name that a module defines."""
    path = ROOT / name.replace(".", "/")
    if path.is_dir() or path.with_suffix(".py").is_file():
        return True
    module = path.parent / "__init__.py" if path.parent.is_dir() else path.parent.with_suffix(".py")
    defined = rf"^(?:(?:class|def) {path.name}\b|{path.name}\b.* = )|import .*\b{path.name}\b"
    return module.is_file() and re.search(defined, module.read_text(), re.MULTILINE) is not None


def test_no_test_module_imports_another_one() -> None:
    modules = {path: path.read_text() for path in (ROOT / "tests").rglob("test_*.py")}
    found = re.compile(r"^(?:from|import) tests\.(?:\w+\.)*test_\w+", re.MULTILINE)
    assert [path.name for path, text in modules.items() if found.search(text)] == []


def test_each_threat_has_its_test() -> None:
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "docs" / "threat-model.md").read_text()))
    written = {
        name for path in (ROOT / "tests").rglob("test_*.py") for name in re.findall(r"def (test_\w+)", path.read_text())
    }
    assert len(named) > 20
    assert named <= written


@pytest.mark.parametrize(("variable", "default", "meaning"), settings_table())
def test_every_setting_is_documented_as_it_is(variable: str, default: str, meaning: str) -> None:
    assert f"| `{variable}` | {default} | {meaning} |" in (ROOT / "docs" / "settings.md").read_text()


def test_the_page_of_reasons_is_that_of_the_tables() -> None:
    """Run `make reasons` after a change of words."""
    assert (ROOT / "docs" / "reasons.md").read_text() == reasons_page.page()


@each_document
def test_every_variable_that_is_named_is_a_setting(path: Path) -> None:
    settings = {PREFIX + each.name.upper() for each in fields(Settings)} | {PREFIX}
    assert set(re.findall(r"ERP_WIZARD_[A-Z_]*", path.read_text())) <= settings


@each_document
def test_every_command_that_is_named_is_one(path: Path) -> None:
    assert set(re.findall(r"erp-wizard ([a-z][a-z-]+)", path.read_text())) <= set(cli.commands)


@each_document
def test_every_file_that_is_named_exists(path: Path) -> None:
    named = [text for text in in_backticks(path) if FILE.fullmatch(text)]
    assert [text for text in named if not any((ROOT / place / text).exists() for place in PLACES)] == []


@pytest.mark.parametrize("path", [path for path in DOCS if path.name != "CHANGELOG.md"], ids=lambda path: path.name)
def test_every_module_that_is_named_exists(path: Path) -> None:
    named = [name for text in in_backticks(path) for name in re.findall(r"^[\w.]+", text) if MODULE.fullmatch(name)]
    assert [name for name in named if not module_exists(name)] == []


@pytest.mark.parametrize("path", OF_CODE)
def test_every_name_of_the_code_exists(path: str) -> None:
    code = "".join(each.read_text() for each in (ROOT / "wizard").rglob("*.py"))
    texts = [text for text in in_backticks(ROOT / path) if not FILE.fullmatch(text)]
    named = {name for text in texts for name in re.split(r"\W+", text) if NAME.fullmatch(name)}
    assert named
    assert named <= set(re.findall(r"\w+", code))


def test_the_table_of_rooms_has_every_room() -> None:
    rooms = {f"{path.relative_to(ROOT)}/" for path in (ROOT / "wizard").iterdir() if (path / "__init__.py").is_file()}
    modules = {str(path.relative_to(ROOT)) for path in (ROOT / "wizard").glob("[!_]*.py")}
    _, table = (ROOT / "docs" / "how-it-works.md").read_text().split("## The rooms\n")
    assert rooms | modules <= set(re.findall(r"`([^`]+)`", table))


@pytest.mark.parametrize(("column", "language"), list(enumerate(TRANSLATED, 1)))
def test_the_glossary_has_the_terms_of_the_pages(column: int, language: str) -> None:
    _, table = (ROOT / "docs" / "glossary.md").read_text().split("| --- | --- | --- | --- | --- | --- |\n")
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()]
    translations = [str(catalog(language).get(text).string) for text in asked()]
    assert len(rows) > 10
    for english, term in ((row[0], row[column]) for row in rows):
        if english in asked():
            assert catalog(language).get(english).string == term
        else:
            assert any(english in text for text in asked())
            assert any(term in text for text in translations)


def test_every_fact_that_the_code_refers_to_has_its_section() -> None:
    files = [*(ROOT / "wizard").rglob("*.py"), ROOT / "tests" / "data" / "connector-contract" / "README.md"]
    named = {title for path in files for title in re.findall(r"docs/superoffice\.md: ([^).]+)[).]", path.read_text())}
    assert len(named) > 5
    assert named <= set(re.findall(r"^## (.*)$", (ROOT / "docs" / "superoffice.md").read_text(), re.MULTILINE))


@each_document
def test_every_link_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)", prose(path))
    for file, anchor in links:
        target = path.parent / file if file else path
        assert target.exists(), file
        assert not anchor or anchor in anchors(target), f"{file}#{anchor}"
