"""Two versions of what is typed at a step, as two administrators have left them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel.speaklater import LazyString


@dataclass(frozen=True)
class Difference:
    """A field that two administrators have left with different values."""

    label: str
    theirs: str
    yours: str


def differences(
    theirs: Mapping[str, Any], yours: Mapping[str, Any], labels: Mapping[str, LazyString]
) -> list[Difference]:
    """The fields that have a label and differ."""
    rows = ((label, _text(theirs.get(name)), _text(yours.get(name))) for name, label in labels.items())
    return [Difference(str(label), one, other) for label, one, other in rows if one != other]


def deleted_meanwhile() -> Difference:
    """That the other version is deleted; sent again, it comes back."""
    return Difference(_("State"), _("deleted"), _("not deleted"))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return "" if value is None else str(value)
