"""The list of recipients, and of what could not be delivered to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, current_app, flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.config import Settings
from wizard.domain.languages import LANGUAGES
from wizard.domain.notices import Channel
from wizard.messages import full_moment, moment
from wizard.models import Delivery, Recipient
from wizard.services import notices
from wizard.services.notices import Backlog
from wizard.views.checks.receipt_view import capitalised
from wizard.views.notices.words import channel_name, outcome, why_not
from wizard.web import Action, RowAction, actions_of, current_page, flash_undo, limit_checks, render, some_of

blueprint = Blueprint("notices", __name__, url_prefix="/notices")


@dataclass(frozen=True)
class RecipientRow:
    name: str
    told_of: str
    channel: str
    about_channel: str
    last: tuple[str, str, str] | None
    actions: Sequence[Action]


@dataclass(frozen=True)
class BacklogRow:
    """What waits for a recipient, why, and when it is tried again."""

    name: str
    count: str
    why: str
    following: str
    href: str


@blueprint.get("/")
def show() -> Response:
    settings: Settings = current_app.config["SETTINGS"]
    return render(
        "notices/list.html",
        recipients=recipient_rows(notices.recipients()),
        backlogs=[_backlog_row(each) for each in notices.backlogs()],
        has_mail_server=bool(settings.mail_url),
    )


def recipient_rows(recipients: Sequence[Recipient]) -> list[RecipientRow]:
    last = notices.last_deliveries(recipients)
    return [_row(each, last.get(each.id)) for each in recipients]


def _row(recipient: Recipient, last: Delivery | None) -> RecipientRow:
    names = [each.name for each in recipient.connections if each.deleted_at is None]
    actions = [
        RowAction(_("Send a test"), "notices.test"),
        RowAction(_("Edit"), "notices.edit", posts=False),
        RowAction(_("Preview"), "notices.preview", posts=False),
        RowAction(_("Remove"), "notices.remove"),
    ]
    return RecipientRow(
        recipient.name,
        _("All connections") if recipient.is_for_everything else some_of(names) or _("No connection"),
        channel_name(recipient.channel),
        _about(recipient),
        outcome(last),
        actions_of(actions, recipient_id=recipient.id),
    )


def _about(recipient: Recipient) -> str:
    language = LANGUAGES[recipient.language].name if recipient.language in LANGUAGES else recipient.language
    if not recipient.quiet_from:
        return language
    return _(
        "%(language)s, quiet from %(begin)s to %(end)s",
        language=language,
        begin=recipient.quiet_from,
        end=recipient.quiet_until,
    )


def _backlog_row(backlog: Backlog) -> BacklogRow:
    count = ngettext("%(num)s notification", "%(num)s notifications", backlog.count)
    return BacklogRow(
        backlog.recipient.name,
        _("%(count)s since %(moment)s", count=count, moment=full_moment(backlog.since)),
        why_not(backlog.last),
        capitalised(moment(backlog.next_at)) if backlog.next_at else _("Given up"),
        url_for(".send_again", recipient_id=backlog.recipient.id),
    )


@blueprint.get("/<int:recipient_id>/preview")
def preview(recipient_id: int) -> Response:
    recipient = notices.find_recipient(recipient_id, current=True)
    letter, brief = notices.preview(recipient) or (None, "")
    is_mail = recipient.channel == Channel.MAIL
    return render("notices/preview.html", recipient=recipient, letter=letter, brief="" if is_mail else brief)


@blueprint.post("/<int:recipient_id>/test")
@limit_checks
def test(recipient_id: int) -> Response:
    recipient = notices.find_recipient(recipient_id, current=True)
    delivery = notices.send_test(current_user, recipient)
    if delivery.error is None:
        flash(_("The test to %(name)s is delivered.", name=recipient.name), "ok")
    else:
        why = why_not(delivery)
        flash(_("The test to %(name)s is not delivered. %(why)s", name=recipient.name, why=why), "bad")
    return redirect(current_page() or url_for(".show"), 303)


@blueprint.post("/<int:recipient_id>/again")
def send_again(recipient_id: int) -> Response:
    recipient = notices.find_recipient(recipient_id, current=True)
    notices.send_again(current_user, recipient)
    flash(_("What waits for %(name)s is tried again now.", name=recipient.name), "ok")
    return redirect(url_for(".show"), 303)


@blueprint.post("/<int:recipient_id>/remove")
def remove(recipient_id: int) -> Response:
    recipient = notices.find_recipient(recipient_id)
    notices.remove_recipient(current_user, recipient)
    text = _("%(name)s is removed, and gets no notifications any more.", name=recipient.name)
    flash_undo(text, url_for(".restore", recipient_id=recipient_id))
    return redirect(url_for(".show"), 303)


@blueprint.post("/<int:recipient_id>/restore")
def restore(recipient_id: int) -> Response:
    recipient = notices.find_recipient(recipient_id)
    notices.restore_recipient(current_user, recipient)
    flash(_("%(name)s is restored.", name=recipient.name), "ok")
    return redirect(url_for(".show"), 303)
