"""What is registered in SuperOffice, as it was seen there, and what of it is not here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self

from wizard.domain.superoffice.matching import is_named


class Licence(StrEnum):
    """What lets a company synchronise with an ERP: the module, or the bundle that a sync app of its own needs."""

    DEVELOPER_TOOLS = "expander-services"
    ERP_SYNC = "erp-sync"


@dataclass(frozen=True, slots=True)
class SeenConnector:
    """A Sync Connector; `changed_at` as SuperOffice writes it. The name may be a multi-language text."""

    id: int
    name: str
    url: str
    changed_by: str = ""
    changed_at: str = ""


@dataclass(frozen=True, slots=True)
class SeenConnection:
    """An ERP connection as far as it can be seen without the agent; its connector by name and URL."""

    id: int
    name: str
    description: str
    guid: str
    active: bool
    everyone: bool
    connector_name: str
    connector_url: str
    changed_by: str = ""
    changed_at: str = ""


@dataclass(frozen=True, slots=True)
class Registered:
    """All of it; `licences` are the names of modules, as SuperOffice answers them."""

    licences: tuple[str, ...] = ()
    connectors: tuple[SeenConnector, ...] = ()
    connections: tuple[SeenConnection, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            tuple(data["licences"]),
            tuple(SeenConnector(**each) for each in data["connectors"]),
            tuple(SeenConnection(**each) for each in data["connections"]),
        )

    @property
    def licence(self) -> Licence | None:
        """The widest licence for ERP sync; None if none was named, as hidden ones may be."""
        names = {name.casefold().rpartition(".")[2] for name in self.licences}
        return next((each for each in Licence if each in names), None)

    def connections_on(self, connector: SeenConnector) -> list[SeenConnection]:
        return [each for each in self.connections if each.connector_url == connector.url]


@dataclass(frozen=True, slots=True)
class Here:
    """What of it is known here: SuperOffice's ids, the URLs of connectors, the GUIDs of connections; and connections
    that are entered by hand, by connector URL and name."""

    connector_ids: Collection[int] = ()
    urls: Collection[str] = ()
    connection_ids: Collection[int] = ()
    guids: Collection[str] = ()
    named: Collection[tuple[str, str]] = ()


def not_here(there: Registered, here: Here) -> Registered:
    """The connectors and connections that SuperOffice alone has."""
    guids = {guid.casefold() for guid in here.guids}
    return Registered(
        connectors=tuple(
            each for each in there.connectors if each.id not in here.connector_ids and each.url not in here.urls
        ),
        connections=tuple(
            each
            for each in there.connections
            if each.id not in here.connection_ids
            and each.guid.casefold() not in guids
            and not any(url == each.connector_url and is_named(each.name, name) for url, name in here.named)
        ),
    )
