"""Finding setups, and what they are about."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select, update
from sqlalchemy.orm import joinedload

from wizard.domain.check import RunKind
from wizard.domain.steps import Step
from wizard.errors import NotFound
from wizard.extensions import db
from wizard.models import PASSED, Account, CheckRun, Connector, Continuation, Setup, SetupKind, SyncApp
from wizard.models.database import reload_for_update, writing
from wizard.services.checks import connector_payload, find_receipt


def find_setup(setup_id: int) -> Setup:
    """The setup, with its app and connector. Raises NotFound."""
    rows = (joinedload(Setup.sync_app), joinedload(Setup.connector).joinedload(Connector.sync_app))
    setup = db.session.get(Setup, setup_id, options=rows)
    if setup is None:
        raise NotFound(setup_id)
    return setup


def find_for_change(setup_id: int) -> Setup:
    """The setup, re-read FOR UPDATE. Raises NotFound."""
    setup = reload_for_update(Setup, setup_id)
    if setup is None:
        raise NotFound(setup_id)
    return setup


def in_progress() -> Sequence[Setup]:
    """Setups to resume, the newest first: those in which something was typed or a step was taken."""
    guided = Setup.kind == SetupKind.GUIDED
    begun = (
        select(Setup)
        .where(Setup.finished_at.is_(None))
        .where((Setup.updated_at > Setup.created_at) | (guided & (Setup.step != Step.APP)))
        .order_by(Setup.updated_at.desc())
        .limit(20)
    )
    return db.session.scalars(begun).all()


def tested_setups(setups: Sequence[Setup]) -> set[int]:
    """Ids of those in which a check of the step where they stand has passed, for whatever was typed then."""
    kinds = {Step.CONNECTOR: RunKind.CONNECTOR, Step.CONNECTION: RunKind.CONNECTION}
    of_step = [
        (CheckRun.setup_id == each.id) & (CheckRun.kind == kinds[each.step]) for each in setups if each.step in kinds
    ]
    if not of_step:
        return set()
    passed = select(CheckRun.setup_id).where(or_(*of_step), CheckRun.verdict.in_(PASSED))
    return {setup_id for setup_id in db.session.scalars(passed.distinct()) if setup_id is not None}


def open_edit(account: Account, kind: SetupKind, row_id: int) -> Setup | None:
    """The form in which this account already edits a row."""
    row = Setup.connector_id if kind == SetupKind.CONNECTOR else Setup.connection_id
    mine = select(Setup).where(
        Setup.kind == kind, row == row_id, Setup.account_id == account.id, Setup.finished_at.is_(None)
    )
    return db.session.scalar(mine)


def provider_of(setup: Setup | None, connector: Connector | None) -> tuple[str, str]:
    """The provider's name and contact for a note: as registered with the connector, else as typed in step 1."""
    app: SyncApp | None = connector.sync_app if connector else None
    app = app or (setup.sync_app if setup else None)
    if app is not None:
        return app.provider, app.contact
    typed = setup.typed(Step.APP) if setup else {}
    return typed.get("provider", ""), typed.get("contact", "")


def chosen_connector(setup: Setup) -> Connector | None:
    """The undeleted connector that step 3 is about: the one chosen there, else the one made in step 2."""
    typed = setup.typed(Step.CONNECTION)
    connector_id = typed.get("connector_id", setup.connector_id)
    connector = db.session.get(Connector, connector_id) if connector_id else None
    return connector if connector is not None and connector.deleted_at is None else None


def has_receipt(connector: Connector) -> bool:
    """Whether the connector's own check has passed and still holds."""
    return find_receipt(connector_payload(connector)) is not None


def take_continuation(run: CheckRun) -> bool:
    """Whether a page that waits for a run has to go on now; true once only, so that Back leads back."""
    if run.continuation != Continuation.ASKED or not run.passed:
        return False
    db.session.rollback()  # what was read so far must not become a transaction that writes: see set_write_intent
    with writing():
        asked = (CheckRun.id == run.id) & (CheckRun.continuation == Continuation.ASKED)
        first = update(CheckRun).where(asked).values(continuation=Continuation.FOLLOWED)
        changed = db.session.execute(first.returning(CheckRun.id)).all()
        db.session.commit()
    return bool(changed)


def acknowledge_version(setup: Setup) -> None:
    """Lets the next save overwrite the present version, which the page now compares with the form."""
    row = setup.connection if setup.kind == SetupKind.CONNECTION else setup.connector
    setup.base_version = row.version if row is not None else None
    db.session.commit()
