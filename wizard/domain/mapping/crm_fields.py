"""SuperOffice's fields that can be mapped, by the keys of its automatic mapping, with the kinds that fit.

Source: SuperOffice's documentation "Automatic field mapping" of ERP connectors. It names no CATEGORY, BUSINESS and no
kinds; those are of SuperOffice's company card.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wizard.domain.mapping.erp_field import Kind


class Entity(StrEnum):
    """What an ERP's actor becomes in SuperOffice."""

    COMPANY = "Contact"
    PERSON = "Person"
    PROJECT = "Project"


@dataclass(frozen=True)
class CrmField:
    """A field of SuperOffice. `automatic`: SuperOffice maps an ERP field with the same key by itself."""

    key: str
    kinds: frozenset[Kind]
    automatic: bool = True


_TEXT = frozenset({Kind.TEXT})
_NUMBER = frozenset({Kind.TEXT, Kind.INTEGER})
_DATE = frozenset({Kind.DATE})
_CHOICE = frozenset({Kind.TEXT, Kind.LIST})


def _table(*fields: CrmField) -> dict[str, CrmField]:
    return {field.key: field for field in fields}


def _fields(kinds: frozenset[Kind], keys: str) -> list[CrmField]:
    return [CrmField(key, kinds) for key in keys.split()]


CRM_FIELDS: dict[Entity, dict[str, CrmField]] = {
    Entity.COMPANY: _table(
        *_fields(_TEXT, "NAME DEPARTMENT EMAIL URL"),
        *_fields(_NUMBER, "NUMBER1 NUMBER2 PHONE FAX VATNO POSTALZIP STREETZIP"),
        *_fields(_TEXT, "POSTALAD1 POSTALAD2 POSTALAD3 STREETAD1 STREETAD2 STREETAD3"),
        *_fields(_CHOICE, "POSTALCITY POSTALCOUNTY POSTALSTATE STREETCITY STREETCOUNTY STREETSTATE COUNTRY"),
        CrmField("CATEGORY", _CHOICE, automatic=False),
        CrmField("BUSINESS", _CHOICE, automatic=False),
    ),
    Entity.PERSON: _table(
        *_fields(_TEXT, "FIRSTNAME MIDDLENAME LASTNAME EMAIL URL POSTALAD1 POSTALAD2 POSTALAD3"),
        *_fields(_NUMBER, "NUMBER PHONE_DIRECT PHONE_PRIVATE PHONE_MOBILE PHONE_OTHER POSTALZIP"),
        *_fields(_CHOICE, "TITLE POSITION POSTALCITY POSTALSTATE POSTALCOUNTY POSTALCOUNTRY"),
        *_fields(_DATE, "BIRTHDATE"),
    ),
    Entity.PROJECT: _table(
        *_fields(_TEXT, "NAME TEXT URL"),
        *_fields(_NUMBER, "NUMBER"),
        *_fields(_DATE, "ENDDATE"),
    ),
}
"""By what an actor becomes and the key."""
