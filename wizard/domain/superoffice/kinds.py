"""Where SuperOffice runs, what the link may do there, and the states of a tenant."""

from __future__ import annotations

from enum import StrEnum


class LinkKind(StrEnum):
    """SuperOffice Online, a server of the customer's own, or the made-up SuperOffice."""

    ONLINE = "online"
    ONSITE = "onsite"
    PRACTICE = "practice"


class Environment(StrEnum):
    """The environments of SuperOffice Online, named as their subdomains are."""

    SOD = "sod"
    QAONLINE = "qaonline"
    ONLINE = "online"

    @property
    def login_url(self) -> str:
        """The host of sign-in and of the state page."""
        return f"https://{self.value}.superoffice.com"


class LinkAccess(StrEnum):
    """Whether the wizard may save in SuperOffice, or read only."""

    READ_ONLY = "read_only"
    FULL = "full"


class TenantState(StrEnum):
    """The states of a tenant, by the names that SuperOffice's state page gives them."""

    UNKNOWN = "Unknown"
    PROVISIONING = "Provisioning"
    RUNNING = "Running"
    DELETED = "Deleted"
    SUSPENDED = "Suspended"
    ONLINE_MAINTENANCE = "OnlineMaintenance"
    OFFLINE_MAINTENANCE = "OfflineMaintenance"
    PROVISIONING_FAILED = "ProvisioningFailed"
    DELETING = "Deleting"
    DELETE_FAILED = "DeleteFailed"
    MIGRATION_PENDING = "MigrationPending"

    @property
    def is_running(self) -> bool:
        """Whether its API answers in this state."""
        return self in (TenantState.RUNNING, TenantState.ONLINE_MAINTENANCE)
