"""The made-up users and groups: internal users, some of whom have left, externals and resources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

ADMINISTRATOR, NO_ADMINISTRATOR = 5, 6
"""Associate ids of the two who sign in."""
FIRST_GROUP = 2

_GROUPS = (
    "Sales Norway",
    "Sales Sweden",
    "Sales Denmark",
    "Sales Netherlands",
    "Sales Germany",
    "Marketing",
    "Customer service",
    "Finance",
    "Purchasing",
    "Logistics",
    "Management",
    "IT",
)
_FIRST = (
    "Ingrid", "Lars", "Åse", "Björn", "Søren", "Mette", "Anneke", "Joost", "Jürgen", "Heike", "Kari", "Erik",
    "Freja", "Maarten", "Sigrid", "Rolf", "Linnéa", "Pieter", "Katrin", "Øystein",
)  # fmt: skip
_LAST = (
    "Berg", "Nilsson", "Ødegård", "Jönsson", "Sørensen", "Østergaard", "de Vries", "van den Berg", "Müller", "Groß",
    "Haugen", "Lindqvist", "Kjær", "Bakker",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SuperOfficeUser:
    """An associate, as the API has them."""

    associate_id: int
    initials: str
    full_name: str
    group: int
    other_groups: tuple[int, ...] = ()
    type: str = "InternalAssociate"
    has_left: bool = False

    @property
    def user_name(self) -> str:
        return f"{self.initials.lower()}@practice.example"

    @property
    def groups(self) -> tuple[int, ...]:
        return (self.group, *self.other_groups)

    @property
    def person_id(self) -> int:
        return self.associate_id + 1000


@dataclass(frozen=True)
class Directory:
    """Users and groups of a tenant."""

    size: int = 240
    groups: dict[int, str] = field(default_factory=lambda: dict(enumerate(_GROUPS, FIRST_GROUP)))

    @cached_property
    def users(self) -> dict[int, SuperOfficeUser]:
        """By associate id."""
        return {user.associate_id: user for user in self._make()}

    def find(self, user_name: str) -> SuperOfficeUser | None:
        """By user name or initials, in any case."""
        name = user_name.casefold()
        return next((u for u in self.users.values() if name in (u.user_name, u.initials.casefold())), None)

    def _make(self) -> Iterator[SuperOfficeUser]:
        yield SuperOfficeUser(ADMINISTRATOR, "ADMIN", "Astrid Administrator", self._group(11))
        yield SuperOfficeUser(NO_ADMINISTRATOR, "SALES", "Sven Salesman", self._group(0), (self._group(5),))
        for number in range(2, self.size):
            yield self._user(number)

    def _user(self, number: int) -> SuperOfficeUser:
        first, last = _FIRST[number % len(_FIRST)], _LAST[number * 5 // 3 % len(_LAST)]
        kind = {7: "ExternalAssociate", 13: "ResourceAssociate"}.get(number % 40, "InternalAssociate")
        name = f"Meeting room {number}" if kind == "ResourceAssociate" else f"{first} {last}"
        others = (self._group(number + 5), self._group(number + 7)) if number % 7 == 0 else ()
        initials = f"{first[:2]}{last[-2:]}{number}".upper()
        return SuperOfficeUser(
            number + ADMINISTRATOR, initials, name, self._group(number), others, kind, has_left=number % 23 == 0
        )

    def _group(self, number: int) -> int:
        return FIRST_GROUP + number % len(self.groups)


USERS = Directory()
