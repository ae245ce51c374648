"""The Sync page: both lists, and what is in progress."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, current_app, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.check import StageResult
from wizard.domain.fields.multilang import in_language
from wizard.domain.steps import STEPS, Step
from wizard.messages import duration, moment, summary
from wizard.models import Connection, ConnectionState, Connector, RunKind, Setup, SetupKind
from wizard.models.columns import Undecryptable
from wizard.services.connections.find import changed_fields, count_connections, list_connections, members_of
from wizard.services.connectors.find import connections_of, count_connectors, list_connectors
from wizard.services.setups.find import in_progress
from wizard.services.setups.start import start_practice
from wizard.services.users.count import count_everyone, count_users
from wizard.views.checks.check_view import as_may_be_seen, capitalised
from wizard.views.setups.base import step_url
from wizard.views.setups.connector import practice_url
from wizard.views.users.scope_text import members_summary
from wizard.web.htmx import render
from wizard.web.language import current_language
from wizard.web.paging import page_number, page_view, search_text, with_query

blueprint = Blueprint("home", __name__)


@dataclass(frozen=True)
class HealthView:
    """State in words, with a tone, and when that was."""

    text: str
    tone: str
    note: str


@dataclass(frozen=True)
class ConnectorRow:
    connector: Connector
    health: HealthView
    used_by: str


@dataclass(frozen=True)
class ConnectionRow:
    connection: Connection
    health: HealthView
    scope: str
    users: str
    saving: bool
    changed: str | None


@dataclass(frozen=True)
class ResumeView:
    """See macros/ui.html, resume."""

    id: int
    kicker: str
    title: str
    items: Sequence[tuple[bool, str]]
    note: str
    button: str
    href: str
    discard_url: str


@blueprint.get("/")
def show() -> Response:
    connectors, connections = count_connectors(), count_connections()
    resumes = [_resume(setup) for setup in in_progress()] if current_user.is_administrator else []
    if not any((*connectors, *connections)) and current_user.is_administrator:
        return render("home/empty.html", resumes=resumes, offers_practice=current_app.config["PRACTICE"])
    return render("home/home.html", "home/_lists.html", resumes=resumes, **_lists(connectors, connections))


@blueprint.post("/practice-setup")
def practice() -> Response:
    """The guide with the practice connector filled in."""
    setup = start_practice(current_user, practice_url(), _("Practice connector"))
    return redirect(step_url(setup, Step.CONNECTOR), 303)


def _lists(connectors: tuple[int, int], connections: tuple[int, int]) -> dict[str, Any]:
    gone_connectors, gone_connections = request.args.get("cd") == "1", request.args.get("nd") == "1"
    cq, nq = search_text("cq"), search_text("nq")
    some_connectors = list_connectors(
        cq, deleted=gone_connectors, page=page_number("cp"), total=connectors[gone_connectors]
    )
    some_connections = list_connections(
        nq, deleted=gone_connections, page=page_number("np"), total=connections[gone_connections]
    )
    everyone = count_everyone()
    used = connections_of(some_connectors.rows)
    return {
        "lead": _lead(connectors[0], connections[0]),
        "connectors": [_connector_row(row, used.get(row.id, 0)) for row in some_connectors.rows],
        "connector_page": page_view(some_connectors, "cp", "connectors"),
        "connector_filters": _filters("cd", "cp", "connectors", connectors, gone_connectors),
        "connections": [_connection_row(row, everyone) for row in some_connections.rows],
        "connection_page": page_view(some_connections, "np", "connections"),
        "connection_filters": _filters("nd", "np", "connections", connections, gone_connections),
        "cq": cq,
        "nq": nq,
        "gone_connectors": gone_connectors,
        "gone_connections": gone_connections,
        "kept_for_connectors": {name: request.args[name] for name in ("cd", "nd", "nq", "np") if name in request.args},
        "kept_for_connections": {name: request.args[name] for name in ("nd", "cd", "cq", "cp") if name in request.args},
        "searches_connectors": connectors[0] > 5 or bool(cq),
        "searches_connections": connections[0] > 5 or bool(nq),
    }


def _filters(
    parameter: str, page: str, anchor: str, counts: tuple[int, int], gone: bool
) -> list[tuple[str, str, bool]]:
    current_url = with_query(anchor, **{parameter: None, page: None})
    deleted_url = with_query(anchor, **{parameter: "1", page: None})
    return [
        (_("Current %(count)s", count=counts[0]), current_url, not gone),
        (_("Deleted %(count)s", count=counts[1]), deleted_url, gone),
    ]


def _lead(connectors: int, connections: int) -> str:
    first = ngettext("%(num)s connector", "%(num)s connectors", connectors)
    second = ngettext("%(num)s connection", "%(num)s connections", connections)
    return _("%(connectors)s, %(connections)s.", connectors=first, connections=second)


def _connector_row(connector: Connector, used: int) -> ConnectorRow:
    never = HealthView(_("Not reached yet"), "warn", _("Added without a check. Test it when it can be reached."))
    health = _health(
        RunKind.CONNECTOR, connector.health, never, _("Answers"), _("Answers, with a remark"), _("Does not work")
    )
    used_by = ngettext("%(num)s connection", "%(num)s connections", used) if used else _("No connections")
    return ConnectorRow(connector, health, used_by)


def _connection_row(connection: Connection, everyone: int) -> ConnectionRow:
    never = HealthView(_("Not saved yet"), "", "")
    groups, users = members_of(connection)
    count = everyone if connection.all_access else count_users(groups, users)
    return ConnectionRow(
        connection=connection,
        health=_health(
            RunKind.CONNECTION, connection.health, never, _("Passed"), _("Passed with a remark"), _("Failed")
        ),
        scope=_("Everyone") if connection.all_access else members_summary(len(groups), len(users)),
        users=ngettext("%(num)s person", "%(num)s people", count) if count else "",
        saving=connection.state == ConnectionState.SAVING,
        changed=_changed(connection),
    )


def _health(
    kind: RunKind, health: dict[str, Any] | None, never: HealthView, passed: str, remark: str, failed: str
) -> HealthView:
    if health is None:
        return never
    at = capitalised(moment(datetime.fromisoformat(health["at"])))
    when = _("%(moment)s, in %(duration)s.", moment=at, duration=duration(health["elapsed_ms"]))
    stage = as_may_be_seen(StageResult.from_json(health["stage"]), kind) if health["stage"] else None
    note = f"{when} {summary(stage)}" if stage else when
    match health["verdict"]:
        case "passed":
            return HealthView(passed, "ok", when)
        case "warning":
            return HealthView(remark, "warn", note)
        case _:
            return HealthView(failed, "bad", note)


def _changed(connection: Connection) -> str | None:
    """What came and what went since it was saved, and what to do."""
    if isinstance(connection.config, Undecryptable):
        return _unreadable()
    if connection.has_secrets_of_another:
        return _("Its connector has moved to another host. Edit it, enter its secrets anew and test again.")
    changes = changed_fields(connection)
    if not changes:
        return None
    language = current_language()

    def names(fields: Any) -> str:
        return ", ".join(in_language(field.label, language) or field.key for field in fields)

    parts = [_("Its connector now asks for other fields.")]
    if changes.added:
        parts.append(_("New: %(fields)s.", fields=names(changes.added)))
    if changes.removed:
        parts.append(_("No longer asked for: %(fields)s.", fields=names(changes.removed)))
    if changes.changed:
        parts.append(_("Changed: %(fields)s.", fields=names(changes.changed)))
    return " ".join([*parts, _("Edit it, fill them in and test again.")])


def _resume(setup: Setup) -> ResumeView:
    step = Step(setup.step)
    guided = setup.kind == SetupKind.GUIDED
    reached = STEPS.index(step)
    who = _("you") if setup.updated_by_id == current_user.id else setup.updated_by.name
    title, note = _title(setup), _("Saved as draft %(moment)s by %(who)s.", moment=moment(setup.updated_at), who=who)
    if title is None:
        title, note = _("Draft"), f"{note} {_unreadable()}"
    states = [
        _("App installed") if reached else _("App to install"),
        _("Connector added") if reached > 1 else _("Connector to add"),
        _("Connection to add"),
    ]
    return ResumeView(
        id=setup.id,
        kicker=_("Setup in progress, step %(number)s of 3", number=reached + 1) if guided else _unsaved(setup),
        title=title,
        items=[(number < reached, state) for number, state in enumerate(states)] if guided else [],
        note=note,
        button=_("Continue setup") if guided else _("Continue"),
        href=step_url(setup, step),
        discard_url=url_for("setups.discard", setup_id=setup.id),
    )


def _unsaved(setup: Setup) -> str:
    """What a form of the lists would save."""
    if setup.edits:
        return _("Changes not saved yet")
    if setup.kind == SetupKind.CONNECTOR:
        return _("New Sync Connector, not saved yet")
    return _("New ERP connection, not saved yet")


def _unreadable() -> str:
    return _("It was encrypted with a key that the wizard does not have.")


def _title(setup: Setup) -> str | None:
    """What a setup is about, by the name that it got furthest on; None where it cannot be read."""
    if isinstance(setup.draft, Undecryptable):
        return None
    connection, connector, app = (setup.typed(step) for step in (Step.CONNECTION, Step.CONNECTOR, Step.APP))
    unnamed = _("New setup") if setup.kind == SetupKind.GUIDED else _("Without a name")
    return connection.get("name") or connector.get("name") or app.get("erp") or unnamed
