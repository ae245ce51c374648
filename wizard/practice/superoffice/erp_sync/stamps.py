"""Who changed a record, and when; the archives show it."""

from __future__ import annotations

from datetime import UTC, datetime

from wizard.practice.superoffice.tenant import Tenant
from wizard.practice.superoffice.wire import Call, Json

NEVER = "0001-01-01T00:00:00"


def now() -> str:
    """As the API writes a time: UTC, without an offset."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def stamped(tenant: Tenant, call: Call) -> Json:
    """The members beside a carrier's own that a change sets."""
    user = tenant.directory.users.get(call.caller.associate_id)
    return {"updatedBy": user.full_name if user else "", "updatedDate": now()}
