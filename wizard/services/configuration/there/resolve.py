"""Makes both sides the same again, row by row: takes what SuperOffice has, or writes what is here."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from wizard.domain.configuration import Configuration, FieldSettings, Part, RowDifference, take_over
from wizard.models import Account, Connection
from wizard.services import audit
from wizard.services.configuration.find import load_for_update
from wizard.services.configuration.save import save_configuration
from wizard.services.configuration.there.compare import differences_there
from wizard.services.configuration.there.state import keep_agreed, state_there
from wizard.services.configuration.there.writing import WrittenThere, write_there


def take_theirs(account: Account, connection: Connection, codes: Collection[str]) -> list[RowDifference]:
    """Takes over what SuperOffice has in the rows with these codes, or in all that differ. Commits.

    With the field that a list is mapped to goes which of its items are mapped: those of another list are none of it.
    """
    ours = load_for_update(connection)
    chosen = _chosen(connection, codes)
    rows = [*chosen, *_lists_with(chosen, differences_there(connection))]
    if rows:
        taken = Configuration(tuple(take_over(each, _of(rows, each.actor_type)) for each in ours.types))
        save_configuration(account, connection, taken, "configuration.taken", _names(rows))
        _agree(connection, rows)
    return rows


def write_ours(account: Account, connection: Connection, codes: Collection[str]) -> WrittenThere:
    """Writes what is here over what SuperOffice has in these rows, as it was shown. Commits."""
    rows = _chosen(connection, codes)
    audit.note(account, "configuration.written", connection.name, _names(rows))
    _agree(connection, rows)
    return write_there(account, connection)


def _chosen(connection: Connection, codes: Collection[str]) -> list[RowDifference]:
    return [each for each in differences_there(connection) if not codes or each.code in codes]


def _lists_with(chosen: Collection[RowDifference], found: Iterable[RowDifference]) -> list[RowDifference]:
    """The rows of list items whose fields get another SuperOffice field by the chosen rows."""
    moved = {
        (each.actor_type, each.key)
        for each in chosen
        if isinstance(each.ours, FieldSettings)
        and isinstance(each.theirs, FieldSettings)
        and each.ours.crm_key != each.theirs.crm_key
    }
    lists = (each for each in found if each.part == Part.LISTS and each not in chosen)
    return [each for each in lists if (each.actor_type, each.key) in moved]


def _agree(connection: Connection, rows: Iterable[RowDifference]) -> None:
    """What SuperOffice has in these rows is known now: what differs from it is a change of ours. Commits."""
    agreed, theirs = state_there(connection)
    for each in theirs.types:
        known = agreed if any(one.actor_type == each.actor_type for one in agreed.types) else theirs
        agreed = agreed.with_type(take_over(known.type(each.actor_type), _of(rows, each.actor_type)))
    keep_agreed(connection.id, agreed)


def _of(rows: Iterable[RowDifference], actor_type: str) -> list[RowDifference]:
    return [each for each in rows if each.actor_type == actor_type]


def _names(rows: Iterable[RowDifference]) -> str:
    return ", ".join(dict.fromkeys(each.key or each.actor_type for each in rows))
