"""The requests of step 3."""

from __future__ import annotations

from collections.abc import Collection

from flask import redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.check import RunKind
from wizard.domain.steps import Step
from wizard.errors import InUse, InvalidInput, NotInSuperOffice, ReceiptMissing, StaleVersion
from wizard.forms import PREFIX, ConnectionForm, row_ids
from wizard.models import Setup
from wizard.services.checks import cancel_check, check_connector, latest_run, test_values
from wizard.services.connections import save_connection
from wizard.services.setups import acknowledge_version, chosen_connector, save_draft
from wizard.views.setups.base import blueprint, current
from wizard.views.setups.connection.differences import differences_from_saved, differences_of_drafts
from wizard.views.setups.connection.field_changes import new_fields
from wizard.views.setups.connection.page import config_of, is_ready, page_of, part_of, stale_page
from wizard.views.setups.connection.posted import posted_draft, without_unseen
from wizard.views.setups.connection.state import ConnectionFormState
from wizard.views.setups.drafts import Meanwhile, page_waits, save_or_compare
from wizard.views.setups.setup import discard
from wizard.views.setups.steps import check_url, step_url
from wizard.web import limit_checks, some_of


@blueprint.get("/<int:setup_id>/connection")
def connection() -> Response:
    return page_of(ConnectionFormState(current()))


@blueprint.post("/<int:setup_id>/connection")
@limit_checks
def connection_send() -> Response:
    """Saves the draft first, whatever button was pressed."""
    setup, form = current(), ConnectionForm()
    before = chosen_connector(setup)
    meanwhile = _save_or_compare(setup, form)
    action = request.form.get("action", "ok")
    if action == "discard":
        return discard()
    if meanwhile:
        return stale_page(setup, meanwhile)
    if action.startswith("mend "):
        return _mend(setup, action.removeprefix(f"mend {PREFIX}"))
    state = ConnectionFormState(setup, form)
    if action == "cancel":
        return _cancel(setup)
    if action == "ask":
        return redirect(url_for("setups.ask", setup_id=setup.id), 303)
    if action == "scope":
        return redirect(url_for("scope.show", setup_id=setup.id), 303)
    changed = new_fields(state, before)
    if action == "fields" and changed is not None and state.connector is before:
        return page_of(state, new_fields=changed)
    if action == "fields":
        return redirect(step_url(setup, Step.CONNECTION) + "#config", 303)
    if action == "read_fields" and state.connector is not None:
        check_connector(current_user, state.connector, setup)
        return redirect(step_url(setup, Step.CONNECTION) + "#config", 303)
    if changed is not None:
        return page_of(state, new_fields=changed, status=422)
    if action == "enter":  # the Enter key in a field
        action = "ok" if is_ready(state) else "test"
    if action == "test":
        return _test(state)
    adopted = next(iter(row_ids([request.form.get("adopt", "")])), None)
    return _save(state, by_hand=action == "by_hand", adopt=adopted)


@blueprint.post("/<int:setup_id>/connection/draft")
def connection_draft() -> Response:
    """Saves what is typed while it is typed, and says what that means for the receipt and OK."""
    setup, form = current(), ConnectionForm()
    if meanwhile := _save_or_compare(setup, form):
        return stale_page(setup, meanwhile)
    return part_of(ConnectionFormState(setup), answered=page_waits(), saved=True)


@blueprint.post("/<int:setup_id>/connection/fields")
def connection_fields() -> Response:
    """The fields of another connector, with the values of equal keys."""
    setup, form = current(), ConnectionForm()
    if meanwhile := _save_or_compare(setup, form):
        return stale_page(setup, meanwhile)
    return config_of(ConnectionFormState(setup), saved=True)


@blueprint.get("/<int:setup_id>/connection/fields")
def connection_fields_check() -> Response:
    """The progress of reading a connector's fields."""
    return config_of(ConnectionFormState(current()), saved=False)


@blueprint.get("/<int:setup_id>/connection/check")
def connection_check() -> Response:
    """The progress of the test, or of saving."""
    return part_of(ConnectionFormState(current()), answered=True)


def _mend(setup: Setup, key: str) -> Response:
    """Takes what was typed into a field without what nobody sees."""
    save_draft(current_user, setup, Step.CONNECTION, without_unseen(setup.typed(Step.CONNECTION), key))
    return redirect(step_url(setup, Step.CONNECTION) + "#config", 303)


def _save_or_compare(setup: Setup, form: ConnectionForm) -> Meanwhile | None:
    before, after = posted_draft(setup, form)
    return save_or_compare(setup, Step.CONNECTION, after, differences_of_drafts, before)


def _test(state: ConnectionFormState) -> Response:
    if state.connector is None or state.fields is None or not state.config.complete:
        return page_of(state, errors=_errors_of(state, ["connector_id"]), status=422)
    test_values(current_user, state.setup, state.connector, state.input.name, state.config.values)
    return redirect(check_url(state.setup, Step.CONNECTION), 303)


def _save(state: ConnectionFormState, *, by_hand: bool, adopt: int | None) -> Response:
    if errors := _errors_of(state):
        return page_of(state, errors=errors, status=422)
    try:
        save_connection(current_user, state.setup, state.input, by_hand=by_hand, adopt=adopt)
    except ReceiptMissing:
        words = _("These values have not been tested. Test them, then save.")
        return page_of(state, errors={"part": words}, status=422)
    except InvalidInput as invalid:
        state.form.add_problems(invalid.errors)
        return page_of(state, errors=_form_errors(state.form), status=422)
    except InUse as used:
        words = _("Deleted meanwhile: %(names)s. Look through the form and save again.", names=some_of(used.names))
        return page_of(ConnectionFormState(state.setup, state.form), errors={"part": words}, status=422)
    except NotInSuperOffice as unknown:
        words = _(
            "Not in SuperOffice, or gone there: %(names)s. Take them out of the scope, or read the users again.",
            names=some_of(unknown.names),
        )
        return page_of(state, errors={"people-change": words}, status=422)
    except StaleVersion:
        acknowledge_version(state.setup)
        return page_of(state, theirs=differences_from_saved(state), status=409)
    return redirect(check_url(state.setup, Step.CONNECTION), 303)


def _errors_of(state: ConnectionFormState, only: Collection[str] = ()) -> dict[str, str]:
    """Every error by the id of its input, of all fields or of some and the connector's."""
    state.form.validate()
    state.form.add_problems(state.problems())
    errors = {name: text for name, text in _form_errors(state.form).items() if not only or name in only}
    return errors | state.config.errors_by_id()


def _form_errors(form: ConnectionForm) -> dict[str, str]:
    return {name: str(messages[0]) for name, messages in form.errors.items() if name != "csrf_token"}


def _cancel(setup: Setup) -> Response:
    run = latest_run(setup, RunKind.CONNECTION, RunKind.CONNECTOR)
    if run is not None:
        cancel_check(current_user, run)
    return redirect(check_url(setup, Step.CONNECTION), 303)
