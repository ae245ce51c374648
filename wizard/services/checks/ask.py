"""Asks the connector of a saved connection something that a page shows, and keeps nothing of the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from wizard.domain.check import StageResult
from wizard.extensions import db
from wizard.models import Connection
from wizard.outside.connector import CheckLimits, Endpoint, ErpActors, ask_actors
from wizard.outside.http import Trust
from wizard.services.checks.execute import policy_for
from wizard.services.checks.secrets import KnownSecrets
from wizard.services.checks.start import request_of_saved

PAGE_SECONDS = 20.0
"""How long a page waits for a connector."""
Answer = TypeVar("Answer")


def ask_connector(
    connection: Connection, question: Callable[[ErpActors], Answer], *, seconds: float = PAGE_SECONDS
) -> tuple[Answer | None, StageResult | None]:
    """The answer, or why there is none, in the words of a check. Commits: nothing may be open while it is called.

    A connector that has moved to another host is asked without the values: it must not receive the secrets.
    """
    request = request_of_saved(connection)
    guid, values = connection.guid, None if connection.has_secrets_of_another else request["values"]
    secrets = KnownSecrets(request)
    db.session.commit()
    return ask_actors(
        Endpoint(request["url"], Trust(request["ca_pem"] or None)),
        guid,
        values,
        question,
        secrets.at_start,
        policy=policy_for(request["url"]),
        limits=CheckLimits(seconds),
        public=secrets.public,
    )
