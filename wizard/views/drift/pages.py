"""Compares a connector or a connection with SuperOffice, and makes both sides the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.steps import Step
from wizard.domain.superoffice import DriftState
from wizard.errors import InvalidInput, InvalidState, NotInSuperOffice, ReceiptMissing, StaleVersion
from wizard.extensions import htmx
from wizard.messages import describe
from wizard.models import Connection, Connector
from wizard.outside.superoffice import SuperOfficeError
from wizard.services.configuration import compare_there, has_read_there
from wizard.services.connections import find_connection
from wizard.services.connectors import find_connector
from wizard.services.setups import edit_connector
from wizard.services.superoffice import drift
from wizard.services.superoffice.drift import Choice, Row, choices_for, chosen_values, details_of, make_same
from wizard.services.superoffice.saving import Settled, restore_there
from wizard.views.configuration.differing import differing_view
from wizard.views.drift.view import badges_of, drift_view
from wizard.views.setups.steps import step_url
from wizard.web import current_language, limit_checks, some_of

blueprint = Blueprint("drift", __name__)
ADDRESS = "/<any(connections, connectors):kind>/<int:row_id>/superoffice"


@blueprint.post(f"{ADDRESS}/compare")
@limit_checks
def compare(kind: str, row_id: int) -> Response | str:
    """Asks SuperOffice; htmx gets the fragment that shows what differs."""
    row = _find(kind, row_id)
    failure = None
    try:
        drift.compare(row)
        _compare_configuration(kind, row_id)
    except SuperOfficeError as error:
        failure = _why(error)
    except InvalidState:
        pass  # it is not there any more
    if htmx:
        return render_template("drift/_drift.html", **_compared(_find(kind, row_id), failure))
    if failure:
        flash(failure, "warn")
    return _back(kind, row_id)


def _compared(row: Row, failure: str | None) -> dict[str, Any]:
    found: dict[str, Any] = {"drift": drift_view(row, failure=failure, asks=False), "differing": None}
    if isinstance(row, Connection):
        found |= {"differing": differing_view(row), "badge_beside": True, "drift_badge": badges_of([row]).get(row.id)}
    return found


def _compare_configuration(kind: str, row_id: int) -> None:
    """Only what was read once is compared: before that there is nothing here."""
    row = _find(kind, row_id)
    if isinstance(row, Connection) and has_read_there(row):
        compare_there(row)


@blueprint.post(f"{ADDRESS}/same")
def resolve(kind: str, row_id: int) -> Response:
    """Takes what is chosen from SuperOffice, and writes what is chosen there."""
    row = _find(kind, row_id)
    choices = _choices(row)
    if not choices:
        flash(_("Choose at least one value first."), "warn")
        return _back(kind, row_id)
    if isinstance(row, Connector):
        return _open_form(row, choices)
    try:
        run = make_same(current_user, row, choices, request.form.get("version", ""), current_language())
    except (StaleVersion, InvalidState):
        flash(_("One of the two sides has changed meanwhile. Look through it once more, then choose."), "warn")
    except ReceiptMissing:
        flash(_("The values here were not tested since they were taken. Test the connection first."), "warn")
    except InvalidInput as error:
        flash(_problem(error), "warn")
    except NotInSuperOffice as unknown:
        flash(_not_in_superoffice(unknown.names), "warn")
    except SuperOfficeError as error:
        flash(_why(error), "warn")
    else:
        if run is not None:
            return redirect(url_for("checks.show", run_id=run.id), 303)
        taken = len(choices)
        flash(ngettext("%(num)s value is taken.", "%(num)s values are taken.", taken), "ok")
        return _back(kind, row_id)
    return _back(kind, row_id, choices)


@blueprint.post(f"{ADDRESS}/restore")
@limit_checks
def restore(kind: str, row_id: int) -> Response:
    """Has SuperOffice save again what is deleted there."""
    settled = restore_there(current_user, _find(kind, row_id))
    if settled == Settled.LATER:
        flash(_("SuperOffice has not saved it yet. It is tried again automatically."), "warn")
        return _back(kind, row_id)
    try:
        drift.compare(_find(kind, row_id))
        record = drift.drift_of(_find(kind, row_id))
    except SuperOfficeError as error:
        flash(_why(error), "warn")
    else:
        _say_restored(is_gone=record is not None and record.state == DriftState.GONE)
    return _back(kind, row_id)


def _say_restored(*, is_gone: bool) -> None:
    if is_gone:
        flash(_("SuperOffice has deleted it for good. Delete it here too, and add it anew."), "warn")
    else:
        flash(_("SuperOffice has it again."), "ok")


def _choices(row: Row) -> dict[str, Choice]:
    """What is chosen for each value that differs, or for all of them."""
    details = details_of(row)
    offers = {each.code: choices_for(each) for each in details.differences} if details else {}
    for_all = request.form.get("all")
    chosen = {code: for_all or request.form.get(f"choice.{code}") for code in offers}
    return {
        code: Choice(each) if each in offers[code] else offers[code][0]
        for code, each in chosen.items()
        if offers[code] and each in tuple(Choice) and (for_all or each in offers[code])
    }


def _open_form(connector: Connector, choices: dict[str, Choice]) -> Response:
    setup = edit_connector(current_user, connector, chosen_values(connector, choices))
    return redirect(step_url(setup, Step.CONNECTOR), 303)


def _problem(error: InvalidInput) -> str:
    if error.errors.get("scope") == "unknown":
        return _("The scope there has users or groups that are not known here. Read users and groups again first.")
    if error.errors.get("name") == "taken":
        return _("Nothing is taken: another connection has this name here.")
    if error.errors.get("choices") == "connector":
        return _("SuperOffice has it at another connector, and a connection keeps its connector. Nothing is written.")
    if "choices" in error.errors:
        return _("Choose for each value: SuperOffice is always written the whole connection.")
    return _("Nothing is taken: a value of SuperOffice does not fit here.")


def _not_in_superoffice(names: Sequence[str]) -> str:
    return _(
        "Not in SuperOffice, or gone there: %(names)s. Take them out of the scope, or read the users again.",
        names=some_of(names),
    )


def _why(error: SuperOfficeError) -> str:
    words = describe(error.result)
    return " ".join(text for text in (words.says, words.what_to_do) if text)


def _find(kind: str, row_id: int) -> Row:
    found: Connection | Connector
    found = find_connection(row_id, current=True) if kind == "connections" else find_connector(row_id, current=True)
    return found


def _back(kind: str, row_id: int, choices: Mapping[str, Choice] = MappingProxyType({})) -> Response:
    """Leads to the page of the row, with what was chosen while nothing came of it."""
    name = "connection_id" if kind == "connections" else "connector_id"
    values: dict[str, Any] = {name: row_id} | {f"choice.{code}": choice.value for code, choice in choices.items()}
    return redirect(url_for(f"{kind}.show", _anchor="drift", **values), 303)
