"""Both lists of the Sync page, as `home/_lists.html` renders them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from wizard.domain.connection import Scope
from wizard.domain.fields import ConfigField, in_language
from wizard.domain.next_steps import NextStep
from wizard.messages import moment
from wizard.models import Connection, ConnectionState, Connector, Removal
from wizard.models.encrypted import Undecryptable
from wizard.services.connections import changed_fields, has_changed, list_connections, removals_of
from wizard.services.connectors import connections_of, list_connectors
from wizard.services.users import count_users
from wizard.views.checks.health_view import HealthView, connection_health, connector_health
from wizard.views.connections.in_superoffice import said, state_of
from wizard.views.drift.view import DriftBadge, badges_of
from wizard.views.practice import is_practice
from wizard.views.users.scope_text import everyone_text, scope_text, users_text
from wizard.views.watch.in_list import WatchedView, watched_views
from wizard.web import (
    Action,
    ListView,
    RowAction,
    Search,
    actions_of,
    current_language,
    current_or_deleted,
    page_number,
    page_view,
    search_text,
    some_of,
)

SEARCHABLE_ROWS = 6
"""A shorter list is looked through faster than it is searched."""


@dataclass(frozen=True)
class ConnectorRow:
    """`href` is its page, which readers cannot open; `left` says which connections it still has to forget;
    `drift` is there if it differs from SuperOffice, `watched` if it is tested automatically.
    """

    name: str
    href: str | None
    urls: Sequence[str]
    health: HealthView
    used_by: str
    used_by_url: str | None
    left: str | None
    drift: DriftBadge | None
    watched: WatchedView | None
    actions: Sequence[Action]


@dataclass(frozen=True)
class ConnectionRow:
    """`active` is a text with its tone, `note` says who has said so, `warning` what has changed since it was saved.

    `href` is its page, once it is saved; `changes_url` is there if SuperOffice has other values,
    `drift` if it was found to differ there, `watched` if it is tested automatically.
    """

    name: str
    href: str | None
    description: str
    active: tuple[str, str]
    note: str
    changes_url: str | None
    connector: str
    scope: str
    users: str
    health: HealthView
    warning: str | None
    drift: DriftBadge | None
    watched: WatchedView | None
    actions: Sequence[Action]


def connector_list(counts: tuple[int, int]) -> ListView[ConnectorRow]:
    """`counts` are the numbers of current and of deleted connectors."""
    deleted, query = request.args.get("cd") == "1", search_text("cq")
    page = list_connectors(query, deleted=deleted, page=page_number("cp"), total=counts[deleted])
    used, actions = connections_of(page.rows), _connector_actions(deleted=deleted)
    removals = removals_of([row.id for row in page.rows]) if current_user.is_administrator else {}
    drifts, watched = badges_of(page.rows), watched_views(page.rows)
    empty = _("No connector is deleted.") if deleted else _("No connectors yet.")
    return ListView(
        rows=[
            _connector_row(
                row, used.get(row.id, 0), removals.get(row.id, []), drifts.get(row.id), watched.get(row.id), actions
            )
            for row in page.rows
        ],
        empty=_("Nothing found.") if query else empty,
        page=page_view(page, "cp", "connectors"),
        filters=current_or_deleted("connectors", counts, deleted=deleted, prefix="c"),
        search=_search(query, _("Search connectors"), "cq", "#connectors", ("cd", "nd", "nq", "np"), counts[0]),
    )


def connection_list(counts: tuple[int, int]) -> ListView[ConnectionRow]:
    """`counts` are the numbers of current and of deleted connections."""
    deleted, query = request.args.get("nd") == "1", search_text("nq")
    page = list_connections(query, deleted=deleted, page=page_number("np"), total=counts[deleted])
    actions, drifts = _connection_actions(deleted=deleted), badges_of(page.rows)
    watched = watched_views(page.rows)
    empty = _("No connection is deleted.") if deleted else _("No connections yet.")
    return ListView(
        rows=[_connection_row(row, drifts.get(row.id), watched.get(row.id), actions) for row in page.rows],
        empty=_("Nothing found.") if query else empty,
        page=page_view(page, "np", "connections"),
        filters=current_or_deleted("connections", counts, deleted=deleted, prefix="n"),
        search=_search(query, _("Search connections"), "nq", "#connections", ("nd", "cd", "cq", "cp"), counts[0]),
    )


def _search(query: str, label: str, parameter: str, action: str, others: Iterable[str], count: int) -> Search | None:
    """`others` are the parameters to keep: the state of the other list, and whether deleted rows are listed."""
    if not query and count < SEARCHABLE_ROWS:
        return None
    hidden = {name: request.args[name] for name in others if name in request.args}
    return Search(query, label, parameter, action, hidden)


def _connector_actions(*, deleted: bool) -> list[RowAction]:
    if deleted:
        return [RowAction(_("Restore"), "connectors.restore")] if current_user.is_administrator else []
    test = RowAction(_("Test now"), "connectors.check")
    if not current_user.is_administrator:
        return [test]
    return [test, RowAction(_("Edit"), "connectors.edit"), RowAction(_("Delete"), "connectors.delete")]


def _connection_actions(*, deleted: bool) -> list[RowAction]:
    if deleted:
        return [RowAction(_("Restore"), "connections.restore")] if current_user.is_administrator else []
    test = RowAction(_("Test now"), "connections.test")
    if not current_user.is_administrator:
        return [test]
    return [
        test,
        RowAction(_("Configure"), "connections.show", posts=False),
        RowAction(_("Edit"), "connections.edit"),
        RowAction(_("Copy"), "connections.copy"),
        RowAction(_("Delete"), "connections.delete"),
    ]


def _connector_row(
    connector: Connector,
    used: int,
    removals: Sequence[Removal],
    drift: DriftBadge | None,
    watched: WatchedView | None,
    actions: Iterable[RowAction],
) -> ConnectorRow:
    if removals:
        actions = [*actions, RowAction(_("Stop removing"), "connectors.leave")]
    return ConnectorRow(
        name=connector.name,
        href=url_for("connectors.show", connector_id=connector.id) if current_user.is_administrator else None,
        urls=[url for url in (connector.url, connector.real_url) if url],
        health=(watched and watched.health) or connector_health(connector),
        used_by=ngettext("%(num)s connection", "%(num)s connections", used) if used else _("No connections"),
        used_by_url=url_for("home.show", nq=connector.name, _anchor="connections") if used else None,
        left=_left(removals),
        drift=drift,
        watched=watched,
        actions=actions_of(actions, connector_id=connector.id),
    )


def _left(removals: Sequence[Removal]) -> str | None:
    if not removals:
        return None
    return ngettext(
        "%(num)s connection that could not be saved is still to be removed at the connector: %(names)s. It is tried"
        " again %(moment)s.",
        "%(num)s connections that could not be saved are still to be removed at the connector: %(names)s. It is tried"
        " again %(moment)s.",
        len(removals),
        names=some_of([removal.name for removal in removals]),
        moment=moment(min(removal.next_try_at for removal in removals)),
    )


def _connection_row(
    connection: Connection, drift: DriftBadge | None, watched: WatchedView | None, actions: Iterable[RowAction]
) -> ConnectionRow:
    scope = connection.scope
    href = None if _is_new(connection) else url_for("connections.show", connection_id=connection.id)
    active, note = _active(connection)
    return ConnectionRow(
        name=connection.name,
        href=href,
        description=connection.description,
        active=active,
        note=note,
        changes_url=f"{href}#changes" if href and _may_see_changes() and has_changed(connection) else None,
        connector=connection.connector.name,
        scope=scope_text(scope),
        users=_users(scope),
        health=(watched and watched.health) or connection_health(connection),
        warning=_warning(connection),
        drift=drift,
        watched=watched,
        actions=actions_of(actions, connection_id=connection.id),
    )


def _users(scope: Scope) -> str:
    """How many users a scope has; how many everyone is, SuperOffice knows alone."""
    if scope.everyone:
        return everyone_text()
    count = count_users(scope.group_ids, scope.user_ids)
    return users_text(count) if count else ""


def _may_see_changes() -> bool:
    """They are values, which are not for readers."""
    return bool(current_user.is_administrator)


def _is_new(connection: Connection) -> bool:
    """Whether it is being saved for the first time."""
    return connection.state == ConnectionState.SAVING and connection.receipt is None


def _active(connection: Connection) -> tuple[tuple[str, str], str]:
    """Whether it is active in SuperOffice, with a tone, and who has said so."""
    if connection.waits_for_superoffice:
        return (_("Not in SuperOffice yet"), "warn"), ""
    if connection.state == ConnectionState.SAVING:
        return (_("Being saved"), ""), ""
    if connection.is_there:
        return _active_there(connection)
    if is_practice(connection.connector.url):
        return (_("For practice"), "note"), ""
    done = connection.done
    if NextStep.ACTIVATE in done:
        return (_("Yes"), "ok"), said(done[NextStep.ACTIVATE])
    return (_("Not yet"), ""), state_of(connection)[0]


def _active_there(connection: Connection) -> tuple[tuple[str, str], str]:
    """As it was last seen in SuperOffice."""
    if not connection.is_active_there:
        return (_("No"), ""), ""
    at = connection.superoffice_seen_at
    return (_("Yes"), "ok"), _("Seen in SuperOffice: %(moment)s", moment=moment(at)) if at else ""


def _warning(connection: Connection) -> str | None:
    """What has changed since it was saved, and what to do."""
    if any(isinstance(each, Undecryptable) for each in _encrypted_values(connection)):
        return cannot_be_decrypted()
    if connection.has_secrets_of_another:
        return _("Its connector has moved to another host. Edit it, enter its secrets anew and test again.")
    changes = changed_fields(connection)
    if not changes:
        return None
    parts = [_("Its connector now asks for other fields.")]
    if not current_user.is_administrator:  # the labels are the connector's words
        return parts[0]
    if changes.added:
        parts.append(_("New: %(fields)s.", fields=_labels(changes.added)))
    if changes.removed:
        parts.append(_("No longer asked for: %(fields)s.", fields=_labels(changes.removed)))
    if changes.changed:
        parts.append(_("Changed: %(fields)s.", fields=_labels(changes.changed)))
    return " ".join([*parts, _("Edit it, fill them in and test again.")])


def _encrypted_values(connection: Connection) -> tuple[object, ...]:
    return connection.config, connection.fields, connection.connector.fields


def _labels(fields: Iterable[ConfigField]) -> str:
    language = current_language()
    return ", ".join(in_language(field.label, language) or field.key for field in fields)


def cannot_be_decrypted() -> str:
    return _("It was encrypted with a key that the wizard does not have.")
