"""Rows that can only be saved together, and where to look for the one that SuperOffice refuses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wizard.domain.configuration import FieldSettings, RowDifference, is_named


@dataclass(frozen=True)
class Group:
    """The keys of rows, and the SuperOffice fields that they have or had."""

    keys: tuple[str, ...]
    crm_keys: frozenset[str] = frozenset()


Groups = Sequence[Group]


def groups_of(rows: Iterable[RowDifference]) -> Groups:
    """Two fields that exchange their SuperOffice fields are one group: neither can be saved alone."""
    groups: list[Group] = []
    of_key: dict[str, Group] = {}
    for row in rows:
        group = Group((row.key,), _crm_keys(row))
        for other in dict.fromkeys(of_key[each] for each in sorted(group.crm_keys & of_key.keys())):
            groups.remove(other)
            group = Group((*other.keys, *group.keys), other.crm_keys | group.crm_keys)
        groups.append(group)
        of_key.update(dict.fromkeys(group.crm_keys, group))
    return groups


def split(groups: Groups, words: str) -> tuple[Groups, Groups]:
    """Those that SuperOffice's words do not name, and those that they do; halves where the words do not help."""
    named = [each for each in groups if _is_named(each, words)]
    if named and len(named) < len(groups):
        return [each for each in groups if each not in named], named
    middle = len(groups) // 2
    return groups[:middle], groups[middle:]


def _crm_keys(row: RowDifference) -> frozenset[str]:
    settings = (row.ours, row.theirs)
    return frozenset(each.crm_key for each in settings if isinstance(each, FieldSettings) and each.crm_key)


def _is_named(group: Group, words: str) -> bool:
    return any(name and is_named(name, words) for name in (*group.keys, *group.crm_keys))
