"""The dialog of step 3 that chooses users and groups; a page of its own without script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.connection import Scope
from wizard.domain.steps import Step
from wizard.extensions import htmx
from wizard.forms import row_ids
from wizard.models import Setup
from wizard.services.connections import (
    MAX_USERS,
    choose_scope,
    find_groups,
    find_users,
    scope_of_draft,
    without_deleted,
)
from wizard.services.setups import find_for_change, find_setup
from wizard.services.users import count_users, group_sizes
from wizard.views.setups.steps import step_url
from wizard.views.users.scope_text import chosen_users_view, users_and_groups, users_text
from wizard.web import go_to, render

blueprint = Blueprint("scope", __name__)


@dataclass(frozen=True)
class Choice:
    id: int
    name: str
    hint: str | None
    chosen: bool


@blueprint.get("/setup/<int:setup_id>/scope")
def show(setup_id: int) -> Response:
    setup = find_setup(setup_id)
    if setup.finished_at is not None:
        return go_to(step_url(setup, Step.CONNECTION))
    return _page(setup, scope_of_draft(setup), "")


@blueprint.post("/setup/<int:setup_id>/scope")
def choose(setup_id: int) -> Response:
    """Every change posts; `done` saves the choice."""
    setup = find_for_change(setup_id)
    if setup.finished_at is not None:
        return go_to(step_url(setup, Step.CONNECTION))
    scope = Scope.of([], []) if "clear" in request.form else Scope.of(_ids("group"), _ids("user"))
    if "done" not in request.form:
        return _page(setup, without_deleted(scope), request.form.get("query", "")[:254])
    choose_scope(current_user, setup, scope)
    if not htmx:
        return go_to(step_url(setup, Step.CONNECTION))
    response = make_response(
        render_template("connections/_chosen_users.html", chosen=chosen_users_view(setup, scope_of_draft(setup)))
    )
    response.headers["HX-Retarget"] = "#people"
    response.headers["HX-Reswap"] = "outerHTML"
    response.headers["HX-Trigger"] = "close-dialog"
    return response


def _page(setup: Setup, scope: Scope, query: str) -> Response:
    view = _view(setup, scope, query)
    return render("connections/scope.html", "connections/_scope.html", scope=view, in_dialog=bool(htmx), setup=setup)


def _view(setup: Setup, scope: Scope, query: str) -> dict[str, Any]:
    groups, users = scope.group_ids, scope.user_ids
    groups_found = find_groups(query, groups)
    sizes = group_sizes(groups_found)
    users_found, found = find_users(query, users)
    count = count_users(groups, users)
    apart = sum(count_users([group], []) for group in groups) + len(users)
    hidden = [("group", each) for each in groups if each not in {group.id for group in groups_found}]
    hidden += [("user", each) for each in users if each not in {user.id for user in users_found}]
    more = _("Showing the first %(count)s. Search for others.", count=MAX_USERS) if found > MAX_USERS else None
    twice = ngettext(
        "%(num)s person is in several of them and counts once.",
        "%(num)s people are in several of them and count once.",
        apart - count,
    )
    return {
        "url": url_for("scope.choose", setup_id=setup.id),
        "back_url": step_url(setup, Step.CONNECTION),
        "query": query,
        "groups": [Choice(g.id, g.name, users_text(sizes.get(g.id, 0)), g.id in groups) for g in groups_found],
        "users": [Choice(p.id, p.name, p.username, p.id in users) for p in users_found],
        "groups_text": _("%(count)s selected", count=len(groups)),
        "users_text": _("%(count)s selected", count=len(users)),
        "found": _("%(users)s users, %(groups)s groups found", users=found, groups=len(groups_found)),
        "groups_more": None,
        "users_more": more,
        "hidden": hidden,
        "summary": users_and_groups(scope),
        "count": ngettext("%(num)s person", "%(num)s people", count),
        "note": twice if apart > count else None,
    }


def _ids(name: str) -> list[int]:
    return row_ids(request.form.getlist(name))
