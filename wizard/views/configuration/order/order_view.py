"""A list whose rows are moved, as `configuration/order/_order.html` renders it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wizard.views.configuration.order.moves import MoveNote
from wizard.web import Filter

LONG = 10
"""From how many rows on it helps to move one to the top or the end at once."""


@dataclass(frozen=True)
class OrderRow:
    """`id` is the same wherever the row is, so that its button keeps the focus. `text` is shown without a `badge`."""

    id: str
    key: str
    name: str
    sub: str = ""
    here: str = ""
    badge: tuple[str, str] | None = None
    text: str = ""


@dataclass(frozen=True)
class OrderThere:
    """Whether SuperOffice has the order too. `is_due`: the page has it written once no more moves come."""

    text: str
    tone: str
    url: str
    is_due: bool = False
    can_be_written: bool = False


@dataclass(frozen=True)
class OrderView:
    """`filters` stand in the place of `title`; `hint_link` is a label and an address."""

    url: str
    label: str
    title: str
    first_column: str
    second_column: str
    rows: Sequence[OrderRow]
    may_move: bool
    hint: str
    nothing: str = ""
    filters: Sequence[Filter] = ()
    hint_link: tuple[str, str] | None = None
    note: MoveNote | None = None
    there: OrderThere | None = None

    @property
    def is_long(self) -> bool:
        return len(self.rows) >= LONG
