"""Where nothing but the instance folder and that of temporary files takes changes, as in the container."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.over_http import Browser, reach_step_3
from tests.processes import wizard
from wizard.practice import PATH

pytestmark = pytest.mark.no_cover

AROUND = """
mount --make-rprivate /
mount --bind "$1" "$1"
mount -o remount,bind,ro /
if touch "$1/../x" 2>/dev/null; then exit 99; fi
shift
unset COVERAGE_PROCESS_CONFIG COVERAGE_PROCESS_START  # it would write beside the sources
exec "$@"
"""
"""Makes the root read-only for one program, except for a folder."""
WAYS = (["unshare", "--mount"], ["unshare", "--user", "--map-root-user", "--mount"])


def read_only_around(folder: Path) -> list[str]:
    """What starts a command so; skips the test where nobody may do that."""
    for way in WAYS if shutil.which("unshare") else ():
        within = [*way, "sh", "-ec", AROUND, "sh", str(folder)]
        if subprocess.run([*within, "true"], capture_output=True, check=False).returncode == 0:
            return within
    pytest.skip("the root cannot be made read-only here")


def test_it_works_where_only_its_own_folders_take_changes(tmp_path: Path) -> None:
    folder = tmp_path / "changing"
    (folder / "tmp").mkdir(parents=True)
    around = {"TMPDIR": str(folder / "tmp"), "HOME": "/nonexistent", "PYTHONDONTWRITEBYTECODE": "1"}

    with wizard(folder / "instance", within=read_only_around(folder), **around) as running:
        browser = Browser(running.address)
        browser.enter(running.link or "")
        page = reach_step_3(browser, running.address + PATH)
        large = {"name": "x" * (1 << 20)}  # the server holds it in a temporary file

        assert browser.send(page, large).status_code < 500
        assert browser.get("/healthz").json() == {"status": "ok"}
