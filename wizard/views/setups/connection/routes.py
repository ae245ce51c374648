"""Step 3: add an ERP connection, or change one."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.check import RunKind
from wizard.domain.steps import Step
from wizard.errors import InUse, InvalidInput, ReceiptMissing, StaleVersion
from wizard.forms.setups import ConnectionForm
from wizard.models import Setup
from wizard.services.checks.cancel import cancel_check
from wizard.services.checks.runs import latest_run
from wizard.services.checks.start import check_connector, test_values
from wizard.services.connections.save import Wanted, save_connection
from wizard.services.setups.find import acknowledge_version, chosen_connector
from wizard.services.setups.start import typed_from
from wizard.views.setups.base import (
    Difference,
    blueprint,
    check_url,
    current,
    deleted_meanwhile,
    keep,
    page_waits,
    step_url,
)
from wizard.views.setups.connection.field_changes import new_fields
from wizard.views.setups.connection.page import context_of, page_of
from wizard.views.setups.connection.posted import typed_of
from wizard.views.setups.connection.state import Filled, errors_of
from wizard.views.setups.setup import discard
from wizard.views.setups.versions import both_versions
from wizard.web.flashes import some_of
from wizard.web.htmx import render
from wizard.web.language import current_language
from wizard.web.limits import limit_checks


@blueprint.get("/<int:setup_id>/connection")
def connection() -> Response:
    return page_of(Filled(current()))


@blueprint.post("/<int:setup_id>/connection")
@limit_checks
def connection_send() -> Response:
    """Whatever button was pressed, the form is kept first."""
    setup, form = current(), ConnectionForm()
    before = chosen_connector(setup)
    theirs = _keep(setup, form)
    action = request.form.get("action", "ok")
    if action == "discard":
        return discard()
    if theirs:
        return page_of(Filled(setup, form), theirs=theirs, status=409)
    filled = Filled(setup, form)
    if action == "cancel":
        return _cancel(setup)
    if action == "scope":
        return redirect(url_for("scope.show", setup_id=setup.id), 303)
    changed = new_fields(filled, before)
    if action == "fields" and changed is not None and filled.connector is before:
        return page_of(filled, new_fields=changed)
    if action == "fields":
        return redirect(step_url(setup, Step.CONNECTION) + "#config", 303)
    if action == "read_fields" and filled.connector is not None:
        check_connector(current_user, filled.connector, setup)
        return redirect(step_url(setup, Step.CONNECTION) + "#config", 303)
    if changed is not None:
        return page_of(filled, new_fields=changed, status=422)
    return _test(filled) if action == "test" else _save(filled)


@blueprint.post("/<int:setup_id>/connection/draft")
def connection_draft() -> Response:
    """Keeps what is typed while it is typed, and says what that means for the receipt and OK."""
    setup, form = current(), ConnectionForm()
    theirs = _keep(setup, form)
    if theirs:
        return page_of(Filled(setup, form), theirs=theirs, status=409)
    context = context_of(Filled(setup))
    return render("connections/form.html", "connections/_part.html", answered=page_waits(), **context)


@blueprint.post("/<int:setup_id>/connection/fields")
def connection_fields() -> Response:
    """The fields of another connector, with the values of equal keys."""
    setup, form = current(), ConnectionForm()
    theirs = _keep(setup, form)
    if theirs:
        return page_of(Filled(setup, form), theirs=theirs, status=409)
    return render("connections/form.html", "connections/_config.html", swap_part=True, **context_of(Filled(setup)))


@blueprint.get("/<int:setup_id>/connection/fields")
def connection_fields_check() -> Response:
    """The progress of reading a connector's fields."""
    return render("connections/form.html", "connections/_config.html", swap_part=True, **context_of(Filled(current())))


@blueprint.get("/<int:setup_id>/connection/check")
def connection_check() -> Response:
    """The progress of the test, or of saving."""
    setup = current()
    filled = Filled(setup)
    fragment = "connections/_part.html"
    return render("connections/form.html", fragment, answered=True, **context_of(filled))


def _keep(setup: Setup, form: ConnectionForm) -> list[Difference]:
    return keep(Step.CONNECTION, typed_of(setup, form), form, both_versions)


def _test(filled: Filled) -> Response:
    if filled.connector is None or filled.fields is None or not filled.config.complete:
        return page_of(filled, errors=errors_of(filled, with_form=False), status=422)
    test_values(current_user, filled.setup, filled.connector, filled.form.name.data or "", filled.config.values)
    return redirect(check_url(filled.setup, Step.CONNECTION), 303)


def _save(filled: Filled) -> Response:
    filled.form.validate()
    errors = errors_of(filled)
    if errors or filled.connector is None:
        return page_of(filled, errors=errors, status=422)
    specific = filled.form.scope.data == "specific"
    wanted = Wanted(
        name=filled.form.name.data or "",
        description=filled.form.description.data or "",
        connector=filled.connector,
        all_access=not specific,
        group_ids=filled.groups if specific else [],
        user_ids=filled.users if specific else [],
        config=filled.config.values,
    )
    try:
        save_connection(current_user, filled.setup, wanted)
    except ReceiptMissing:
        return page_of(
            filled, errors={"part": _("These values have not been tested. Test them, then save.")}, status=422
        )
    except InvalidInput:
        errors = {"name": _("Another connection has this name. Choose another one.")}
        return page_of(filled, errors=errors, status=422)
    except InUse as gone:
        words = _("Deleted meanwhile: %(names)s. Look through the form and save again.", names=some_of(gone.names))
        return page_of(Filled(filled.setup, filled.form), errors={"part": words}, status=422)
    except StaleVersion:
        acknowledge_version(filled.setup)
        return page_of(filled, theirs=_saved_version(filled), status=409)
    return redirect(check_url(filled.setup, Step.CONNECTION), 303)


def _saved_version(filled: Filled) -> list[Difference]:
    """How what is saved now differs from this form."""
    connection = filled.setup.connection
    if connection is None:
        return []
    found = both_versions(typed_from(connection, current_language()), filled.typed)
    return [deleted_meanwhile(), *found] if connection.deleted_at is not None else found


def _cancel(setup: Setup) -> Response:
    run = latest_run(setup, RunKind.CONNECTION, RunKind.CONNECTOR)
    if run is not None:
        cancel_check(current_user, run)
    return redirect(check_url(setup, Step.CONNECTION), 303)
