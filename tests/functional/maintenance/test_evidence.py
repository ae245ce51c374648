"""What connectors answer is nowhere in the clear: not in the files of the database, not in a backup."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.factories import SECRET, Visitor, databases, in_app, serve_repeating
from tests.factories.repeating import in_a_label
from tests.steps import RIGHT, open_step_2
from wizard.extensions import db
from wizard.models import Connector
from wizard.services.maintenance.backup import write_backup


def contents_of(admin: Visitor, folder: Path) -> bytes:
    """The files of the database, with what is only logged ahead, and the parts of a backup."""
    backup = folder / "backup.zip"
    in_app(admin.app, lambda: write_backup(backup))
    with zipfile.ZipFile(backup) as archive:
        parts = b"".join(map(archive.read, archive.namelist()))
    files = [] if databases else sorted(Path(admin.app.instance_path).glob("*.sqlite3*"))
    return parts + b"".join(file.read_bytes() for file in files)


def test_no_answer_is_in_the_files_of_the_database_or_in_a_backup(admin: Visitor, tmp_path: Path) -> None:
    with serve_repeating(tmp_path, in_a_label) as url:  # nobody has typed this secret: nothing blacks it out
        page = admin.send(open_step_2(admin), {"name": "Practice", "url": url, "action": "continue"}).request.path
        admin.send(page, RIGHT | {"action": "test"})
        assert admin.send(page, {"action": "ok"}).request.path.endswith("/done")
        admin.post("/connections/1/test")

    assert SECRET.encode() in repr(in_app(admin.app, lambda: db.session.get_one(Connector, 1).fields)).encode()
    contents = contents_of(admin, tmp_path)
    assert b"Acme Norway" in contents
    for answered in (SECRET, "Company code", "text/xml", "Customer"):
        assert answered.encode() not in contents
