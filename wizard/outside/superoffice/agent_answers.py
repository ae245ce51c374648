"""The answers of the agents' operations, read as what they have to be."""

from __future__ import annotations

from typing import TypeVar

from wizard.outside.superoffice.client import NOTHING, Params, SuperOffice
from wizard.outside.superoffice.members import Carrier, Json, Misread, read_array

ERP_SYNC = "ErpSync"
_C = TypeVar("_C", bound=Carrier)


def one(so: SuperOffice, carrier: type[_C], operation: str, body: Json, agent: str = ERP_SYNC) -> _C:
    """One carrier. Raises SuperOfficeError."""
    answer = so.agent(agent, operation, body)
    with so.reading(operation):
        return carrier.from_json(answer, is_answer=True)


def one_or_none(
    so: SuperOffice, carrier: type[_C], operation: str, body: Json = NOTHING, query: Params | None = None
) -> _C | None:
    """One carrier, or None for null. Raises SuperOfficeError."""
    answer = so.agent(ERP_SYNC, operation, body, query=query, may_be_null=True)
    with so.reading(operation):
        return None if answer is None else carrier.from_json(answer, is_answer=True)


def array(so: SuperOffice, carrier: type[_C], operation: str, body: Json = NOTHING, agent: str = ERP_SYNC) -> list[_C]:
    """An array of carriers. Raises SuperOfficeError."""
    answer = so.agent(agent, operation, body)
    with so.reading(operation):
        return read_array(carrier, answer)


def truth(so: SuperOffice, operation: str, body: Json) -> bool:
    """True or false. Raises SuperOfficeError."""
    answer = so.agent(ERP_SYNC, operation, body)
    with so.reading(operation):
        if not isinstance(answer, bool):
            raise Misread(operation, "bool", answer)
        return answer
