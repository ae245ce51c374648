"""What is registered in SuperOffice already: on step 1, and as a list of what is not here; taken over with a click.

What was read last is shown, with its time; what fails meanwhile is said beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.connector import ConnectorInput
from wizard.domain.fields import in_language
from wizard.domain.steps import Step
from wizard.domain.superoffice import Licence, Registered, SeenConnection, SeenConnector
from wizard.errors import InvalidState, NotFound
from wizard.messages import date, moment, summary
from wizard.models import Setup, Source, SuperOfficeReading
from wizard.outside.superoffice import SuperOfficeError
from wizard.services.checks import check_input
from wizard.services.setups import find_registered, take_over_connection, take_over_connector, use_registered
from wizard.services.superoffice import (
    last_reading,
    last_registered,
    linked,
    read_connection,
    read_registered,
    registered_elsewhere,
)
from wizard.views.setups.base import blueprint, current
from wizard.views.setups.steps import check_url, step_url
from wizard.web import current_language, current_page, limit_checks, some_of


@dataclass(frozen=True)
class RegisteredRow:
    """A connector or connection of SuperOffice, with its id there; `take_url` takes it over, `reason` says why that is
    not possible."""

    id: int
    name: str
    kind: str
    lines: Sequence[str]
    state: str
    take_url: str | None = None
    reason: str = ""


@dataclass(frozen=True)
class RegisteredView:
    """What was read; `seen` says of whom and when, `when` that in a sentence.

    `licence` is the licence and what it is for, or that none was seen.
    """

    seen: str
    when: str
    trouble: str
    licence: tuple[str, str]
    has_licence: bool
    rows: Sequence[RegisteredRow]
    read_url: str


def registered_view(setup: Setup) -> RegisteredView | None:
    """For step 1, as it was read last; None without a link."""
    if linked() is None:
        return None
    there = last_registered() or Registered()
    rows = [_step_row(setup, there, each) for each in there.connectors]
    return _view(there, rows)


def not_here_view() -> RegisteredView | None:
    """For the page of the link, as it was read last; None without a link."""
    if linked() is None:
        return None
    found = registered_elsewhere()
    rows = [_connector_row(last_registered() or found, each) for each in found.connectors]
    return _view(found, rows + [_connection_row(each) for each in found.connections])


@blueprint.post("/superoffice/read")
@limit_checks
def read_registered_again() -> Response:
    """Returns to the page with the button."""
    try:
        read_registered()
    except SuperOfficeError as error:
        flash(_("SuperOffice could not be read. %(reason)s", reason=summary(error.result)), "warn")
    return redirect(current_page() or url_for("home.show"), 303)


@blueprint.post("/<int:setup_id>/app/use")
@limit_checks
def app_use() -> Response:
    """Goes on with a connector of SuperOffice, and checks it at once if its URL can be called."""
    setup, seen = current(), _find_connector(request.form.get("connector", ""))
    if use_registered(current_user, setup, seen.id, _shown(seen.name), seen.url):
        return redirect(step_url(setup, Step.CONNECTION), 303)
    return _check(setup)


@blueprint.post("/superoffice/connectors/<int:superoffice_id>")
@limit_checks
def take_connector(superoffice_id: int) -> Response:
    """Opens a connector form with SuperOffice's values, and checks it at once if its URL can be called."""
    seen = _find_connector(str(superoffice_id))
    return _check(take_over_connector(current_user, _shown(seen.name), seen.url))


@blueprint.post("/superoffice/connections/<int:superoffice_id>")
@limit_checks
def take_connection(superoffice_id: int) -> Response:
    """Opens a connection form with what can be seen of SuperOffice's; its connector has to be here."""
    there = last_registered() or Registered()
    seen = next((each for each in there.connections if each.id == superoffice_id), None)
    if seen is None:
        raise NotFound(superoffice_id)
    connector = find_registered(_connector_id(there, seen), seen.connector_url)
    if connector is None:
        raise InvalidState("connector")
    try:
        values = read_connection(seen)
    except SuperOfficeError as error:
        flash(_("SuperOffice could not be read. %(reason)s", reason=summary(error.result)), "warn")
        return redirect(current_page() or url_for("home.show"), 303)
    if values.unknown_users:
        _flash_unknown(values.unknown_users)
    names = {"name": _shown(seen.name), "description": _shown(seen.description)}
    setup = take_over_connection(current_user, connector, names, values.scope, values.config, current_language())
    return redirect(step_url(setup, Step.CONNECTION), 303)


