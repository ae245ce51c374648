"""The page on which one signs in to the practice SuperOffice."""

from __future__ import annotations

from flask_babel import gettext as _
from werkzeug.wrappers import Response

from wizard.web import render


def show(problem: str) -> Response:
    """The page of consent; with a problem, what is wrong with the request that led there."""
    if not problem:
        return render("practice/consent.html")
    return render("practice/no_sign_in.html", status=400, happened=_problems().get(problem, _problems()["request"]))


def _problems() -> dict[str, str]:
    return {
        "client": _("The client ID is not known there."),
        "redirect": _("The redirect URL is not registered there."),
        "tenant": _("The tenant is not known there."),
        "request": _("The request for the sign-in is incomplete."),
    }
