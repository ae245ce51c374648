"""The blueprint of a connection's configuration: every part is a page below the connection's."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("configuration", __name__, url_prefix="/connections/<int:connection_id>")
