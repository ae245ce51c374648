"""Carriers are read in any case, completed with what is missing, and written whole."""

from __future__ import annotations

import pytest

from wizard.practice.superoffice.wire import CONNECTION, CONNECTOR, BadRequest, Call, Caller


def test_names_are_read_in_any_case_and_the_keys_of_a_configuration_as_they_are() -> None:
    read = CONNECTION.read({"erpconnectorID": 7, "configFields": {"vId": "x"}})

    assert (read["ErpConnectorId"], read["ConfigFields"]) == (7, {"vId": "x"})


@pytest.mark.parametrize(("sent", "read"), [("7", 7), ("-7", -7)])
def test_a_number_may_be_sent_as_text(sent: str, read: int) -> None:
    assert CONNECTOR.read({"ErpConnectorId": sent})["ErpConnectorId"] == read


def test_what_is_missing_or_null_becomes_empty() -> None:
    read = CONNECTION.read({"DisplayName": None, "AssociateAccessIds": None})

    assert (read["DisplayName"], read["AssociateAccessIds"], read["Active"], read["ErpConnectionId"]) == (
        "",
        [],
        False,
        0,
    )


def test_a_list_of_one_carrier_is_none_of_another() -> None:
    first = CONNECTION.read({})
    first["AssociateAccessIds"].append(5)

    assert CONNECTION.read({})["AssociateAccessIds"] == CONNECTION.write()["AssociateAccessIds"] == []


@pytest.mark.parametrize(
    "sent", [None, [], "text", {"ErpConnectorId": "seven"}, {"ErpConnectorId": True}, {"DisplayName": 7}]
)
def test_what_does_not_fit_the_carrier_is_refused(sent: object) -> None:
    with pytest.raises(BadRequest):
        CONNECTOR.read(sent)


@pytest.mark.parametrize(
    ("language", "shown"), [("", "raw"), ("*", "raw"), ("x", "raw"), ("nb-no", "Navn"), ("fr", "Name")]
)
def test_a_text_is_shown_raw_or_in_a_language(language: str, shown: str) -> None:
    text = 'US:"Name";NO:"Navn"'

    assert Call(None, {}, language, Caller(5)).shown(text) == (text if shown == "raw" else shown)


def test_a_number_of_the_query_has_to_be_one() -> None:
    with pytest.raises(BadRequest):
        Call(None, {"id": "x"}, "", Caller(5)).number("Id")
