"""The dialog of step 3 that chooses users and groups; a page of its own without script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from flask import Blueprint, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.connection import Scope
from wizard.domain.drafts import PageVersion, texts_of
from wizard.domain.steps import Step
from wizard.extensions import htmx
from wizard.forms import row_ids
from wizard.models import Setup, User, UserGroup
from wizard.services.connections import (
    MAX_USERS,
    choose_scope,
    count_groups,
    find_groups,
    find_users,
    scope_of_draft,
    without_deleted,
)
from wizard.services.setups import find_for_change, find_setup
from wizard.services.superoffice import read_users_if_old
from wizard.services.users import count_everyone, count_users, group_sizes
from wizard.views.setups.drafts import base_of, sent_version
from wizard.views.setups.steps import step_url
from wizard.views.users.scope_text import chosen_users_view, left_text, users_and_groups, users_text
from wizard.views.users.seen import seen_text
from wizard.web import go_to, render

blueprint = Blueprint("scope", __name__)


READING_SECONDS = 20.0
"""How long the dialog waits for users that are older than a day."""


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
    read_users_if_old(seconds=READING_SECONDS)
    return _page(setup, scope_of_draft(setup), "")


@blueprint.post("/setup/<int:setup_id>/scope")
def choose(setup_id: int) -> Response:
    """Every change posts; `done` saves the choice."""
    setup = find_for_change(setup_id)
    if setup.finished_at is not None:
        return go_to(step_url(setup, Step.CONNECTION))
    scope = without_deleted(Scope.of([], []) if "clear" in request.form else Scope.of(_ids("group"), _ids("user")))
    if "done" not in request.form:
        return _page(setup, scope, request.form.get("query", "")[:254], sent_version())
    if choose_scope(current_user, setup, scope, sent_version()):
        return _page(setup, scope, "", stale=True)
    if not htmx:
        return go_to(step_url(setup, Step.CONNECTION))
    response = make_response(
        render_template("connections/_chosen_users.html", chosen=chosen_users_view(setup, scope_of_draft(setup)))
    )
    response.headers["HX-Retarget"] = "#people"
    response.headers["HX-Reswap"] = "outerHTML"
    response.headers["HX-Trigger"] = "close-dialog"
    return response


def _page(setup: Setup, scope: Scope, query: str, page: PageVersion | None = None, *, stale: bool = False) -> Response:
    """`page`: what it was rendered with first; None for what is saved now."""
    saved = scope_of_draft(setup)
    base = base_of(texts_of(saved.to_draft()))
    return render(
        "connections/scope.html",
        "connections/_scope.html",
        scope=_view(scope, query),
        in_dialog=bool(htmx),
        setup=setup,
        url=url_for("scope.choose", setup_id=setup.id),
        back_url=step_url(setup, Step.CONNECTION),
        saved=(users_and_groups(saved) or _("nobody")) if stale else None,
        page_id=page.id if page else token_hex(4),
        draft_base=request.form.get("base", "") if page else base,
    )


def _view(scope: Scope, query: str) -> dict[str, Any]:
    groups_found = find_groups(query, scope.group_ids)
    total = count_everyone()
    users_found, found = find_users(query, scope.user_ids, total)
    more = _("Showing the first %(count)s. Search for others.", count=MAX_USERS) if found > MAX_USERS else None
    return {
        "query": query,
        "groups": _group_choices(groups_found, scope),
        "users": [_user_choice(user, scope) for user in users_found],
        "groups_text": _("%(count)s of %(total)s selected", count=len(scope.group_ids), total=count_groups()),
        "users_text": _("%(count)s of %(total)s selected", count=len(scope.user_ids), total=total),
        "found": _("%(users)s users, %(groups)s groups found", users=found, groups=len(groups_found)),
        "groups_more": None,
        "users_more": more,
        "seen": seen_text(),
        "left": left_text(scope),
        "hidden": _chosen_but_not_found(scope, groups_found, users_found),
        "summary": users_and_groups(scope),
        **_count(scope),
    }


def _group_choices(groups: Sequence[UserGroup], scope: Scope) -> list[Choice]:
    sizes = group_sizes(groups)
    return [
        Choice(
            each.id,
            each.name,
            _("No longer in SuperOffice") if each.left_at else users_text(sizes.get(each.id, 0)),
            each.id in scope.group_ids,
        )
        for each in groups
    ]


def _user_choice(user: User, scope: Scope) -> Choice:
    """A user, with the groups that they are in, else with the user name."""
    if user.left_at is not None:
        return Choice(user.id, user.name, _("Has left SuperOffice"), user.id in scope.user_ids)
    groups = [group for group in user.groups if group.deleted_at is None]
    hint = ", ".join(group.name for group in groups) or user.username
    if any(group.id in scope.group_ids for group in groups):
        hint = _("%(groups)s, already included", groups=hint)
    return Choice(user.id, user.name, hint, user.id in scope.user_ids)


def _chosen_but_not_found(scope: Scope, groups: Sequence[UserGroup], users: Sequence[User]) -> list[tuple[str, int]]:
    hidden = [("group", each) for each in scope.group_ids if each not in {group.id for group in groups}]
    return hidden + [("user", each) for each in scope.user_ids if each not in {user.id for user in users}]


def _count(scope: Scope) -> dict[str, str | None]:
    """How many users are chosen, and how many of them more than once."""
    count = count_users(scope.group_ids, scope.user_ids)
    sizes = sum(count_users([group], []) for group in scope.group_ids)
    apart = sizes + count_users([], scope.user_ids)
    twice = ngettext(
        "%(num)s user is in several of them and counts once.",
        "%(num)s users are in several of them and count once.",
        apart - count,
    )
    return {"count": users_text(count), "note": twice if apart > count else None}


def _ids(name: str) -> list[int]:
    return row_ids(request.form.getlist(name))
