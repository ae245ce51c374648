"""The state page of a tenant, and the version of its API."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from wizard.practice.superoffice.behaviour import TENANT, Behaviour
from wizard.practice.superoffice.wire import Json

RUNNING = ("Running", "OnlineMaintenance")
VALID = timedelta(seconds=1)
"""Short, so that who practises a move need not wait."""


def state_page(behaviour: Behaviour, base: str, name: str) -> Json:
    """What anybody may ask of a tenant; Unknown for one that there is not."""
    state = behaviour.tenant_state if name.casefold() == TENANT.casefold() else "Unknown"
    endpoint = behaviour.api_base(base)
    is_known = state != "Unknown"
    return {
        "ContextIdentifier": TENANT if is_known else name,
        "Endpoint": endpoint if is_known else "",
        "State": state,
        "IsRunning": state in RUNNING,
        "ValidUntil": f"{datetime.now(UTC) + VALID:%Y-%m-%dT%H:%M:%S.%f}0Z",
        "Api": f"{endpoint}/api" if is_known else "",
    }


def version(behaviour: Behaviour, api: str) -> Json:
    """What the API tells without a sign-in."""
    return {
        "v1": f"{api}/v1",
        "NetServerVersion": behaviour.version,
        "NetServerAssembly": ".".join(behaviour.version.split(".")[:2]) + ".0.0",
        "NetServerDate": "2026-09-17",
        "NetServerLabel": "Practice",
        "NetServer": f"SuperOffice {behaviour.version} (practice)",
        "Services": "Services87",
        "ServicesCurrent": "Services88",
        "Version": "v1",
    }
