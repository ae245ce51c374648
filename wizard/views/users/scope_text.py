"""Whom a scope means, in words."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from wizard.models import Setup
from wizard.services.connections.scope import members_of_draft
from wizard.services.users.count import count_people


@dataclass(frozen=True)
class PeopleView:
    """Whom the chosen users and groups are, for `partials/_people.html`."""

    summary: str
    count: str
    change_url: str


def people_view(setup: Setup) -> PeopleView:
    """Whom the draft's users and groups mean."""
    groups, people = members_of_draft(setup)
    change_url = url_for("scope.show", setup_id=setup.id)
    return PeopleView(members_summary(len(groups), len(people)), people_text(count_people(groups, people)), change_url)


def members_summary(groups: int, people: int) -> str:
    """ "2 groups + 1 user"; empty for none."""
    parts = []
    if groups:
        parts.append(ngettext("%(num)s group", "%(num)s groups", groups))
    if people:
        parts.append(ngettext("%(num)s user", "%(num)s users", people))
    return " + ".join(parts)


def everyone_text(count: int) -> str:
    return people_text(count) if count else _("All users of SuperOffice")


def people_text(count: int) -> str:
    return ngettext("%(num)s person", "%(num)s people", count)
