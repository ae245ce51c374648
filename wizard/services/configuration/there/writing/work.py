"""One attempt to write what is configured here to SuperOffice: what was agreed on, what differs, what is refused."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from wizard.domain.configuration import (
    Configuration,
    FieldSettings,
    Part,
    RowDifference,
    Side,
    TypeSettings,
    differences,
)
from wizard.models import WriteOperation, WriteState
from wizard.models.columns import now
from wizard.models.database import asynchronous_commit
from wizard.outside.superoffice import SuperOffice, SuperOfficeError
from wizard.services.checks import persistently, sign_payload
from wizard.services.configuration.there.journal import open_writes_of
from wizard.services.configuration.there.merge import merged
from wizard.services.configuration.there.state import keep_written
from wizard.services.superoffice.saving import Target, end_write, written

MIN_SECONDS_LEFT = 1.0
"""With less time left no write is begun: one whose answer comes too late would have to be looked at."""
Answer = TypeVar("Answer")
Json = dict[str, Any]


class NotYet(Exception):
    """The rest has to wait: for time, or until SuperOffice can no longer be doing what it has not answered."""

    def __init__(self, until: str = "") -> None:
        super().__init__(until)
        self.until = until


@dataclass
class Work:
    """`ours` is what is chosen here, `agreed` what both sides had when they were last known to be the same.

    `left_open` are the operations of writes that are not known to be done, `moved` the fields, by actor type and key,
    whose list this attempt has replaced.
    """

    so: SuperOffice
    account_id: int
    connection_id: int
    superoffice_id: int
    name: str
    ours: Configuration
    agreed: Configuration | None
    ends_at: float
    theirs: Configuration | None = None
    was_active: bool | None = None
    is_active: bool = False
    reactivate: bool = False
    has_updated_fields: bool = False
    left_open: set[WriteOperation] = field(default_factory=set)
    moved: set[tuple[str, str]] = field(default_factory=set)
    refused: dict[str, dict[str, str]] = field(default_factory=dict)
    conflicts: list[RowDifference] = field(default_factory=list)

    def to_write(self, theirs: TypeSettings, parts: Collection[Part]) -> list[RowDifference]:
        """The rows that have to be written. Those that somebody else has changed too are remembered as conflicts."""
        found = differences(self.ours, Configuration((theirs,)), self.agreed, parts)
        self.conflicts += [each for each in found if each.side is Side.BOTH and each not in self.conflicts]
        return [each for each in found if each.side is Side.OURS]

    def refuse(self, actor_type: str, keys: Iterable[str], words: str) -> None:
        if found := dict.fromkeys(keys, words):
            self.refused.setdefault(actor_type, {}).update(found)

    def agree(self, theirs: TypeSettings, parts: Collection[Part]) -> None:
        """Remembers what was read back as what both sides have, but for what somebody else has changed. Commits."""
        found = differences(self.ours, Configuration((theirs,)), self.agreed, parts)
        others = {(each.key, each.part) for each in found if each.side is not Side.OURS}
        agreed = self.agreed or Configuration()
        agreed = agreed.with_type(merged(agreed.type(theirs.actor_type), theirs, parts, others))
        there = self.theirs or agreed
        there = there.with_type(merged(there.type(theirs.actor_type), theirs, parts))
        self.agreed, self.theirs, connection_id = agreed, there, self.connection_id
        with asynchronous_commit():  # it can be read again
            persistently(lambda: keep_written(connection_id, agreed, there))

    def agree_on_field(self, actor_type: str, there: FieldSettings, part: Part) -> None:
        """The same for one part of one field. Commits."""
        known = self.agreed.type(actor_type) if self.agreed else TypeSettings(actor_type)
        fields = {**known.by_key, there.key: known.field(there.key).with_part(there, part)}
        self.agree(replace(known, fields=tuple(fields.values())), (part,))

    def written(
        self,
        operation: WriteOperation,
        intended: Json,
        before: Json,
        call: Callable[[], Answer],
        target_id: int | None = None,
    ) -> Answer:
        """Carries out one write, as a row of the journal. Raises SuperOfficeError and NotYet."""
        if self.ends_at - time.monotonic() < MIN_SECONDS_LEFT:
            raise NotYet
        target = Target(
            self.account_id, self.name, connection_id=self.connection_id, target_id=target_id, before=before
        )
        try:
            return written(operation, target, intended, call)
        except SuperOfficeError:
            self.left_open.add(operation)
            raise

    def settle(self, operation: WriteOperation, read: Callable[[], Json]) -> None:
        """Ends the open writes of an operation by what SuperOffice has now. Raises NotYet while it may be at them."""
        if operation not in self.left_open:
            return
        state = read()
        for write in persistently(lambda: open_writes_of(self.connection_id, operation)):
            if _is_about(write.before, state):
                _end(write.id, write.intended == signed(state), write.settles_at)


def signed(state: Json) -> str:
    """As the journal keeps what was intended."""
    return sign_payload(json.dumps(state, sort_keys=True).encode())


def _is_about(before: Any, state: Json) -> bool:
    """Whether a write was of the same actor type or field."""
    return not isinstance(before, dict) or all(before.get(name) == state.get(name) for name in ("type", "field"))


def _end(write_id: int, is_done: bool, settles_at: Any) -> None:
    if not is_done and settles_at > now():
        raise NotYet(settles_at.isoformat())
    state = WriteState.DONE if is_done else WriteState.NOT_DONE
    persistently(lambda: end_write(write_id, state, {"looked_at": True}))
