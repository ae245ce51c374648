"""The engine that synchronises: here it only says whether it runs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from wizard.practice.superoffice.tenant import Operation, Tenant
from wizard.practice.superoffice.wire import ENGINE, BadRequest, Call, Json

KIND = "engine"


def is_running(tenant: Tenant) -> bool:
    return bool((tenant.store.get(KIND, 1) or {}).get("IsRunning"))


def _status(tenant: Tenant, _: Call) -> Json:
    return ENGINE.write(**(tenant.store.get(KIND, 1) or {}))


def _run(tenant: Tenant, call: Call) -> Json:
    return ENGINE.write(**_change(tenant, IsRunning=call.member("Run", False)))


def _interval(tenant: Tenant, call: Call) -> None:
    interval = call.member("Interval", "")
    if not re.fullmatch(r"\d\d:[0-5]\d:[0-5]\d", interval):
        raise BadRequest("Interval is no time span")
    _change(tenant, Interval=interval)


def _change(tenant: Tenant, **members: Any) -> Json:
    changed: Json = tenant.store.change(KIND, 1, lambda before: (before or {}) | members)
    return changed


OPERATIONS: Mapping[str, Operation] = {
    "GetEngineStatus": _status,
    "ChangeEngineStatus": _run,
    "ChangeEngineInterval": _interval,
}
