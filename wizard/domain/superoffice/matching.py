"""Which rows of SuperOffice are the ones that are meant here, among those that it has.

What is decided here asks nothing and saves nothing. SuperOffice keeps names that need not be unique and may be
multi-language texts, and it marks what is deleted instead of removing it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import TypeVar

from wizard.domain.fields import every_language


@dataclass(frozen=True, slots=True)
class ConnectorThere:
    """A Sync Connector that SuperOffice has."""

    id: int
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class ConnectionThere:
    """An ERP connection that SuperOffice has; `connector_id` is SuperOffice's, `guid` what the connector knows."""

    id: int
    name: str
    connector_id: int
    guid: str = ""
    deleted: bool = False


Row = TypeVar("Row", ConnectorThere, ConnectionThere)


def matching_connectors(there: Iterable[ConnectorThere], url: str, name: str) -> tuple[ConnectorThere, ...]:
    """Those that have this URL; where there is none, those that have this name."""
    rows = tuple(there)
    return _those(rows, lambda each: each.url == url) or _those(rows, lambda each: is_named(each.name, name))


def matching_connections(there: Iterable[ConnectionThere], connector_id: int, name: str) -> tuple[ConnectionThere, ...]:
    """The undeleted ones of a connector that have this name."""
    return _those(
        there, lambda each: not each.deleted and each.connector_id == connector_id and is_named(each.name, name)
    )


def saved_since(
    there: Iterable[ConnectionThere], connector_id: int, name: str, before: Collection[int]
) -> tuple[ConnectionThere, ...]:
    """Those of the matching ones that were not there before a save whose answer is not known.

    The ids that were there are compared and no times: the clocks of two machines differ.
    """
    return tuple(each for each in matching_connections(there, connector_id, name) if each.id not in before)


def is_named(text: str, name: str) -> bool:
    """Whether a text of SuperOffice reads so in one of its languages."""
    return name in (text, *every_language(text))


def _those(rows: Iterable[Row], fits: Callable[[Row], bool]) -> tuple[Row, ...]:
    return tuple(each for each in rows if fits(each))
