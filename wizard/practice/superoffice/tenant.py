"""The made-up tenant: what it keeps, how it behaves, and how it calls connectors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from wizard.practice.superoffice.behaviour import Behaviour
from wizard.practice.superoffice.connector_calls import ConnectorCalls
from wizard.practice.superoffice.store import Store
from wizard.practice.superoffice.users import Directory
from wizard.practice.superoffice.wire import Call


@dataclass
class Tenant:
    """What every operation works on."""

    store: Store
    connectors: ConnectorCalls
    behaviour: Behaviour = field(default_factory=Behaviour)

    @property
    def directory(self) -> Directory:
        return self.behaviour.directory


Operation = Callable[[Tenant, Call], Any]
"""One operation of an agent: what it answers; None is no content for those that have no result."""
