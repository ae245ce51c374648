"""The last check of a connector or of a connection in words."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from wizard.domain.check import Health, RunKind, Verdict
from wizard.messages import duration, moment, summary
from wizard.models import Connection, ConnectionState, Connector
from wizard.views.checks.receipt_view import capitalised
from wizard.views.checks.stage_view import as_may_be_seen


@dataclass(frozen=True)
class HealthView:
    """The result of the last check in words, with its tone, when it was, and where it is shown in full."""

    text: str
    tone: str
    note: str
    check_url: str | None = None


def connector_health(connector: Connector) -> HealthView:
    return _health(RunKind.CONNECTOR, connector.health) if connector.health else _never_reached()


def connection_health(connection: Connection) -> HealthView:
    if connection.health:
        return _health(RunKind.CONNECTION, connection.health)
    is_saved = connection.state == ConnectionState.SAVED  # with other values than those that were tested
    return HealthView(_("Not tested yet") if is_saved else _("Not saved yet"), "", "")


def _never_reached() -> HealthView:
    return HealthView(_("Not reached yet"), "warn", _("Added without a check. Test it when it can be reached."))


def _health(kind: RunKind, health: Health) -> HealthView:
    text, tone = verdict_words(kind, health.verdict)
    at = capitalised(moment(health.at))
    note = _("%(moment)s, in %(duration)s.", moment=at, duration=duration(health.elapsed_ms))
    if health.stage and health.verdict != Verdict.PASSED:
        note = f"{note} {summary(as_may_be_seen(health.stage))}"
    return HealthView(text, tone, note, url_for("checks.show", run_id=health.run_id))


def verdict_words(kind: RunKind, verdict: Verdict) -> tuple[str, str]:
    """The verdict in words, and its tone."""
    is_connector = kind == RunKind.CONNECTOR
    match verdict:
        case Verdict.PASSED:
            return _("Answers") if is_connector else _("Passed"), "ok"
        case Verdict.WARNING:
            return _("Answers, with a remark") if is_connector else _("Passed with a remark"), "warn"
        case _:
            return _("Does not work") if is_connector else _("Failed"), "bad"
