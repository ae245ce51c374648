"""What SuperOffice has already: which of its rows is the one that is saved here, and what became of an open write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

from wizard.domain.superoffice import (
    ConnectionThere,
    ConnectorThere,
    matching_connections,
    matching_connectors,
    saved_since,
)
from wizard.models import SuperOfficeWrite, WriteOperation, WriteState
from wizard.models.columns import now
from wizard.outside.superoffice import SuperOffice, registry
from wizard.outside.superoffice.carriers import ErpConnection
from wizard.services.checks import persistently
from wizard.services.superoffice.saving.journal import end_write
from wizard.services.superoffice.saving.recorder import Refused


def connections_there(so: SuperOffice) -> tuple[ConnectionThere, ...]:
    return tuple(map(_there, registry.connections(so)))


def connectors_there(so: SuperOffice) -> tuple[ConnectorThere, ...]:
    return tuple(ConnectorThere(each.id, each.name, each.tool_tip) for each in registry.connectors(so))


def adopted_connection(
    writes: Sequence[SuperOfficeWrite], there: Iterable[ConnectionThere], adopt: int | None
) -> int | None:
    """Looks for what open writes have made in SuperOffice, and ends them.

    Returns the id of the new connection, if there is one. Raises Refused where several may be it, unless one of them is
    chosen, and where SuperOffice may still be making one.
    """
    rows = tuple(there)
    found: int | None = None
    for write in writes:
        if write.operation == WriteOperation.SAVE_CONNECTION and write.target_id is None:
            before = write.before.get("ids", ())
            new = saved_since(rows, write.parent_id or 0, write.name, before)
            found = _ended(write, [each.id for each in new], adopt) or found
        else:  # the state of a row that is known: it is read before anything is written to it again
            _end(write, WriteState.DONE, {"looked_at": True})
    return found


def adopted_connector(
    writes: Sequence[SuperOfficeWrite], there: Iterable[ConnectorThere], adopt: int | None
) -> int | None:
    """The same for a connector."""
    rows = tuple(there)
    found: int | None = None
    for write in writes:
        if write.operation == WriteOperation.SAVE_CONNECTOR and write.target_id is None:
            before = write.before.get("ids", ())
            matching = matching_connectors(rows, write.before.get("url", ""), write.name)
            found = _ended(write, [each.id for each in matching if each.id not in before], adopt) or found
        else:
            _end(write, WriteState.DONE, {"looked_at": True})
    return found


def look_at_connections(so: SuperOffice, writes: Sequence[SuperOfficeWrite]) -> None:
    """Ends open writes of connections, whatever they have made: several that may be it are left to a person."""
    rows = connections_there(so) if writes else ()
    for write in writes:
        with suppress(Refused):
            adopted_connection([write], rows, None)


def look_at_connectors(so: SuperOffice, writes: Sequence[SuperOfficeWrite]) -> None:
    """The same for connectors."""
    rows = connectors_there(so) if writes else ()
    for write in writes:
        with suppress(Refused):
            adopted_connector([write], rows, None)


def require_choice(ids: Sequence[int], adopt: int | None, *, add: bool = False) -> int | None:
    """The one to take over, or None to add another one. Raises Refused with the ids of those that are there already."""
    if adopt in ids:
        return adopt
    if ids and not add:
        raise Refused("superoffice.exists", {"ids": ", ".join(map(str, ids)), "count": str(len(ids))})
    return None


def matching_ids(there: Iterable[ConnectionThere], parent: int, name: str) -> list[int]:
    return [each.id for each in matching_connections(there, parent, name)]


def _ended(write: SuperOfficeWrite, ids: Sequence[int], adopt: int | None) -> int | None:
    if adopt in ids:
        ids = [each for each in ids if each == adopt]
    if len(ids) == 1:
        _end(write, WriteState.DONE, {"id": ids[0], "adopted": True})
        return ids[0]
    if ids:
        _end(write, WriteState.UNCLEAR, {"ids": list(ids)})
        raise Refused("superoffice.exists", {"ids": ", ".join(map(str, ids)), "count": str(len(ids))})
    if write.settles_at > now():
        raise Refused("superoffice.unsettled", {"until": write.settles_at.isoformat()})
    _end(write, WriteState.NOT_DONE, {"ids": []})
    return None


def _end(write: SuperOfficeWrite, state: WriteState, found: dict[str, object]) -> None:
    write_id = write.id
    persistently(lambda: end_write(write_id, state, found))


def _there(carrier: ErpConnection) -> ConnectionThere:
    return ConnectionThere(
        carrier.erp_connection_id,
        carrier.display_name,
        carrier.erp_connector_id,
        carrier.connection_id,
        carrier.deleted,
    )
