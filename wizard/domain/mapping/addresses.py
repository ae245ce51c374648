"""Which of SuperOffice's two addresses, postal and visiting, the addresses of an actor are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from wizard.domain.mapping.crm_fields import Entity
from wizard.domain.mapping.reading import Reading

PLAIN = ""
_KINDS = ("postal", "visit", "delivery", "invoice")
_BESIDE = frozenset({"main", "work"})
_BESIDE_PLAIN = frozenset({"company", "partner", "account"})
"""A delivery address has a company's name of its own; an address of none has not."""
MAX_LINES = 5
_LINE, _ZIP, _CITY = "AD", "ZIP", "CITY"
_PARTS: tuple[tuple[str, str, str], ...] = (
    ("address", "line street", _LINE),
    ("street", "line name address number house", _LINE),
    ("address house", "", _LINE),
    ("addition", "address line street", "AD2"),
    ("zip", "code number address", _ZIP),
    ("postal code", "", _ZIP),
    ("postal number", "", _ZIP),
    ("city", "name address", _CITY),
    ("state", "name code id address", "STATE"),
    ("state county", "", "STATE"),
    ("county", "name address", "COUNTY"),
    ("country", "code name id address", "COUNTRY"),
    ("country state", "code name id address", "COUNTRY"),
)
_PATTERNS = tuple((frozenset(needs.split()), frozenset(may.split()), part) for needs, may, part in _PARTS)
_FIVE_LINES = {"AD3": _CITY, "AD4": "COUNTY", "AD5": _ZIP}
"""A British address in lines only."""


@dataclass(frozen=True)
class AddressPart:
    """A part, such as ZIP or AD1, and which address it belongs to."""

    kind: str
    part: str


def address_part(reading: Reading, owner: frozenset[str]) -> AddressPart | None:
    """None for what is no part of an address; `owner` are the words by which the actor is called."""
    if "mail" in reading.meanings:
        return _mail_address(reading, owner)
    for meanings, kind in _kinds(reading.meanings, owner):
        for needs, may, part in _PATTERNS:
            if needs <= meanings <= needs | may and (numbered := _numbered(part, reading.index)):
                return AddressPart(kind, numbered)
    return None


def _mail_address(reading: Reading, owner: frozenset[str]) -> AddressPart | None:
    """With a part of an address it is the postal one; alone it may as well be for e-mail."""
    rest = reading.meanings - {"mail", "address"}
    if not rest and not (reading.index and "address" in reading.meanings):
        return None
    return address_part(Reading(reading.meanings - {"mail"} | {"postal"}, reading.index), owner)


def _kinds(meanings: frozenset[str], owner: frozenset[str]) -> list[tuple[frozenset[str], str]]:
    """What the name says without the kind of its address; none where it names two kinds."""
    bare = meanings - _BESIDE - owner
    found = [kind for kind in _KINDS if kind in bare]
    if len(found) > 1:
        return []
    return [(bare - {kind}, kind) for kind in found] + [(bare - _BESIDE_PLAIN, PLAIN)]


def _numbered(part: str, index: int) -> str | None:
    if part == _LINE:
        return f"AD{index or 1}" if index <= MAX_LINES else None
    if part == "AD2":
        return f"AD{max(index, 2)}" if index <= 3 else None
    return part if index <= 1 else None


def place(parts: Mapping[str, AddressPart], entity: Entity, automatic: Collection[str] = ()) -> dict[str, str]:
    """By field key, the SuperOffice field of its part; what belongs to neither address is left out.

    `automatic` are the fields of SuperOffice that it maps by itself.
    """
    parts = _without_lone_lines(parts)
    slots = _slots(parts, entity)
    if set(slots) == {PLAIN} and _is_visiting_address(automatic):
        slots = {PLAIN: "STREET"}
    five = {kind for kind in slots if _is_in_five_lines({each.part for each in parts.values() if each.kind == kind})}
    placed: dict[str, str] = {}
    for key, each in parts.items():
        part = _FIVE_LINES.get(each.part, each.part) if each.kind in five else each.part
        if each.kind in slots and part not in ("AD4", "AD5"):
            placed[key] = _field(slots[each.kind], part, entity)
    return _with_one_country(placed)


def _is_in_five_lines(parts: set[str]) -> bool:
    return {"AD1", "AD4", "AD5"} <= parts and not {_ZIP, _CITY} & parts


def _without_lone_lines(parts: Mapping[str, AddressPart]) -> dict[str, AddressPart]:
    """A "postal address" of lines only, beside a postcode and a town that name no address, are one address."""
    plain = {each.part for each in parts.values() if each.kind == PLAIN}
    for kind in _KINDS:
        of_kind = {each.part for each in parts.values() if each.kind == kind}
        if _complete_each_other(plain, of_kind, kind):
            return {key: AddressPart(PLAIN, each.part) if each.kind == kind else each for key, each in parts.items()}
    return dict(parts)


def _complete_each_other(plain: set[str], of_kind: set[str], kind: str) -> bool:
    if not plain or not of_kind or plain & of_kind or ("AD1" in plain) == ("AD1" in of_kind):
        return False
    lines, places = (plain, of_kind) if "AD1" in plain else (of_kind, plain)
    return not lines & {_ZIP, _CITY} and bool(places & {_ZIP, _CITY}) and (kind == "postal" or places is plain)


def _slots(parts: Mapping[str, AddressPart], entity: Entity) -> dict[str, str]:
    """By kind of address, the prefix of SuperOffice's: the first is postal, another the visiting one."""
    core = {each.kind for each in parts.values() if each.part in ("AD1", _ZIP, _CITY)}
    kinds = core or {each.kind for each in parts.values()}
    first = next((kind for kind in ("postal", PLAIN, "invoice", "visit", "delivery") if kind in kinds), None)
    if first is None:
        return {}
    second = next((kind for kind in ("visit", "delivery", PLAIN) if kind in kinds - {first}), None)
    slots = {PLAIN: "POSTAL", first: "POSTAL"}
    return slots if entity == Entity.PERSON or second is None else slots | {second: "STREET"}


def _is_visiting_address(automatic: Collection[str]) -> bool:
    """Whether lines, postcode or town go to the visiting address, and none of them to the postal one."""
    core = {prefix: {f"{prefix}{part}" for part in ("AD1", _ZIP, _CITY)} for prefix in ("POSTAL", "STREET")}
    return not core["STREET"].isdisjoint(automatic) and core["POSTAL"].isdisjoint(automatic)


def _field(prefix: str, part: str, entity: Entity) -> str:
    """A company has one country."""
    if part == "COUNTRY" and entity == Entity.COMPANY:
        return "COUNTRY" if prefix == "POSTAL" else "STREETCOUNTRY"
    return prefix + part


def _with_one_country(placed: dict[str, str]) -> dict[str, str]:
    """That of the postal address; of the visiting one where the other has none."""
    others = [key for key, field in placed.items() if field == "STREETCOUNTRY"]
    has_one = "COUNTRY" in placed.values()
    renamed = {} if has_one else dict.fromkeys(others[:1], "COUNTRY")
    return {key: field for key, field in placed.items() if key not in others} | renamed
