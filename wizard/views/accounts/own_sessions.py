"""One's own sessions, and the notices that the present one shows."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.messages import address_words, browser_words, moment
from wizard.models import AccountSession
from wizard.services.accounts import dismiss_notices, end_other_sessions, end_session, list_sessions
from wizard.views.accounts.confirm import needs_fresh_sign_in
from wizard.views.checks.receipt_view import capitalised
from wizard.web import close_session, current_page, current_session, forget_notices, render

blueprint = Blueprint("sessions", __name__, url_prefix="/account/sessions")


@dataclass(frozen=True)
class SessionRow:
    browser: str
    address: str
    begun: str
    last_used: str
    is_current: bool
    end_url: str


@blueprint.get("/")
def show() -> Response:
    rows = [_row(session) for session in list_sessions(current_user)]
    return render("accounts/sessions.html", sessions=sorted(rows, key=lambda row: not row.is_current))


def _row(session: AccountSession) -> SessionRow:
    return SessionRow(
        browser=browser_words(session.user_agent),
        address=address_words(session.address),
        begun=capitalised(moment(session.created_at)),
        last_used=capitalised(moment(session.last_used_at)),
        is_current=session.id == current_session().id,
        end_url=url_for(".end", session_id=session.id),
    )


@blueprint.post("/<int:session_id>/end")
@needs_fresh_sign_in("POST")
def end(session_id: int) -> Response:
    end_session(current_user, session_id)
    if session_id == current_session().id:
        close_session()
        return redirect(url_for("sign_in.login"), 303)
    flash(_("That session has ended."), "ok")
    return redirect(url_for(".show"), 303)


@blueprint.post("/end-others")
@needs_fresh_sign_in("POST")
def end_others() -> Response:
    end_other_sessions(current_user, current_session().id)
    flash(_("All other sessions have ended."), "ok")
    return redirect(url_for(".show"), 303)


@blueprint.post("/dismiss")
def dismiss() -> Response:
    """Shows the notices no more."""
    dismiss_notices(current_session())
    forget_notices()
    return redirect(current_page() or url_for("home.show"), 303)
