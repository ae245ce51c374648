"""SuperOffice's users and groups as they were read, and which of the rows here each of them is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

MAX_USERS = 50_000
"""How many users are stored. A scope of so many is one of groups."""
MAX_NAME = 254
"""As the columns of names here; a longer one is cut, and said to be."""


@dataclass(frozen=True, slots=True)
class SeenGroup:
    """A user group, by SuperOffice's id."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class SeenUser:
    """An internal associate, by SuperOffice's id, with the ids of all groups, secondary ones included."""

    id: int
    name: str
    username: str
    group_ids: frozenset[int] = frozenset()
    has_left: bool = False


@dataclass(frozen=True, slots=True)
class SeenUsers:
    """All users and groups that SuperOffice has answered."""

    users: tuple[SeenUser, ...]
    groups: tuple[SeenGroup, ...]


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A user or group here: SuperOffice's id if it is known, and the key of the user name or of the group's name."""

    id: int
    superoffice_id: int | None
    key: str


def partners(rows: Sequence[OwnRow], seen: Mapping[int, str]) -> dict[int, int]:
    """The row here of each that was seen, whose keys are by SuperOffice's ids; those without one are left out.

    SuperOffice's id decides; of rows without one, a key that is there once on both sides.
    """
    by_id = {
        row.superoffice_id: row.id for row in rows if row.superoffice_id is not None and row.superoffice_id in seen
    }
    free = _unique((row.key, row.id) for row in rows if row.superoffice_id is None)
    unmatched = _unique((key, each) for each, key in seen.items() if each not in by_id)
    return by_id | {each: free[key] for key, each in unmatched.items() if key in free}


def _unique(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The ids by their keys, without empty keys and those that several have."""
    pairs = list(pairs)
    counts = Counter(key for key, _ in pairs)
    return {key: each for key, each in pairs if key and counts[key] == 1}


_SEPARATOR = "\x1f"


def unique_keys(wanted: Mapping[int, str], taken: Collection[str]) -> dict[int, str]:
    """A key that nobody else has for each of SuperOffice's ids: its own, or with the id behind it.

    SuperOffice may have the same name twice, and users without a user name.
    """
    used = set(taken)
    keys: dict[int, str] = {}
    for each, key in wanted.items():
        keys[each] = key if key and key not in used else f"{key}{_SEPARATOR}{each}"
        used.add(keys[each])
    return keys


def plain_key(key: str) -> str:
    """A key without what `unique_keys` has added to it."""
    return key.partition(_SEPARATOR)[0]


def clean_name(name: str) -> str:
    """The name in one line, without what no database keeps."""
    return " ".join(name.replace("\0", " ").split())


def short_name(name: str) -> str:
    """The name, cut with an ellipsis where it is longer than the columns here."""
    return name if len(name) <= MAX_NAME else f"{name[: MAX_NAME - 1]}…"
