"""The state page of SuperOffice Online: where a tenant is, and whether it can be called."""

from __future__ import annotations

from urllib.parse import quote

from wizard.domain.superoffice import TenantState
from wizard.outside.superoffice.calls import AnswerReader, Caller, refusal
from wizard.outside.superoffice.carriers import TenantStatus
from wizard.outside.superoffice.site import Site, base_of

_REASON_BY_STATE = {
    TenantState.UNKNOWN: "tenant_unknown",
    TenantState.SUSPENDED: "tenant_suspended",
    TenantState.DELETED: "tenant_gone",
    TenantState.DELETING: "tenant_gone",
    TenantState.DELETE_FAILED: "tenant_gone",
    TenantState.PROVISIONING_FAILED: "tenant_gone",
    TenantState.OFFLINE_MAINTENANCE: "maintenance",
}


def read_tenant_status(caller: Caller, site: Site) -> TenantStatus:
    """What the state page says of the site's tenant. Raises SuperOfficeError."""
    reader = AnswerReader()
    url = f"{site.login}/api/state/{quote(site.tenant, safe='')}"
    response = caller.request("GET", url, {"Accept": "application/json"})
    if response.status == 404:
        raise refusal("tenant_unknown", {"tenant": site.tenant})
    with reader.reading("state"):
        return TenantStatus.from_json(reader.read("state", response), is_answer=True)


def require_running(status: TenantStatus, site: Site) -> str:
    """The base of the API of a tenant that can be called. Raises SuperOfficeError with the reason of its state."""
    if not status.is_running:
        name = next((name for state, name in _REASON_BY_STATE.items() if state == status.state), "not_ready")
        facts = {"tenant": site.tenant, "state": status.state[:40]}
        raise refusal(name, facts, (("state", status.state[:40]),))
    api = base_of(status.api or f"{status.endpoint.rstrip('/')}/api")
    if not site.trusts(api):
        raise refusal("misread", {"operation": "state", "member": "TenantStatus/Api", "kind": "address"})
    return api
