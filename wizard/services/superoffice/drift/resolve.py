"""Makes both sides the same: for each value that differs, what SuperOffice has or what is here."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from wizard.domain.connector import ConnectorInput
from wizard.domain.superoffice import Difference, Part
from wizard.errors import InvalidInput, InvalidState, StaleVersion
from wizard.extensions import db
from wizard.models import Account, CheckRun, Connection, Connector
from wizard.models.database import reload_for_update
from wizard.outside.superoffice.carriers import ErpConnection
from wizard.services.checks import sign_payload, test_connection
from wizard.services.connections import save_again
from wizard.services.superoffice.drift.ask import UNKNOWN, Found, Row
from wizard.services.superoffice.drift.record import can_be_compared, details_of, drift_of, find_there, store
from wizard.services.superoffice.drift.take import agree_on, can_be_taken, take
from wizard.services.superoffice.drift.values import our_values


class Choice(StrEnum):
    """Which side is right."""

    THEIRS = "theirs"
    OURS = "ours"


def version_of(row: Row) -> str:
    """Names what is compared, so that what is chosen on a page is not applied to other values.

    It has a key: nobody can try passwords with it.
    """
    record = drift_of(row)
    theirs = (record.content or {}).get("theirs") if record else None
    return sign_payload(json.dumps([our_values(row).to_json(), theirs], sort_keys=True).encode())


def choices_for(difference: Difference) -> tuple[Choice, ...]:
    """What can be chosen for a value. A connection keeps its connector, and is activated in SuperOffice."""
    if difference.field == Part.CONNECTOR:
        return ()
    if difference.field == Part.ACTIVE and not difference.ours:
        return (Choice.THEIRS,)
    return (Choice.THEIRS, Choice.OURS) if can_be_taken(difference) else (Choice.OURS,)


def make_same(
    account: Account, connection: Connection, choices: Mapping[str, Choice], version: str, language: str
) -> CheckRun | None:
    """Takes and writes what is chosen, by the codes of the values; `version` is that of the page.

    SuperOffice is asked once more before. What is not chosen stays as it is on both sides, unless something is written:
    SuperOffice is written whole connections. Values of the configuration that are taken have to be tested before
    anything is written. Returns the test or the save that is begun.

    Raises StaleVersion where either side has changed since, InvalidState where there is nothing to compare,
    InvalidInput for what cannot be taken or is not chosen, ReceiptMissing for values that were not tested,
    and SuperOfficeError.
    """
    connection, carrier = _found_again(connection, version)
    codes = _offers(connection)
    taken = {code for code, offered in codes.items() if choices.get(code) == Choice.THEIRS in offered}
    written = {code for code, offered in codes.items() if choices.get(code) == Choice.OURS in offered}
    if written and len(taken) + len(written) < len(codes):
        raise InvalidInput({"choices": "missing" if all(codes.values()) else "connector"})
    has_new_values = _take(account, connection, carrier, taken, language)
    db.session.commit()
    if has_new_values:
        return test_connection(account, connection)
    if not written:
        return None
    activate = our_values(connection).active
    return save_again(account, connection, fingerprint(carrier), activate=activate)


def chosen_values(connector: Connector, choices: Mapping[str, Choice]) -> ConnectorInput:
    """What the form of a connector begins with: what is chosen of SuperOffice's name and URL, else what is here."""
    details = details_of(connector)
    theirs = {each.code: str(each.theirs) for each in (details.differences if details else ())}
    return replace(
        connector.to_input(), **{code: text for code, text in theirs.items() if choices.get(code) == Choice.THEIRS}
    )


def _offers(row: Row) -> dict[str, tuple[Choice, ...]]:
    details = details_of(row)
    return {each.code: choices_for(each) for each in details.differences} if details else {}


def _take(
    account: Account, connection: Connection, carrier: ErpConnection, codes: Collection[str], language: str
) -> bool:
    """Whether the configuration has other values now."""
    if not codes:
        return False
    before, still_differ = connection.config, _offers(connection).keys() - codes
    changed = _changed(connection)
    take(account, connection, carrier, codes, language)
    agree_on(connection, carrier, still_differ)
    store(connection, Found(carrier, *changed))
    return connection.config != before


def _found_again(row: Connection, version: str) -> tuple[Connection, ErpConnection]:
    """The row, locked, and what SuperOffice has of it now, which is kept."""
    row_id, found = row.id, find_there(row)
    again = reload_for_update(Connection, row_id)
    if again is None or again.deleted_at is not None or not can_be_compared(again):
        raise InvalidState(row_id)
    store(again, found)
    if not isinstance(found.carrier, ErpConnection) or version_of(again) != version:
        db.session.commit()
        raise StaleVersion
    return again, found.carrier


def fingerprint(carrier: ErpConnection) -> str:
    return sign_payload(json.dumps(carrier.to_json(), sort_keys=True).encode())


def _changed(row: Row) -> tuple[str, datetime | None]:
    record = drift_of(row)
    return (record.changed_by, record.changed_at) if record else UNKNOWN
