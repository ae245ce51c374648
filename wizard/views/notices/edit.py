"""Adding and changing a recipient."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.languages import LANGUAGES
from wizard.domain.notices import Channel
from wizard.errors import InvalidInput, StaleVersion
from wizard.forms import RecipientForm
from wizard.models import Recipient
from wizard.services import notices
from wizard.services.notices import RecipientInput
from wizard.views.notices.choosing import QUERY, choosing
from wizard.views.notices.pages import blueprint
from wizard.views.notices.typed_address import sealed, typed_before
from wizard.views.notices.words import channel_name
from wizard.web import current_language, has_searched, preferred_time_zone, render, time_zones_by_region


@blueprint.route("/new", methods=["GET", "POST"])
def new() -> Response:
    zone = getattr(preferred_time_zone(), "key", "Etc/UTC")
    return _form(None, {"language": current_language(), "time_zone": zone, "channel": Channel.MAIL.value})


@blueprint.route("/<int:recipient_id>", methods=["GET", "POST"])
def edit(recipient_id: int) -> Response:
    recipient = notices.find_recipient(recipient_id, current=True)
    return _form(recipient, _values_of(recipient))


def _values_of(recipient: Recipient) -> dict[str, Any]:
    """All but the address, which is never shown again."""
    return {
        "name": recipient.name,
        "channel": recipient.channel.value,
        "told_of": "everything" if recipient.is_for_everything else "chosen",
        "connections": [each.id for each in recipient.connections],
        "language": recipient.language,
        "time_zone": recipient.time_zone,
        "quiet_from": recipient.quiet_from,
        "quiet_until": recipient.quiet_until,
        "version": recipient.version,
    }


def _form(recipient: Recipient | None, values: dict[str, Any]) -> Response:
    form = RecipientForm(data=values if request.method == "GET" else {})
    form.is_new = recipient is None
    if request.method == "POST":
        form.address.data = form.address.data or typed_before()
    theirs = None
    if not has_searched(QUERY) and form.validate_on_submit():
        try:
            saved = notices.save_recipient(current_user, recipient, form.version.data, _input(form))
        except StaleVersion:
            theirs, form.version.data = (recipient.name, recipient.version) if recipient else ("", None)
        except InvalidInput as invalid:
            form.address.errors = [_problem(invalid.errors["address"], Channel(form.channel.data))]
        else:
            flash(_("%(name)s is saved. Send a test to see that notifications arrive.", name=saved.name), "ok")
            return redirect(url_for(".show"), 303)
    return render(
        "notices/recipient.html",
        "notices/_choosing.html",
        status=409 if theirs else 422 if form.errors else 200,
        form=form,
        title=recipient.name if recipient else _("Add a recipient"),
        is_new=recipient is None,
        theirs=theirs,
        channels=[(each.value, channel_name(each), _hint(each)) for each in Channel],
        choosing=choosing(form.connections.data or []),
        sealed_address=sealed(form.address.data) if form.address.data and not form.address.errors else "",
        languages=[(each.code, each.name) for each in LANGUAGES.values()],
        zones=time_zones_by_region(form.time_zone.data),
    )


def _input(form: RecipientForm) -> RecipientInput:
    return RecipientInput(
        name=form.name.data,
        channel=Channel(form.channel.data),
        address=form.address.data,
        language=form.language.data,
        time_zone=form.time_zone.data,
        quiet_from=form.quiet_from.data,
        quiet_until=form.quiet_until.data,
        is_for_everything=form.told_of.data == "everything",
        connection_ids=form.connections.data or (),
    )


def _problem(code: str, channel: Channel) -> str:
    if code == "missing":
        return _("Enter the address.")
    return {
        Channel.MAIL: _("This is no e-mail address."),
        Channel.TEAMS: _("This is no address of a Teams workflow or webhook. Copy the whole URL."),
        Channel.SLACK: _("This is no address of a Slack webhook. Copy the whole URL."),
        Channel.WEBHOOK: _("This is no URL. It begins with https:// or http://."),
        Channel.OTHER: _("Apprise does not know this address, or the service is not available here."),
    }[channel]


def _hint(channel: Channel) -> str:
    match channel:
        case Channel.MAIL:
            if not current_app.config["SETTINGS"].mail_url:
                return _("No mail server is set: ERP_WIZARD_MAIL_URL.")
            return _("The address is an e-mail address.")
        case Channel.TEAMS:
            return _("The address is the URL that a workflow of the channel has.")
        case Channel.SLACK:
            return _("The address is the URL of an incoming webhook.")
        case Channel.WEBHOOK:
            return _("A program of your own gets title and text as JSON, by POST.")
    return _("The address is one of the library Apprise, like tgram://… for Telegram.")
