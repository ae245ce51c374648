"""Muting the notifications of what is watched, and saying so."""

from __future__ import annotations

from flask import abort, flash, redirect, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.check import RunKind
from wizard.domain.notices import Mute
from wizard.domain.watch import Interval
from wizard.messages import moment
from wizard.models import Watch
from wizard.models.columns import now
from wizard.services import notices
from wizard.services.watch import watch_of
from wizard.views.watch.subject import Subject
from wizard.web import flash_undo, preferred_time_zone

FIELD, OFF = "mute", "off"


def change_mute(subject: Subject) -> Response:
    """`mute` is for how long, or `off`."""
    sent = request.values[FIELD]
    if sent not in (OFF, *Mute) or watch_of(subject.target) is None:
        abort(400)
    if sent == OFF:
        notices.unmute(current_user, subject.target)
        flash(_("Recipients are notified again."), "ok")
    else:
        until = Mute(sent).end(now(), preferred_time_zone())
        notices.mute(current_user, subject.target, until)
        text = _("Notifications of %(name)s are muted until %(moment)s.", name=subject.name, moment=moment(until))
        flash_undo(text, subject.url(**{FIELD: OFF}))
    return redirect(subject.url(), 303)


def mute_choices(watch: Watch | None) -> list[tuple[str, str]]:
    """For how long it can be muted; nothing where that has no use."""
    if watch is None or watch.interval == Interval.OFF or watch.is_muted(now()):
        return []
    tomorrow = moment(Mute.TOMORROW.end(now(), preferred_time_zone()))
    return [(Mute.HOUR.value, _("For an hour")), (Mute.TOMORROW.value, _("Until %(moment)s", moment=tomorrow))]


def muted_text(watch: Watch | None) -> str:
    """Until when it is muted, or nothing."""
    if watch is None or not watch.is_muted(now()) or watch.muted_until is None:
        return ""
    return _("Notifications are muted until %(moment)s", moment=moment(watch.muted_until))


def mute_hint(subject: Subject) -> str:
    if subject.kind == RunKind.CONNECTOR:
        return _("What still fails afterwards is notified then. Its connections are muted too.")
    return _("What still fails afterwards is notified then. Its connector is not muted.")
