"""Pages for errors: what has happened, and what to do."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, g, request
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError, generate_csrf
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response

from wizard.errors import DecryptionError, InvalidState, KeysUnavailable, NotFound, TooBusy
from wizard.extensions import db, htmx
from wizard.models.database import DatabaseUnavailable, InvalidData, NoConnectionFree, set_write_intent
from wizard.services.accounts import report_refused_sign_in
from wizard.web.access.held_form import can_be_held, held_page
from wizard.web.access.limits import count_refused_form
from wizard.web.access.security import OPEN_ENDPOINTS, ask_to_sign_in
from wizard.web.access.sessions import session_account_id
from wizard.web.htmx import current_page, render
from wizard.web.request_log import request_id

RETRY_SECONDS = 5


def register(app: Flask) -> None:
    app.register_error_handler(NotFound, lambda _: _page(404))
    app.register_error_handler(InvalidState, lambda _: _page(409))
    app.register_error_handler(CSRFError, _session_ended)
    app.register_error_handler(DatabaseUnavailable, _database_unavailable)
    app.register_error_handler(NoConnectionFree, _database_unavailable)
    app.register_error_handler(InvalidData, _invalid_data)
    app.register_error_handler(KeysUnavailable, _keys_unavailable)
    app.register_error_handler(DecryptionError, _decryption_error)
    app.register_error_handler(TooBusy, _too_busy)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(InternalServerError, _internal_error)


def _texts(code: int) -> tuple[str, str, str]:
    return {
        400: (
            _("This cannot be kept"),
            _("Something that was sent is too long, or of a kind that the database does not take."),
            _("Go back, correct it and send it again."),
        ),
        403: (_("Not allowed"), _("Your account may not do this."), _("Ask an administrator.")),
        404: (
            _("Page not found"),
            _("There is nothing at this address. It may have been deleted."),
            _("Go back, or start from the lists."),
        ),
        405: (
            _("Not possible this way"),
            _("This address does not take that."),
            _("Go back and use the buttons of the page."),
        ),
        409: (
            _("Not possible now"),
            _("This is being worked on just now, or is over already."),
            _("Go back and reload the page."),
        ),
        413: (
            _("Too much at once"),
            _("What was sent is too large, or has too many parts."),
            _("Send less, or in parts."),
        ),
        429: (
            _("Too many tries"),
            _("This was tried too often in a short time."),
            _("Wait a minute and try again. Nothing is lost."),
        ),
        503: (
            _("The database does not answer"),
            _("Nothing could be read or saved just now. What was saved before is safe."),
            _("Try again in a moment. If it stays so, the person who runs this wizard has to look at its database."),
        ),
    }.get(
        code,
        (
            _("Something went wrong"),
            _("The wizard could not show this page. The error is in its log."),
            _("Try again. What you typed before is saved as a draft."),
        ),
    )


def _page(code: int, texts: tuple[str, str, str] | None = None, **context: Any) -> Response:
    title, happened, todo = texts or _texts(code)
    return render("errors/error.html", status=code, title=title, happened=happened, todo=todo, **context)


def _http_error(error: HTTPException) -> Response:
    if error.code == 429 and request.endpoint == "sign_in.login":
        report_refused_sign_in()
    if error.code == 413 and session_account_id() is None:
        count_refused_form()
    response = _page(error.code or 500)
    response.headers.extend((name, value) for name, value in error.get_headers() if name != "Content-Type")
    return response


def _too_busy(error: TooBusy) -> Response:
    db.session.rollback()
    texts = (
        _("Too many sign in just now"),
        _("Passwords are checked a few at a time, and many others are waiting."),
        _("Try again in a few seconds. Nothing is lost."),
    )
    response = _page(503, texts)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _session_ended(error: CSRFError) -> Response:
    if session_account_id() is None:
        count_refused_form()
    if htmx and not current_user.is_authenticated:
        return ask_to_sign_in()
    if htmx:  # after a new login in another tab: the page sends the form once more with the new token
        return Response(status=400, headers={"X-CSRFToken": generate_csrf()})
    if can_be_held() and request.endpoint not in OPEN_ENDPOINTS:
        return held_page()
    texts = (
        _("This was not accepted"),
        _("It did not come from a page of your present session. You may have signed in anew since."),
        _("Open the page again and send it once more. What was saved as a draft is still there."),
    )
    return _page(400, texts, back=current_page())


def _database_unavailable(error: DatabaseUnavailable | NoConnectionFree) -> Response:
    db.session.rollback()
    set_write_intent(False)  # otherwise the error page would wait for the same lock
    g.database_unavailable = True
    reason = error.orig if isinstance(error, DatabaseUnavailable) else error
    current_app.logger.error("database: %s on %s [%s]", reason, request.url_rule, request_id())
    return _page(503, bare=True, number=request_id())


def _keys_unavailable(error: KeysUnavailable) -> Response:
    db.session.rollback()
    current_app.logger.error("keys: %s [%s]", error, request_id())
    texts = (
        _("The encryption keys cannot be used"),
        _("Nothing could be read or saved just now. What was saved before is safe."),
        _("The person who runs this wizard has to look at its key file; the log says what is wrong with it."),
    )
    return _page(503, texts, bare=True, number=request_id())


def _decryption_error(error: DecryptionError) -> Response:
    db.session.rollback()
    current_app.logger.error("keys: %s on %s [%s]", error, request.url_rule, request_id())
    texts = (
        _("This cannot be read"),
        _("It was encrypted with a key that the wizard does not have."),
        _("The person who runs this wizard has to put that key back. A draft can also be discarded on the Sync page."),
    )
    return _page(500, texts, number=request_id())


def _invalid_data(error: InvalidData) -> Response:
    db.session.rollback()
    current_app.logger.error("database: %s on %s [%s]", error.orig, request.url_rule, request_id())
    return _page(400)


def _internal_error(error: InternalServerError) -> Response:
    cause = error.original_exception
    if isinstance(cause, (DatabaseUnavailable, NoConnectionFree)):  # raised while another error page was rendered
        return _database_unavailable(cause)
    db.session.rollback()
    return _page(500, bare=True, number=request_id())
