"""Says how hard a new password is to guess, while it is typed. The form's own check decides."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.wrappers import Response
from flask_babel import gettext as _
from flask_login import current_user

from wizard.forms import MIN_LENGTH
from wizard.messages import strength_advice, strength_verdict
from wizard.security import judge_password
from wizard.web import may_judge_password

blueprint = Blueprint("passwords", __name__)


@blueprint.post("/password")
def judge() -> Response:
    """A fragment; empty for an empty password, and no content, which changes nothing, when it is asked too often."""
    if not may_judge_password():
        return Response(status=204)
    password = request.form.get("password", "")
    return Response(render_template("accounts/_strength.html", verdict=_verdict(password) if password else None))


def _verdict(password: str) -> tuple[str, str]:
    """The words, and their tone."""
    if len(password) < MIN_LENGTH:
        return _("Use 12 characters or more."), ""
    strength = judge_password(password, _own_words())
    return (strength_verdict(strength), "ok") if strength.is_enough else (strength_advice(strength), "warn")


def _own_words() -> list[str]:
    typed = [request.form.get(name, "") for name in ("name", "username")]
    return [*typed, current_user.username, current_user.name] if current_user.is_authenticated else typed
