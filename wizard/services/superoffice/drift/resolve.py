"""Makes both sides the same: for each value that differs, what SuperOffice has or what is here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from wizard.domain.superoffice import Difference, Part
from wizard.errors import InvalidState, StaleVersion
from wizard.extensions import db
from wizard.models import Account, CheckRun, Connection
from wizard.models.database import reload_for_update
from wizard.services.checks import sign_payload, test_connection
from wizard.services.superoffice.drift.ask import UNKNOWN, CarrierOfRow, Found, Row
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
    """What can be chosen for a value. A connection keeps its connector, here and there."""
    if difference.field == Part.CONNECTOR:
        return ()
    return (Choice.THEIRS, Choice.OURS) if can_be_taken(difference) else (Choice.OURS,)


def take_theirs(
    account: Account, row: Row, choices: Mapping[str, Choice], version: str, language: str
) -> CheckRun | None:
    """Takes what is chosen from SuperOffice, which is asked once more before; `version` is that of the page.

    What is not taken stays as it is, on both sides. Values of the configuration that are taken have to be tested:
    returns the test that is begun. Raises StaleVersion where either side has changed since, InvalidState where there is
    nothing to compare, InvalidInput, SuperOfficeError and Cancelled.
    """
    row, carrier = _found_again(row, version)
    details = details_of(row)
    codes = {each.code: choices_for(each) for each in (details.differences if details else ())}
    taken = {each for each, offered in codes.items() if choices.get(each) == Choice.THEIRS in offered}
    before = row.config if isinstance(row, Connection) else None
    take(account, row, carrier, taken, language)
    agree_on(row, carrier, codes.keys() - taken)
    store(row, Found(carrier, *_changed(row)))
    db.session.commit()
    return test_connection(account, row) if isinstance(row, Connection) and row.config != before else None


def _found_again(row: Row, version: str) -> tuple[Row, CarrierOfRow]:
    """The row, locked, and what SuperOffice has of it now, which is kept."""
    model, row_id, found = type(row), row.id, find_there(row)
    again: Row | None = reload_for_update(model, row_id)
    if again is None or again.deleted_at is not None or not can_be_compared(again):
        raise InvalidState(row_id)
    store(again, found)
    if found.carrier is None or version_of(again) != version:
        db.session.commit()
        raise StaleVersion
    return again, found.carrier


def _changed(row: Row) -> tuple[str, datetime | None]:
    record = drift_of(row)
    return (record.changed_by, record.changed_at) if record else UNKNOWN
