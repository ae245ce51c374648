"""A backup that is restored elsewhere changes nothing in SuperOffice before the link is checked again."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from tests.factories import in_app
from tests.functional.maintenance.backups import backed_up
from wizard.domain.superoffice import DriftState, LinkAccess
from wizard.extensions import db
from wizard.models import SuperOfficeDrift, SuperOfficeLink
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.services.in_superoffice import may_save_there
from wizard.services.maintenance.restore import restore_backup


def test_a_restored_link_is_kept_and_does_not_save_before_it_is_checked(
    filled: Flask, empty: Flask, tmp_path: Path
) -> None:
    with filled.app_context(), writing():
        link = db.session.scalars(select(SuperOfficeLink)).one()
        link.access, link.linked_at = LinkAccess.FULL, now()
        before = link.tenant, link.credentials
        db.session.add(SuperOfficeDrift(connection_id=1, state=DriftState.SAME))
        db.session.commit()
        assert may_save_there()

    path = backed_up(filled, tmp_path / "all.zip")
    in_app(empty, lambda: restore_backup(path))

    with empty.app_context():
        link = db.session.scalars(select(SuperOfficeLink)).one()
        assert (link.tenant, link.credentials) == before
        assert link.linked_at is not None
        assert link.health is None
        assert not may_save_there()
        assert db.session.scalar(select(func.count(SuperOfficeDrift.id))) == 0
