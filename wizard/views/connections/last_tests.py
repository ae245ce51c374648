"""The last tests of a connection that somebody has asked for, beside its page."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_login import current_user

from wizard.domain.check import RunKind, RunState
from wizard.extensions import db
from wizard.messages import moment
from wizard.models import CheckRun, Connection
from wizard.services.checks import select_newest, visible_runs
from wizard.views.checks.health_view import verdict_words

MAX_TESTS = 3


@dataclass(frozen=True)
class TestView:
    """`href` is there if its page can be opened."""

    text: str
    tone: str
    at: str
    href: str | None


def last_tests(connection: Connection) -> list[TestView]:
    """The newest first."""
    conditions = (
        CheckRun.connection_id == connection.id,
        CheckRun.kind == RunKind.CONNECTION,
        CheckRun.state == RunState.FINISHED,
    )
    runs = db.session.scalars(select_newest(*conditions, limit=MAX_TESTS)).all()
    visible = visible_runs(current_user, [run.id for run in runs])
    return [_view(run, can_open=run.id in visible) for run in runs]


def _view(run: CheckRun, *, can_open: bool) -> TestView:
    text, tone = verdict_words(RunKind.CONNECTION, run.health.verdict)
    href = url_for("checks.show", run_id=run.id) if can_open else None
    return TestView(text, tone, moment(run.health.at), href)
