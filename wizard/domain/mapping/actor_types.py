"""What an ERP's type of actor becomes in SuperOffice, by its name."""

from __future__ import annotations

from wizard.domain.mapping.crm_fields import Entity
from wizard.domain.mapping.reading import TERMS, Terms, read

_ENTITIES = {
    Entity.PROJECT: {"project"},
    Entity.PERSON: {"person", "contact"},
    Entity.COMPANY: {"customer", "supplier", "company", "partner", "account"},
}
"""The first that is named: a customer's contact person is a person."""


def entity_of(actor_type: str, terms: Terms = TERMS) -> Entity | None:
    """None for what SuperOffice does not synchronise, or where the name says too little."""
    reading = read(actor_type, terms)
    if reading is None or not reading.meanings <= frozenset().union(*_ENTITIES.values()):
        return None
    return next((entity for entity, words in _ENTITIES.items() if words & reading.meanings), None)


def owner_of(actor_type: str, terms: Terms = TERMS) -> frozenset[str]:
    """The words by which its fields may call it: of a customer, that is not the supplier."""
    reading = read(actor_type, terms)
    named = reading.meanings & {"customer", "supplier"} if reading else frozenset()
    return frozenset(named) or frozenset({"customer", "supplier"})
