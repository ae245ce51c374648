"""What is distributed: the wheel, the locks, and the commands that set up."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
import tomllib
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("dist")))
    return Path(built)


def files(folder: str) -> set[str]:
    return {
        str(path.relative_to(ROOT))
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.mark.no_cover
def test_the_wheel_has_every_file_of_the_program(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert files("wizard") <= names
    assert {f"wizard/{name}" for name in files("templates") | files("static")} <= names


@pytest.mark.parametrize(
    "pattern",
    [
        r"migrations/versions/0\w+\.py",
        r"templates/base\.html",
        r"static/app\.css",
        r"static/js/app\.js",
        r"practice/connector/\w+\.wsdl",
        r"translations/nl/LC_MESSAGES/messages\.mo",
    ],
)
def test_the_wheel_has_files_that_are_not_imported(wheel: Path, pattern: str) -> None:
    assert any(re.fullmatch(f"wizard/{pattern}", name) for name in zipfile.ZipFile(wheel).namelist())


def test_the_wheel_has_nothing_else(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert tops == {"wizard", "erp_sync_wizard-1.0.0.dist-info"}


def test_the_wheel_has_its_license_and_says_which(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    metadata = archive.read("erp_sync_wizard-1.0.0.dist-info/METADATA").decode()
    assert archive.read("erp_sync_wizard-1.0.0.dist-info/licenses/LICENSE") == (ROOT / "LICENSE").read_bytes()
    assert "\nLicense-Expression: Apache-2.0\nLicense-File: LICENSE\n" in metadata
    assert "\nAuthor: ERP Sync Setup contributors\n" in metadata


@pytest.mark.parametrize("folder", ["static", "tests"])
def test_a_vendored_script_keeps_its_license_beside_it(folder: str) -> None:
    scripts = list((ROOT / folder).rglob("*.min.js"))
    assert scripts
    assert all(path.with_name(path.name.removesuffix(".min.js") + ".LICENSE").is_file() for path in scripts)


@pytest.mark.no_cover
def test_the_wheel_starts_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    installed, empty = tmp_path / "installed", tmp_path / "an empty folder"
    zipfile.ZipFile(wheel).extractall(installed)
    empty.mkdir()
    with started(installed, empty) as address:
        page = urllib.request.urlopen(address).read().decode()
        style = re.search(r'href="(/static/\w+/app\.css)"', page)
        assert style
        assert urllib.request.urlopen(address + style[1]).status == 200
    assert {path.name for path in empty.iterdir()} == {"instance"}


@contextmanager
def started(installed: Path, folder: Path) -> Iterator[str]:
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1", "ERP_WIZARD_PORT": "0"}
    command = [sys.executable, "-u", "-c", "from wizard.cli import main; main()", "run"]
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) as process:
        limit = threading.Timer(60, process.kill)
        limit.start()
        try:
            assert process.stdout
            found = (re.search(r"http://\S+", line) for line in process.stdout)
            yield next(match[0] for match in found if match)
        finally:
            limit.cancel()
            process.terminate()


def locked_versions(name: str) -> dict[str, str]:
    """Package and version of every line of a lock."""
    return dict(re.findall(r"^([\w.-]+)(?:\[\w+\])?==(\S+)", (ROOT / name).read_text(), re.MULTILINE))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_hashes_and_neither_addresses_nor_paths(name: str) -> None:
    pinned = r"[\w.-]+==\S+( ; [^\\/]+)? \\\n(    --hash=sha256:[0-9a-f]{64}( \\)?\n)+"
    assert re.fullmatch(f"({pinned})+", (ROOT / name).read_text())


def test_the_tests_run_with_the_versions_that_the_program_is_installed_with() -> None:
    program, tools = (locked_versions(name) for name in LOCKS)
    assert program.items() <= tools.items()


def test_the_locks_have_every_requirement() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    for requirements, lock in [
        (project["project"]["dependencies"] + groups["run"], LOCKS[0]),
        ([each for each in groups["dev"] if isinstance(each, str)], LOCKS[1]),
    ]:
        names = {re.match(r"[\w.-]+", each)[0].lower() for each in requirements}  # type: ignore[index]
        assert names <= set(locked_versions(lock))


def test_make_says_which_python_is_needed(tmp_path: Path) -> None:
    result = make(tmp_path / "a folder", "PYTHON=false", "run")
    assert result.returncode != 0
    assert "Python 3.11 or newer is needed; 'false' is not" in result.stderr


def test_make_help_lists_every_target_with_its_meaning(tmp_path: Path) -> None:
    targets = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[0].split()
    listed = make(tmp_path, "help").stdout.splitlines()
    assert sorted(line.split()[0] for line in listed) == sorted(targets)
    assert all(len(line.split()) > 1 for line in listed)


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs make in a folder that has just what the set-up reads."""
    folder.mkdir(exist_ok=True)
    for name in ("Makefile", "pyproject.toml", *LOCKS):
        shutil.copy(ROOT / name, folder)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(
        ["make", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
