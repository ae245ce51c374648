"""`erp-wizard health`."""

from __future__ import annotations

import json
from http.client import HTTPConnection, HTTPException

from flask_babel import gettext as _

from wizard.config import Settings

SECONDS = 10
"""The page itself waits for the database for some seconds."""
_ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - who listens everywhere is asked on this machine


def ask(settings: Settings, path: str) -> tuple[bool, str]:
    """Whether the process that listens there answers that it is well, and what it says."""
    host = _ANY.get(settings.host, settings.host)
    connection = HTTPConnection(host, settings.port, timeout=SECONDS)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        status = _status_of(answer.read())
        return answer.status == 200 and status == "ok", status
    except (OSError, HTTPException) as error:
        where = f"{host}:{settings.port}"
        return False, _("No wizard answers at %(address)s: %(error)s", address=where, error=error)
    finally:
        connection.close()


def _status_of(body: bytes) -> str:
    try:
        return str(json.loads(body)["status"])
    except (ValueError, LookupError, TypeError):
        return _("What answers there is not the wizard.")
