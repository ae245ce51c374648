"""Asks a colleague for the passwords of a connection, by a link that works once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

from flask import abort, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.fields import ConfigField, in_language
from wizard.domain.steps import Step
from wizard.errors import InvalidInput
from wizard.forms import AskForm
from wizard.messages import date, full_moment, moment
from wizard.models import SecretRequest, Setup
from wizard.models.columns import now
from wizard.services.setups import (
    MAX_DAYS,
    ask_for_secrets,
    chosen_connector,
    is_open,
    list_requests,
    secret_fields,
    withdraw,
)
from wizard.views.setups.base import blueprint, current
from wizard.views.setups.steps import step_url
from wizard.web import current_language, public_url, render


@dataclass(frozen=True)
class RequestView:
    """A link in the list; `tone` and `icon` of its badge."""

    id: int
    who: str
    fields: str
    state: str
    detail: str
    tone: str
    icon: str
    can_withdraw: bool


@blueprint.route("/<int:setup_id>/ask", methods=["GET", "POST"])
def ask() -> Response:
    setup, form = current(), AskForm()
    if request.method == "GET" or not form.validate_on_submit():
        return _page(setup, form, status=422 if form.errors else 200)
    days = request.form.get("days", type=int) or MAX_DAYS
    try:
        asked, token = ask_for_secrets(
            current_user, setup, request.form.getlist("field"), form.who.data, form.message.data, days
        )
    except InvalidInput as invalid:
        return _page(setup, form, status=422, problem=_problem(invalid.errors.get("keys", "missing")))
    address = public_url("fill.show", token=token)
    subject = _("A password for SuperOffice")
    mail = _("Please fill in what SuperOffice's connection to our ERP needs: %(address)s", address=address)
    return render(
        "secret_request/made.html",
        setup=setup,
        name=setup.name,
        who=asked.who,
        fields=", ".join(_labels(secret_fields(setup), asked.keys)),
        until=full_moment(asked.expires_at),
        address=address,
        mail=f"mailto:?subject={quote(subject)}&body={quote(mail)}",
    )


@blueprint.post("/<int:setup_id>/ask/<int:request_id>/withdraw")
def withdraw_request(request_id: int) -> Response:
    found = next((each for each in list_requests(current()) if each.id == request_id), None) or abort(404)
    withdraw(current_user, found)
    return redirect(url_for(".ask", setup_id=current().id) + "#links", 303)


def _page(setup: Setup, form: AskForm, *, status: int, problem: str | None = None) -> Response:
    fields = secret_fields(setup)
    connector = chosen_connector(setup)
    chosen = request.form.getlist("field") if request.method == "POST" else [field.key for field in fields]
    return render(
        "secret_request/ask.html",
        status=status,
        setup=setup,
        name=setup.name,
        back=step_url(setup, Step.CONNECTION),
        form=form,
        problem=problem,
        connector=connector.name if connector else "",
        choices=[(field.key, label_of(field), field.key in chosen) for field in fields],
        days=_days(),
        chosen_days=request.form.get("days", str(MAX_DAYS)),
        requests=[_view(each, fields) for each in list_requests(setup)],
    )


def _days() -> list[tuple[str, str]]:
    """How long the link may work, with the day on which it ends."""
    ends = [(days, date((now() + timedelta(days=days)).isoformat())) for days in range(1, MAX_DAYS + 1)]
    return [(str(days), _("Tomorrow") if days == 1 else end) for days, end in ends]


def _view(row: SecretRequest, fields: Sequence[ConfigField]) -> RequestView:
    state, detail, tone, icon = _state(row)
    return RequestView(
        row.id, row.who, ", ".join(_labels(fields, row.keys)), state, detail, tone, icon, can_withdraw=is_open(row)
    )


def _state(row: SecretRequest) -> tuple[str, str, str, str]:
    if row.filled_at is not None:
        return _("Filled in"), moment(row.filled_at), "ok", "check-circle-fill"
    if row.withdrawn_at is not None:
        return _("Withdrawn"), moment(row.withdrawn_at), "", "minus-circle"
    if not is_open(row):
        return _("Too old, or for another host"), "", "warn", "warning-fill"
    until = _("Valid until %(moment)s.", moment=full_moment(row.expires_at))
    opened = _("Opened %(moment)s.", moment=moment(row.opened_at)) if row.opened_at else ""
    return _("Not filled in yet"), f"{until} {opened}".strip(), "", "circle-dashed"


def label_of(field: ConfigField) -> str:
    """What the connector calls a field, in the reader's language."""
    return in_language(field.label, current_language()) or field.key


def _labels(fields: Sequence[ConfigField], keys: Sequence[str]) -> list[str]:
    labels = {field.key: label_of(field) for field in fields}
    return [labels.get(key, key) for key in keys]


def _problem(code: str) -> str:
    if code == "too_many":
        return _("Too many links wait already. Withdraw those that nobody needs any more.")
    return _("Choose at least one field.")
