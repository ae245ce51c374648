"""The payload that a receipt signs: any change to any part makes another one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.domain.check import RunKind
from wizard.domain.receipt import connection_payload, connector_payload, receipt_number

PARTS = (1, "https://erp.example/x.svc", "", {"Company": "ACME", "Batch": "[I:1]"})


def test_the_same_parts_make_the_same_payload_in_any_order_of_values() -> None:
    turned = dict(reversed(PARTS[3].items()))
    assert connection_payload(*PARTS) == connection_payload(*PARTS[:3], turned)


@pytest.mark.parametrize(
    "changed",
    [
        (2, *PARTS[1:]),
        (1, "https://erp.example/y.svc", *PARTS[2:]),
        (*PARTS[:2], "PEM", PARTS[3]),
        (*PARTS[:3], {"Company": "ACME", "Batch": "[I:2]"}),
        (*PARTS[:3], {"Company": "ACME"}),
        (*PARTS[:3], {**PARTS[3], "New": ""}),
        (*PARTS[:3], {"Company": "[I:1]", "Batch": "ACME"}),
    ],
)
def test_any_change_makes_another_payload(changed: tuple) -> None:
    assert connection_payload(*changed) != connection_payload(*PARTS)


@given(st.dictionaries(st.text(), st.text()), st.dictionaries(st.text(), st.text()))
def test_two_sets_of_values_share_a_payload_only_when_they_are_equal(one: dict, other: dict) -> None:
    same = connection_payload(1, "u", "", one) == connection_payload(1, "u", "", other)
    assert same == (one == other)


def test_a_connectors_payload_is_no_connections_payload() -> None:
    assert connector_payload("u", "") != connection_payload(1, "u", "", {})
    assert connector_payload("u", "") != connector_payload("", "u")


@pytest.mark.parametrize(("kind", "number"), [(RunKind.CONNECTOR, "C-40B2-9E5D"), (RunKind.CONNECTION, "K-40B2-9E5D")])
def test_a_receipt_has_a_short_number(kind: RunKind, number: str) -> None:
    assert receipt_number(kind, "40b29e5dffff") == number
