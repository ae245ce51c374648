"""What the state page and the base of the API say without a sign-in."""

from __future__ import annotations

from dataclasses import dataclass

from wizard.outside.superoffice.members import Carrier, named


@dataclass(frozen=True, kw_only=True)
class TenantStatus(Carrier):
    """What the state page says of a tenant. `api` is the base of its API, which may move."""

    required = frozenset({"state", "is_running"})

    context_identifier: str = ""
    endpoint: str = ""
    state: str = ""
    is_running: bool = False
    valid_until: str = ""
    api: str = ""


@dataclass(frozen=True, kw_only=True)
class ProductVersion(Carrier):
    """What the base of the API says of itself without sign-in."""

    required = frozenset({"net_server_version"})

    v1: str = named("v1", default="")
    net_server_version: str = ""
    net_server_label: str = ""
