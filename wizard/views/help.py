"""The page that explains every reason and sign of a failed check."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from wizard.messages import reference
from wizard.web import render

blueprint = Blueprint("help", __name__, url_prefix="/help")


@blueprint.get("/reasons")
def reasons() -> Response:
    return render("help/reasons.html", sections=reference())
