"""SuperOffice's users and groups."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from wizard.outside.superoffice.carriers import INTERNAL_ASSOCIATE, Associate, MDOListItem, SoPrincipalCarrier
from wizard.outside.superoffice.client import SuperOffice
from wizard.outside.superoffice.members import Json, read_array

MAX_IDS_A_CALL = 2000


def who_am_i(so: SuperOffice) -> SoPrincipalCarrier:
    """Who has signed in, with rights and licences. Raises SuperOfficeError."""
    answer = so.get("User/currentPrincipal")
    with so.reading("currentPrincipal"):
        return SoPrincipalCarrier.from_json(_without_credentials(answer), is_answer=True)


def associates(so: SuperOffice, also: Collection[int] = ()) -> list[Associate]:
    """The internal associates, and those with the ids `also`, who may have left. Raises SuperOfficeError."""
    ids = {item.id for item in flat_list(so, "associate")} | set(also)
    found = [each for chunk in _chunks(sorted(ids)) for each in _by_ids(so, chunk)]
    return [each for each in found if each.type in ("", INTERNAL_ASSOCIATE)]


def groups(so: SuperOffice) -> list[MDOListItem]:
    """The groups that are not deleted. Raises SuperOfficeError."""
    return flat_list(so, "usergroup")


def members(so: SuperOffice, group_id: int) -> list[int]:
    """The ids of a group's associates, secondary members included. Raises SuperOfficeError."""
    return [item.id for item in flat_list(so, "filterassociates", f"group_idx={group_id}")]


def mdo_list(so: SuperOffice, name: str, *, flat: bool = False, additional: str = "") -> list[MDOListItem]:
    """The entries of one of SuperOffice's lists. Raises SuperOfficeError."""
    answer = so.get(f"MDOList/{name}", {"flat": flat} | ({"additional": additional} if additional else {}))
    with so.reading(f"MDOList/{name}"):
        return read_array(MDOListItem, answer)


def flat_list(so: SuperOffice, name: str, additional: str = "") -> list[MDOListItem]:
    """The entries without their headings. Raises SuperOfficeError."""
    return list(_flat(mdo_list(so, name, flat=True, additional=additional)))


def _by_ids(so: SuperOffice, ids: Sequence[int]) -> list[Associate]:
    answer = so.agent("Associate", "GetAssociateList", list(ids))
    with so.reading("GetAssociateList"):
        return read_array(Associate, answer)


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), MAX_IDS_A_CALL):
        yield ids[start : start + MAX_IDS_A_CALL]


def _flat(items: Collection[MDOListItem]) -> Iterator[MDOListItem]:
    """The entries without their headings."""
    for item in items:
        if item.child_items:
            yield from _flat(item.child_items)
        else:
            yield item


def _without_credentials(answer: Json) -> Json:
    if not isinstance(answer, dict):
        return answer
    return {name: value for name, value in answer.items() if name.lower() != "providedcredentials"}
