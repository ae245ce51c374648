"""Which side has changed since both were the same: a comparison of three, with what they agreed on last."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any, TypeVar

from wizard.domain.fields import ConfigField
from wizard.domain.superoffice.compare import (
    ConnectionValues,
    Difference,
    Part,
    Values,
    differences,
)

AnyValues = TypeVar("AnyValues", bound=Values)


class DriftState(StrEnum):
    """How what stands in SuperOffice is related to what stands here. `differs`: on which side it changed is unknown."""

    SAME = "same"
    CHANGED_THERE = "changed_there"
    CHANGED_HERE = "changed_here"
    CHANGED_BOTH = "changed_both"
    DIFFERS = "differs"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Drift:
    """What differs, and since what. `sides` has the state of each difference by its code."""

    state: DriftState = DriftState.SAME
    differences: tuple[Difference, ...] = ()
    sides: Mapping[str, DriftState] = field(default_factory=dict)


def find_drift(
    ours: Values,
    theirs: Values | None,
    agreed: Values | None,
    config_fields: Iterable[ConfigField] = (),
    readable: Collection[str] = (),
) -> Drift:
    """`theirs` is None for what SuperOffice has no longer, `agreed` where both were never known to be the same."""
    if theirs is None:
        return Drift(DriftState.GONE)
    config_fields = tuple(config_fields)
    found = differences(ours, theirs, config_fields, readable)
    if agreed is None:
        sides = {each.code: DriftState.DIFFERS for each in found}
    else:
        there = {each.code for each in differences(agreed, theirs, config_fields, readable)}
        here = {each.code for each in differences(ours, agreed, config_fields, readable)}
        sides = {each.code: _side(each.code in there, each.code in here) for each in found}
    return Drift(_together(sides.values()), found, sides)


def with_values(values: AnyValues, other: AnyValues, codes: Iterable[str]) -> AnyValues:
    """The values, of which those with these codes are the other's. Codes that are not known are left alone."""
    wanted = set(codes)
    plain = {each.name for each in fields(values) if each.name != Part.CONFIG and each.name in wanted}
    changed: dict[str, Any] = {name: getattr(other, name) for name in plain}
    if isinstance(values, ConnectionValues) and isinstance(other, ConnectionValues):
        changed["config"] = _with_config(values.config, other.config, wanted)
    return replace(values, **changed)


def _with_config(config: Mapping[str, str], other: Mapping[str, str], wanted: Collection[str]) -> dict[str, str]:
    """A value that the other side does not have goes."""
    taken = [key for key in dict.fromkeys((*config, *other)) if config_code(key) in wanted]
    kept = {key: value for key, value in config.items() if key not in taken}
    return kept | {key: other[key] for key in taken if key in other}


def config_code(key: str) -> str:
    """The code of a configuration value, see `Difference.code`."""
    return Difference(Part.CONFIG, "", "", key=key).code


def _side(there: bool, here: bool) -> DriftState:
    if there and here:
        return DriftState.CHANGED_BOTH
    return DriftState.CHANGED_THERE if there else DriftState.CHANGED_HERE if here else DriftState.DIFFERS


def _together(sides: Iterable[DriftState]) -> DriftState:
    """The state of the whole: what has changed on one side, or on both."""
    found = set(sides)
    if not found:
        return DriftState.SAME
    if DriftState.DIFFERS in found:
        return DriftState.DIFFERS
    return found.pop() if len(found) == 1 else DriftState.CHANGED_BOTH
