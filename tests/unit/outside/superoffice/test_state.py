"""What the state of a tenant means for calls."""

from __future__ import annotations

import pytest

from wizard.domain.superoffice import LinkKind
from wizard.outside.superoffice import Site, SuperOfficeError
from wizard.outside.superoffice.carriers import TenantStatus
from wizard.outside.superoffice.state import require_running

SITE = Site(LinkKind.ONLINE, "https://online.superoffice.com", "Cust12345")
API = "https://online3.superoffice.com/Cust12345/api"


@pytest.mark.parametrize(
    "status",
    [
        TenantStatus(state="Running", is_running=True, api=API),
        TenantStatus(state="OnlineMaintenance", is_running=True, api=f"{API}/"),
        TenantStatus(state="NewInVersion13", is_running=True, endpoint="https://online3.superoffice.com/Cust12345"),
    ],
)
def test_a_running_tenant_has_an_api(status: TenantStatus) -> None:
    assert require_running(status, SITE) == API


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("Unknown", "tenant_unknown"),
        ("Suspended", "tenant_suspended"),
        ("Deleted", "tenant_gone"),
        ("Deleting", "tenant_gone"),
        ("DeleteFailed", "tenant_gone"),
        ("ProvisioningFailed", "tenant_gone"),
        ("Provisioning", "not_ready"),
        ("MigrationPending", "not_ready"),
        ("NewInVersion13", "not_ready"),
        ("OfflineMaintenance", "maintenance"),
    ],
)
def test_a_tenant_that_rests_has_its_reason(state: str, reason: str) -> None:
    with pytest.raises(SuperOfficeError) as caught:
        require_running(TenantStatus(state=state, is_running=False, api=API), SITE)
    assert caught.value.reason == f"superoffice.{reason}"
    assert caught.value.result.facts["tenant"] == "Cust12345"
    assert caught.value.result.facts["state"] == state


def test_an_api_elsewhere_is_not_believed() -> None:
    with pytest.raises(SuperOfficeError, match=r"superoffice\.misread"):
        require_running(TenantStatus(state="Running", is_running=True, api="https://evil.example/api"), SITE)
