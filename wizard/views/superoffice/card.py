"""The card of the link on the Sync page: one line, which can be put away while SuperOffice is not linked."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.models import SuperOfficeLink
from wizard.services.superoffice import linked, waiting_connections
from wizard.services.users import count_everyone, count_groups
from wizard.views.superoffice.states import LinkState, has_failed, needs_sign_in, state_of
from wizard.web import read_cookie, set_cookie

_COOKIE = "superoffice-card"
_AWAY_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True)
class CardView:
    """`is_main`: the button is what is to be done now; `can_be_put_away`: there is one for that."""

    state: LinkState
    hint: str
    button: str
    href: str
    is_main: bool = False
    can_be_put_away: bool = False


def link_card() -> CardView | None:
    """None while there is nothing to say, or it was put away."""
    link = linked()
    if link is not None:
        return _card_of(link)
    if not current_user.is_administrator or read_cookie(_COOKIE):
        return None
    return CardView(
        LinkState(_("Not linked"), ""),
        _("Optional. What you set up here is then saved there too."),
        _("Link SuperOffice"),
        url_for("superoffice.show"),
        can_be_put_away=True,
    )


def put_card_away(response: Response) -> Response:
    set_cookie(response, _COOKIE, "away", _AWAY_SECONDS)
    return response


def _card_of(link: SuperOfficeLink) -> CardView:
    state, href = state_of(link), url_for("superoffice.show")
    hint = state.hint if state.tone != "ok" else _counts(link)
    if has_failed(link) and (waiting := len(waiting_connections())):
        changes = ngettext(
            "%(num)s connection waits to be saved there.", "%(num)s connections wait to be saved there.", waiting
        )
        hint = f"{hint} {changes}".strip()
    if needs_sign_in(link) and current_user.is_administrator:
        return CardView(state, hint, _("Sign in again"), href, is_main=True)
    return CardView(state, hint, _("See the link"), href)


def _counts(link: SuperOfficeLink) -> str:
    parts = []
    if link.users_read_at is not None:
        users = ngettext("%(num)s user", "%(num)s users", count_everyone())
        groups = ngettext("%(num)s group", "%(num)s groups", count_groups())
        parts.append(_("%(users)s, %(groups)s.", users=users, groups=groups))
    if link.engine_running is False:
        parts.append(_("Automatic sync is off there."))
    return " ".join(parts)
