"""Opens a provider's link, and makes one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.connector import ConnectorInput
from wizard.domain.provider_link import InvalidLink, ProviderLink, looks_secret, read_link, read_values, write_query
from wizard.domain.steps import Step
from wizard.forms import trimmed
from wizard.messages import date
from wizard.services.provider_keys import signer_of
from wizard.services.setups import start_from_link
from wizard.views.setups.steps import step_url
from wizard.web import public_url, render

blueprint = Blueprint("provider_link", __name__)


@blueprint.route("/setup/from", methods=["GET", "POST"])
def open_link() -> Response:
    """Shows what a link says before anything is kept; a fragment is sent by the page's script, or pasted."""
    text = request.form.get("link", "") if request.method == "POST" else request.query_string.decode("utf-8", "replace")
    if not text and request.method == "GET":
        return render("provider_link/open.html", link="", error=None)
    try:
        link = read_link(text)
    except InvalidLink as invalid:
        return render("provider_link/open.html", status=422, link=text, error=_problem(str(invalid)))
    if request.form.get("action") == "use":
        return redirect(step_url(start_from_link(current_user, link), Step.CONNECTOR), 303)
    return render("provider_link/preview.html", link=text, **_preview(link))


@blueprint.get("/provider-link")
def make() -> Response:
    """For providers, who need no account: nothing is saved."""
    typed = {name: trimmed(request.args.get(name)) for name in ("name", "url", "real_url")}
    lines = request.args.get("values", "")
    errors: dict[str, str] = {}
    try:
        values = read_values(lines)
    except InvalidLink as invalid:
        values, errors["lines"] = {}, _("Write key=value, one a line. This line is none: %(line)s", line=invalid)
    if secret := looks_secret(values):
        errors["lines"] = _("Leave out passwords: %(names)s. Your customers type them.", names=", ".join(secret))
    if request.args and not typed["url"]:
        errors["url"] = _("Enter the connector URL.")
    made = ""
    if typed["url"] and not errors:
        query = write_query(ConnectorInput(**typed), values)
        made = f"{public_url('.open_link')}?{query}"
    return render(
        "provider_link/make.html", status=422 if errors else 200, typed=typed, lines=lines, errors=errors, made=made
    )


def _preview(link: ProviderLink) -> dict[str, Any]:
    signer = signer_of(link)
    connector = link.connector
    facts = [(_("Name"), connector.name or _("(empty)")), (_("URL"), connector.url)]
    if connector.real_url:
        facts.append((_("Real address"), connector.real_url))
    own = connector.ca_pem
    facts.append((_("Certificate"), _("From the provider's own authority") if own else _("From a public authority")))
    return {
        "facts_": facts,
        "values": list(link.values.items()),
        "left_out": link.left_out,
        "signer": signer,
        "accepted": date(signer.accepted_at.isoformat()) if signer else None,
        "claims": bool(link.signature or link.key_id),
    }


def _problem(code: str) -> str:
    return {
        "too_long": _("The link is too long. Ask the provider for a shorter one."),
        "twice": _("The link says the same thing twice. Ask the provider for a new one."),
        "no_url": _("The link has no connector URL in it. Copy all of it, or ask the provider for a new one."),
        "empty": _("This is no link of a provider. Copy all of it, from https:// to its end."),
    }[code]
