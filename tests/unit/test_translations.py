"""Every text in every language: none missing, none unsure, all with the same particulars."""

from __future__ import annotations

import ast
import re
from io import BytesIO

import pytest
from babel.messages.mofile import write_mo

from tests.texts import ROOT, TRANSLATED, asked, catalog, forms_of, path_of
from wizard.languages import of_environment, speaking, spoken

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%")


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated(language: str) -> None:
    """Run `make translations` for what is missing here, and fill it in."""
    messages = {forms_of(message.id)[0]: message for message in catalog(language) if message.id}
    missing = [
        text
        for text, forms in asked().items()
        if text not in messages
        or not all(forms_of(messages[text].string))
        or len(forms_of(messages[text].id)) != len(forms)
    ]
    assert missing == []
    assert messages.keys() - asked() == set(), "no longer asked for"


def test_no_text_is_asked_for_where_make_translations_does_not_find_it() -> None:
    """It does not look into f-strings."""
    calls = (
        (path.name, node.args[0].value)
        for path in (ROOT / "wizard").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "_l", "ngettext")
        if isinstance(node.args[0], ast.Constant)
    )
    assert [call for call in calls if call[1] not in asked()] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_unsure(language: str) -> None:
    assert [message.id for message in catalog(language) if message.id and message.fuzzy] == []


@pytest.mark.parametrize(("language", "other"), [("da", "[Kk]odeord"), ("de", "Passw[oö]rt"), ("nl", "[Pp]aswoord")])
def test_a_password_has_one_name(language: str, other: str) -> None:
    translations = [form for message in catalog(language) if message.id for form in forms_of(message.string)]
    assert [each for each in translations if re.search(other, each)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_placeholders_and_outer_spaces_of_its_text(language: str) -> None:
    for message in catalog(language):
        if not message.id:
            continue
        one, many = (forms_of(message.id) * 2)[:2]
        forms = forms_of(message.string)
        for text, translated in zip((one, many), forms, strict=False):
            optional = {"%(num)s"} if len(forms) > 1 else set()
            assert set(PLACEHOLDER.findall(translated)) - optional == set(PLACEHOLDER.findall(text)) - optional, one
            assert (text[:1].isspace(), text[-1:].isspace()) == (translated[:1].isspace(), translated[-1:].isspace())
            assert translated % PARTICULARS


class _Anything(dict[str, object]):
    """Fits every placeholder."""

    def __missing__(self, name: str) -> int:
        return 2


PARTICULARS = _Anything()


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    """If it is not, run `make`."""
    compiled = BytesIO()
    write_mo(compiled, catalog(language))
    assert path_of(language).with_suffix(".mo").read_bytes() == compiled.getvalue()


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "nl_NL.UTF-8"}, "nl"),
        ({"LANG": "de_AT@euro"}, "de"),
        ({"LANG": "no_NO"}, "nb"),
        ({"LANG": "nn"}, "nb"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8", "LANGUAGE": "fr:sv:da"}, "sv"),
        ({"LANG": "nl_NL", "LC_MESSAGES": "da_DK"}, "da"),
        ({"LANG": "nl_NL", "LC_ALL": "C.UTF-8", "LANGUAGE": "sv"}, "en"),
        ({"LC_ALL": "POSIX", "LANG": "nl_NL"}, "en"),
        ({"LC_ALL": "", "LANG": "nl_NL"}, "nl"),
        ({"LANGUAGE": "nl"}, "en"),
    ],
)
def test_a_terminal_is_answered_in_its_language(environment: dict[str, str], language: str) -> None:
    assert of_environment(environment) == language


def test_the_first_language_that_is_ours_is_spoken() -> None:
    assert spoken(["fr", "", "x-nl", "DE-at", "nl"]) == "de"
    assert spoken([]) == "en"


def test_a_block_speaks_a_language_without_a_page() -> None:
    from flask_babel import gettext

    with speaking("nl"):
        assert gettext("Add") == "Toevoegen"
        with speaking("sv"):
            assert gettext("Add") == "Lägg till"
        assert gettext("Add") == "Toevoegen"
    assert gettext("Add") == "Add"
