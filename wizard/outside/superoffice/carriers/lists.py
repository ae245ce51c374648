"""Entries of SuperOffice's lists."""

from __future__ import annotations

from dataclasses import dataclass

from wizard.outside.superoffice.members import Carrier


@dataclass(frozen=True, kw_only=True)
class ListItem(Carrier):
    """An entry of a simple list."""

    required = frozenset({"id", "name"})

    id: int = 0
    name: str = ""
    tool_tip: str = ""


@dataclass(frozen=True, kw_only=True)
class MDOListItem(Carrier):
    """An entry of one of SuperOffice's lists; a heading has `child_items`."""

    required = frozenset({"id", "name"})

    id: int = 0
    name: str = ""
    tool_tip: str = ""
    deleted: bool = False
    rank: int = 0
    type: str = ""
    child_items: tuple[MDOListItem, ...] = ()
    icon_hint: str = ""
    color_block: int = 0
    extra_info: str = ""
    style_hint: str = ""
    full_name: str = ""
