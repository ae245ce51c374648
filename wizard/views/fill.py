"""What a colleague sees who was asked for passwords by a link: no account, and nothing but the fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from wizard.domain.fields import ConfigField, InvalidValue
from wizard.extensions import db
from wizard.messages import full_moment, refused_value
from wizard.models import CheckRun, SecretRequest
from wizard.models.columns import now
from wizard.services.checks import test_values
from wizard.services.setups import (
    fill_in,
    find_for_change,
    find_request,
    is_open,
    link_test,
    note_opened,
    secret_fields,
)
from wizard.views.setups.ask import label_of
from wizard.views.setups.connection.state import ConnectionFormState
from wizard.web import current_language, limit_login_links, render

blueprint = Blueprint("fill", __name__, url_prefix="/fill")

RESULT_MINUTES = 15
"""How long the page that says how the test has ended can be opened."""


@dataclass(frozen=True)
class Asked:
    """A field that is asked for, without its description: only an administrator sees what else a connector says."""

    id: str
    key: str
    label: str
    hint: str
    error: str | None


@blueprint.route("/<token>", methods=["GET", "POST"])
@limit_login_links
def show(token: str) -> Response:
    found = find_request(token, to_fill=request.method == "POST")
    if found is None or not is_open(found):
        return render("secret_request/ended.html", status=404)
    fields = [field for field in secret_fields(found.setup) if field.key in found.keys]
    if request.method == "GET":
        note_opened(found)
        return _page(found, fields, {})
    typed = {field.key: request.form.get(f"f-{n}", "") for n, field in enumerate(fields)}
    if errors := _errors(fields, typed):
        return _page(found, fields, errors)
    find_for_change(found.setup_id)
    fill_in(found, typed)
    _test(found)
    return redirect(url_for(".sent", token=token), 303)


@blueprint.get("/<token>/sent")
@limit_login_links
def sent(token: str) -> Response:
    """Says how the test of what was sent goes, for a while."""
    found = find_request(token)
    if found is None or found.filled_at is None or found.filled_at < now() - timedelta(minutes=RESULT_MINUTES):
        return render("secret_request/ended.html", status=404)
    run = db.session.get(CheckRun, found.run_id) if found.run_id else None
    labels = {field.key: label_of(field) for field in secret_fields(found.setup)}
    return render(
        "secret_request/sent.html",
        "secret_request/_test.html",
        asker=found.account.name,
        blank=", ".join(labels.get(key, key) for key in found.keys if key not in found.filled),
        run=run,
        poll_url=url_for(".sent", token=token),
        refresh_seconds=2 if run is not None and run.unfinished else None,
    )


def _page(row: SecretRequest, fields: Sequence[ConfigField], errors: Mapping[str, str]) -> Response:
    asked = [
        Asked(
            f"f-{n}",
            field.key,
            label_of(field),
            _("%(num)s characters at most.", num=field.max_length) if field.max_length else "",
            errors.get(field.key),
        )
        for n, field in enumerate(fields)
    ]
    return render(
        "secret_request/fill.html",
        status=422 if errors else 200,
        title=_title(row.account.name, len(fields)),
        asker=row.account.name,
        connection=row.setup.name,
        message=row.message,
        asked=asked,
        until=full_moment(row.expires_at),
    )


def _title(who: str, count: int) -> str:
    return ngettext("%(who)s asks you for a password", "%(who)s asks you for %(num)s passwords", count, who=who)


def _errors(fields: Sequence[ConfigField], typed: Mapping[str, str]) -> dict[str, str]:
    if not any(typed.values()):
        return {fields[0].key: _("Fill in at least one.")} if fields else {}
    errors = {}
    for field in fields:
        try:
            if typed[field.key]:
                field.encode_input(typed[field.key], current_language())
        except InvalidValue as invalid:
            errors[field.key] = refused_value(invalid, field)
    return errors


def _test(row: SecretRequest) -> None:
    """Tests at once, for whoever has asked, unless something else is still missing."""
    state = ConnectionFormState(row.setup)
    if state.connector is None or state.fields is None or not state.config.complete:
        return
    link_test(row, test_values(row.account, row.setup, state.connector, state.input.name, state.config.values))
