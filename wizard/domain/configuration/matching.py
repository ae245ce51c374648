"""Which items of two lists, and which fields of two tables, are probably the same."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import product
from typing import TypeVar

from wizard.domain.configuration.schema import ListItem
from wizard.domain.mapping import CRM_FIELDS, Entity, ErpField, Kind, fold, suggest

Key = TypeVar("Key", bound=Hashable)
SIMILAR = 0.75
"""Of the letters of two names that are called similar."""
MIN_LENGTH = 4
"""Letters of names that may be called similar; shorter ones are abbreviations."""
USUAL_LENGTH = 20
"""Letters of a name; one that is longer takes as long to compare as several."""
MAX_PAIRS = 40_000
"""Pairs of names that are compared for similarity, which takes up to a second; 2,000 items of two lists would be four
millions."""
_WORD = re.compile(r"[^\W_]+")
_ACTOR_TYPES = {Entity.COMPANY: "Customer", Entity.PERSON: "Person", Entity.PROJECT: "Project"}
_USER_DEFINED = re.compile(r"(^|\W)udef|^superoffice:\d", re.IGNORECASE)


class MatchedBy(StrEnum):
    """By what two items were found to be the same."""

    SAME_NAME = "same_name"
    SIMILAR_NAME = "similar_name"


@dataclass(frozen=True)
class Match:
    """The item of SuperOffice that an item of the ERP probably is."""

    crm_id: int
    by: MatchedBy


def match_items(erp_items: Mapping[str, str], crm_items: Iterable[ListItem]) -> dict[str, Match]:
    """By the key of the ERP's item: equal names first, then similar ones. No item is used twice."""
    ours = {key: _plain(label) for key, label in erp_items.items()}
    theirs = {item.id: _plain(item.name) for item in crm_items}
    equal = _equal(ours, theirs)
    used = set(equal.values())
    similar = _similar(
        {key: name for key, name in ours.items() if key not in equal},
        {crm_id: name for crm_id, name in theirs.items() if crm_id not in used},
    )
    found = {key: Match(crm_id, MatchedBy.SAME_NAME) for key, crm_id in equal.items()}
    return found | {key: Match(crm_id, MatchedBy.SIMILAR_NAME) for key, crm_id in similar.items()}


def _plain(name: str) -> str:
    """A name without case, accents and punctuation."""
    return " ".join(_WORD.findall(fold(name).casefold()))


def _equal(ours: Mapping[str, str], theirs: Mapping[int, str]) -> dict[str, int]:
    ids = _unique(theirs)
    return {key: ids[name] for name, key in _unique(ours).items() if name in ids}


def _unique(names: Mapping[Key, str]) -> dict[str, Key]:
    """The keys by name; a name that several have says nothing."""
    keys: dict[str, list[Key]] = {}
    for key, name in names.items():
        keys.setdefault(name, []).append(key)
    return {name: found[0] for name, found in keys.items() if name and len(found) == 1}


def _similar(ours: Mapping[str, str], theirs: Mapping[int, str]) -> dict[str, int]:
    """The most similar pairs first."""
    if _letters(ours) * _letters(theirs) > MAX_PAIRS * USUAL_LENGTH**2:
        return {}
    pairs = sorted(
        (
            (-ratio, place, key, crm_id)
            for place, ((key, name), (crm_id, other)) in enumerate(product(ours.items(), theirs.items()))
            if (ratio := _similarity(name, other)) >= SIMILAR
        ),
    )
    found: dict[str, int] = {}
    used: set[int] = set()
    for _ratio, _place, key, crm_id in pairs:
        if key not in found and crm_id not in used:
            found[key] = crm_id
            used.add(crm_id)
    return found


def _letters(names: Mapping[Key, str]) -> int:
    """Of all names, as far as they count for how long a comparison takes."""
    return sum(max(len(name), USUAL_LENGTH) for name in names.values())


def _similarity(one: str, other: str) -> float:
    if min(len(one), len(other)) < MIN_LENGTH:
        return 0.0
    compared = SequenceMatcher(None, one, other, autojunk=False)
    return compared.ratio() if compared.real_quick_ratio() >= SIMILAR <= compared.quick_ratio() else 0.0


def documented_key(key: str, name: str, entity: Entity) -> str:
    """Which documented field a field of SuperOffice's own list is: by its key, else by its name; "" for none.

    How its keys look is not documented: `contact/name` was seen. A user-defined field is never one of them.
    """
    if _USER_DEFINED.search(key):
        return ""
    last = re.split(r"[^\w]", key)[-1].upper()
    if last in CRM_FIELDS[entity]:
        return last
    found = (suggest(_ACTOR_TYPES[entity], [ErpField(last, name, kind)]) for kind in (Kind.TEXT, Kind.DATE, Kind.LIST))
    return next((each[0].crm_key for each in found if each), "")
