"""The judge of traffic objects to what SuperOffice's documents do not have.

What it judges is in `tests/functional/superoffice/`: the contract, the whole flow, and all answers of the practice
SuperOffice.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.factories.traffic import Exchange
from tests.superoffice_judge import objections

GOOD = Exchange(
    "POST",
    "/Cust1/api/v1/Agents/ErpSync/GetConnectionX",
    {"Authorization": "Bearer x", "Content-Type": "application/json; charset=utf-8"},
    b'{"ErpConnectionId": 7}',
    200,
    b"null",
)


@pytest.mark.parametrize(
    "changed",
    [
        {"target": "/Cust1/api/v1/Agents/ErpSync/GetConnexion"},
        {"target": "/Cust1/api/v1/Agents/ErpSync/GetConnection?x=1"},
        {"body": b'{"ErpConnectionId": "7"}'},
        {"body": b'{"ErpConnexionId": 7}'},
        {"body": b"{}"},
        {"answer": b'{"ErpConnectionId": 7}'},
        {"answer": b"[]"},
        {"status": 500},
        {"headers": {"Content-Type": "application/json"}},
    ],
    ids=str,
)
def test_what_is_not_as_documented_is_objected_to(changed: dict[str, object]) -> None:
    good = replace(GOOD, target="/Cust1/api/v1/Agents/ErpSync/GetConnection")
    assert objections(good) == []
    assert objections(replace(good, **changed)) != []