def _flash_unknown(count: int) -> None:
    text = ngettext(
        "%(num)s user or group of its scope is not known here yet. Read users and groups, then choose it.",
        "%(num)s users or groups of its scope are not known here yet. Read users and groups, then choose them.",
        count,
    )
    flash(text, "warn")


def _check(setup: Setup) -> Response:
    values = ConnectorInput.from_draft(setup.typed(Step.CONNECTOR))
    if values.problems():
        return redirect(step_url(setup, Step.CONNECTOR), 303)
    check_input(current_user, setup, values)
    return redirect(check_url(setup, Step.CONNECTOR), 303)


def _find_connector(superoffice_id: str) -> SeenConnector:
    """Raises NotFound for one that was not there at the last reading."""
    there = last_registered() or Registered()
    found = next((each for each in there.connectors if str(each.id) == superoffice_id), None)
    if found is None:
        raise NotFound(superoffice_id)
    return found


def _connector_id(there: Registered, connection: SeenConnection) -> int:
    return next((each.id for each in there.connectors if each.url == connection.connector_url), 0)


def _view(there: Registered, rows: Sequence[RegisteredRow]) -> RegisteredView:
    reading, link = last_reading(Source.REGISTRY), linked()
    place = [link.tenant, link.company] if link else []
    at = moment(reading.read_at) if reading and reading.read_at else ""
    return RegisteredView(
        seen=", ".join(filter(None, [*place, at or _("not read yet")])),
        when=_("Seen in SuperOffice %(moment)s.", moment=at) if at else "",
        trouble=_trouble(reading),
        licence=_licence_words(there.licence),
        has_licence=there.licence is not None,
        rows=rows,
        read_url=url_for("setups.read_registered_again"),
    )


def _trouble(reading: SuperOfficeReading | None) -> str:
    if reading is None or reading.failed_at is None or reading.failure is None:
        return ""
    at, reason = moment(reading.failed_at), summary(reading.failure)
    return _("SuperOffice could not be read %(moment)s. %(reason)s", moment=at, reason=reason)


def _licence_words(licence: Licence | None) -> tuple[str, str]:
    match licence:
        case Licence.DEVELOPER_TOOLS:
            return _("Licence: Development Tools"), _("Enough for any sync app, also one that is made for you.")
        case Licence.ERP_SYNC:
            return (
                _("Licence: ERP Sync"),
                _("Enough for a ready-made app. An app that is made for you needs Development Tools too."),
            )
    return _("No licence for ERP sync was seen"), _(
        "SuperOffice does not name every licence. Ask your SuperOffice contact."
    )


def _step_row(setup: Setup, there: Registered, seen: SeenConnector) -> RegisteredRow:
    return RegisteredRow(
        seen.id,
        _shown(seen.name),
        _("Sync Connector"),
        [_changed(seen), seen.url],
        _used(there, seen),
        url_for("setups.app_use", setup_id=setup.id),
    )


def _connector_row(there: Registered, seen: SeenConnector) -> RegisteredRow:
    url = url_for("setups.take_connector", superoffice_id=seen.id)
    return RegisteredRow(seen.id, _shown(seen.name), _("Sync Connector"), [seen.url], _used(there, seen), url)


def _connection_row(seen: SeenConnection) -> RegisteredRow:
    there = last_registered() or Registered()
    is_possible = find_registered(_connector_id(there, seen), seen.connector_url) is not None
    return RegisteredRow(
        seen.id,
        _shown(seen.name),
        _("ERP connection"),
        [_("On the connector %(name)s", name=_shown(seen.connector_name))],
        _("Active") if seen.active else _("Not active"),
        url_for("setups.take_connection", superoffice_id=seen.id) if is_possible else None,
        "" if is_possible else _("Take over its connector first."),
    )


def _changed(seen: SeenConnector) -> str:
    day = date(seen.changed_at) if seen.changed_at and not seen.changed_at.startswith("0001") else ""
    if seen.changed_by and day:
        return _("A Sync Connector, last changed by %(who)s on %(date)s", who=seen.changed_by, date=day)
    return _("A Sync Connector")


def _used(there: Registered, seen: SeenConnector) -> str:
    names = [_shown(each.name) for each in there.connections_on(seen)]
    return _("Used by %(names)s", names=some_of(names)) if names else _("Used by no connection")


def _shown(text: str) -> str:
    """A name of SuperOffice in the reader's language."""
    return in_language(text, current_language()) or text
