"""Imports users from a CSV file: previews what it would do first, and then does just that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.errors import InvalidInput, StaleVersion
from wizard.forms import ImportForm
from wizard.services.users import Preview, UserLine, decode_csv, import_users, preview_import
from wizard.views.users.by_hand import require_by_hand
from wizard.views.users.lists import blueprint
from wizard.web import render

MAX_NAMES = 5
MAX_GROUPS = 10
MAX_ERRORS = 100


@dataclass(frozen=True)
class PreviewView:
    """What a file would do, in sentences, or what is wrong with which of its lines."""

    sentences: Sequence[str]
    errors: Sequence[tuple[int, str]]
    text: str
    fingerprint: str


@blueprint.route("/import", methods=["GET", "POST"])
def import_csv() -> Response:
    require_by_hand()
    form = ImportForm()
    if request.method == "GET":
        return _page()
    try:
        text = form.text.data or decode_csv(form.file.data.read() if form.file.data else b"")
        if not form.text.data:
            return _page(_preview_view(preview_import(text), text))
        done = import_users(current_user, text, form.fingerprint.data or "")
    except StaleVersion:
        return _page(_preview_view(preview_import(text), text), is_stale=True, status=409)
    except InvalidInput as invalid:
        if invalid.errors["file"] == "lines":
            return _page(_preview_view(preview_import(text), text))
        return _page(error=_file_error(invalid.errors["file"]), status=422)
    flash(_("Imported: %(new)s new, %(changed)s changed.", new=len(done.new), changed=len(done.changed)), "ok")
    return redirect(url_for(".show"), 303)


def _page(
    preview: PreviewView | None = None, *, error: str | None = None, is_stale: bool = False, status: int = 200
) -> Response:
    if preview is not None and preview.errors:
        is_stale, status = False, 422
    return render("users/import.html", status=status, preview=preview, error=error, is_stale=is_stale)


def _preview_view(plan: Preview, text: str) -> PreviewView:
    errors = [(number, _line_error(code)) for number, code in plan.errors[:MAX_ERRORS]]
    return PreviewView(_sentences(plan), errors, text, plan.fingerprint)


def _sentences(plan: Preview) -> list[str]:
    new, changed, groups = len(plan.new), len(plan.changed), len(plan.new_groups)
    sentences = [
        ngettext("%(num)s new user", "%(num)s new users", new) + _names(plan.new),
        ngettext("%(num)s user changes", "%(num)s users change", changed) + _names(plan.changed),
        ngettext("%(num)s user stays as it is", "%(num)s users stay as they are", plan.same),
    ]
    if groups:
        names = ", ".join(plan.new_groups[:MAX_GROUPS])
        sentences.append(ngettext("%(num)s new group", "%(num)s new groups", groups) + f": {names}")
    return sentences


def _names(lines: Sequence[UserLine]) -> str:
    """The first names of some users, after a colon."""
    if not lines:
        return ""
    return ": " + ", ".join(line.name for line in lines[:MAX_NAMES]) + (" …" if len(lines) > MAX_NAMES else "")


def _file_error(code: str) -> str:
    return {
        "missing": _("Choose a CSV file."),
        "too_large": _("This file is too large: 1 MB and 20,000 lines at most."),
        "binary": _("This is no text file. Save the list as CSV first."),
        "unknown": _("The letters of this file cannot be told for sure. Save it as “CSV UTF-8” and choose it again."),
        "groups": _("This file would make more than 500 groups. Is it the right column?"),
        "columns": _("The first line has to name the columns, among them name and user name."),
        "quotes": _("The quotation marks in this file do not match up. Save the list as CSV anew."),
    }[code]


def _line_error(code: str) -> str:
    return {
        "no_name": _("The name is missing."),
        "no_username": _("The user name is missing."),
        "too_long": _("A value is longer than 254 characters."),
        "invisible": _("There is an invisible character inside a name. Type the name by hand."),
        "twice": _("This user name is in the file twice."),
    }[code]
