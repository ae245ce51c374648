"""The radio buttons for the direction of a field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import get_template_attribute
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from markupsafe import Markup, escape

from wizard.domain.configuration import Direction

DIRECTIONS: Mapping[Direction, tuple[LazyString, str]] = {
    Direction.NONE: (_l("Not synced"), "minus"),
    Direction.TO_SUPEROFFICE: (_l("To SuperOffice"), "arrow-right"),
    Direction.TO_ERP: (_l("To the ERP"), "arrow-left"),
    Direction.BOTH: (_l("Both ways"), "arrows-left-right"),
}
"""Their names and icons, in the order of the buttons."""

_NAME, _FIELD = "\ue000", "\ue001"
"""Stand in the shared buttons where a row has its own texts."""


@dataclass(frozen=True)
class DirectionView:
    """A radio button. `is_off`: it cannot be chosen; `of_field`: not with the SuperOffice field that is set."""

    value: str
    is_off: bool
    of_field: bool


class Radios:
    """Makes the buttons once for all rows that have the same ones: a page may have hundreds of rows."""

    def __init__(self, *, is_off: bool) -> None:
        self._is_off = is_off
        self._made: dict[tuple[str, Sequence[DirectionView]], str] = {}

    def of(self, key: str, chosen: str, ways: tuple[DirectionView, ...], crm_key: str) -> Markup:
        """The buttons of a row; one that is off stays on where it is the chosen one."""
        if (chosen, ways) not in self._made:
            self._made[chosen, ways] = self._render(chosen, ways)
        text = self._made[chosen, ways].replace(_FIELD, str(escape(crm_key.replace(_NAME, ""))))
        return Markup(text.replace(_NAME, str(escape(key))))  # noqa: S704 - both texts are escaped

    def _render(self, chosen: str, ways: Sequence[DirectionView]) -> str:
        names = {way.value: str(name) for way, (name, _icon) in DIRECTIONS.items()}
        icons = {way.value: icon for way, (_name, icon) in DIRECTIONS.items()}
        macro = get_template_attribute("macros/configure.html", "radios")
        return str(macro(f"direction:{_NAME}", chosen, ways, names, icons, _FIELD, self._is_off))
