"""The Sync page, and what stands there before anything is set up."""

from __future__ import annotations

from typing import NamedTuple

from flask import Blueprint, current_app, redirect
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.steps import Step
from wizard.services.connections import count_connections
from wizard.services.connectors import count_connectors
from wizard.services.setups import start_practice
from wizard.services.superoffice import linked
from wizard.services.watch import count_down_connections
from wizard.views.home.drafts import drafts_in_progress
from wizard.views.home.lists import connection_list, connector_list
from wizard.views.practice import practice_url
from wizard.views.setups.steps import step_url
from wizard.views.superoffice.card import link_card
from wizard.web import render

blueprint = Blueprint("home", __name__)


class NumberedItem(NamedTuple):
    """An item of the macro `numbered` of macros/ui.html."""

    title: str
    aside: str
    hint: str
    href: str | None = None


@blueprint.get("/")
def show() -> Response:
    connectors, connections = count_connectors(), count_connections()
    drafts = drafts_in_progress() if current_user.is_administrator else []
    if not any((*connectors, *connections)) and current_user.is_administrator:
        offers_practice = current_app.config["PRACTICE"]
        link = linked()
        saves_there, can_practise_link = link is not None and link.may_save, offers_practice and link is None
        return render(
            "home/empty.html",
            drafts=drafts,
            plan=_plan(saves_there=saves_there),
            saves_there=saves_there,
            offers_practice=offers_practice,
            can_practise_link=can_practise_link,
            card=link_card(),
        )
    return render(
        "home/home.html",
        "home/_lists.html",
        drafts=drafts,
        card=link_card(),
        lead=_lead(connectors[0], connections[0], count_down_connections()),
        connectors=connector_list(connectors),
        connections=connection_list(connections),
    )


@blueprint.post("/practice-setup")
def practice() -> Response:
    """Starts a setup with the practice connector filled in."""
    setup = start_practice(current_user, practice_url(), _("Practice connector"))
    return redirect(step_url(setup, Step.CONNECTOR), 303)


def _lead(connectors: int, connections: int, down: int) -> str:
    first = ngettext("%(num)s connector", "%(num)s connectors", connectors)
    second = ngettext("%(num)s connection", "%(num)s connections", connections)
    counts = _("%(connectors)s, %(connections)s.", connectors=first, connections=second)
    return f"{counts} {_down(down)}".rstrip()


def _down(count: int) -> str:
    """What Monitoring has found, where that is a failure."""
    return ngettext("%(num)s connection is down.", "%(num)s connections are down.", count) if count else ""


def _plan(*, saves_there: bool) -> list[NumberedItem]:
    return [
        NumberedItem(
            _("Install the sync app"),
            _("About 10 minutes with a ready-made app"),
            _("Find the app for your ERP in the SuperOffice App Store, or have one made."),
        ),
        NumberedItem(
            _("Add a Sync Connector"),
            _("About 2 minutes"),
            _("Enter the address you got from the app's provider. We check the whole way to it and back."),
        ),
        NumberedItem(
            _("Add an ERP connection"),
            _("About 5 minutes"),
            _("Choose who may use it, fill in what your ERP asks for, and test it."),
        ),
        _last_item(saves_there=saves_there),
    ]


def _last_item(*, saves_there: bool) -> NumberedItem:
    """What is left until something is synchronised."""
    if saves_there:
        return NumberedItem(
            _("Map and activate it"),
            _("About 10 minutes"),
            _("Choose which fields are synchronised, with suggestions. It is saved in SuperOffice too."),
        )
    return NumberedItem(
        _("Enter it in SuperOffice"),
        _("About 15 minutes"),
        _(
            "The wizard does not write into SuperOffice. It hands you a sheet of all values to copy there, and a "
            "list of what to do then."
        ),
    )
