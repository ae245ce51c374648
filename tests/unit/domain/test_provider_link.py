"""Reads and writes providers' links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.domain.connector import ConnectorInput
from wizard.domain.provider_link import MAX_LINK, InvalidLink, looks_secret, read_link, read_values, write_query

URL = "https://sync.example/ErpConnectorWS.svc"
texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=30)


@given(name=texts, values=st.dictionaries(texts.filter(lambda key: not looks_secret([key])), texts, max_size=5))
def test_what_is_written_is_read(name: str, values: dict[str, str]) -> None:
    link = read_link(write_query(ConnectorInput(name, URL), values))

    assert (link.connector.name, link.connector.url, link.values) == (name, URL, values)


@pytest.mark.parametrize("front", ["https://wizard.example/setup/from?", "https://wizard.example/setup/from#", "", " "])
def test_a_link_is_read_with_or_without_the_address_in_front(front: str) -> None:
    assert read_link(front + write_query(ConnectorInput("Sync", URL))).connector == ConnectorInput("Sync", URL)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "empty"),
        ("https://wizard.example/setup/from", "empty"),
        ("name=Sync", "no_url"),
        ("url=https://a.example&url=https://b.example", "twice"),
        ("url=" + "x" * MAX_LINK, "too_long"),
    ],
)
def test_what_is_no_link_is_refused_by_its_problem(text: str, problem: str) -> None:
    with pytest.raises(InvalidLink, match=problem):
        read_link(text)


def test_values_that_look_like_passwords_are_left_out_by_name() -> None:
    link = read_link(f"url={URL}&v.Ledger=1&v.ApiPassword=hunter2&v.client_secret=x")

    assert (link.values, link.left_out) == ({"Ledger": "1"}, ("ApiPassword", "client_secret"))


def test_what_a_mail_program_adds_is_ignored() -> None:
    link = read_link(f"utm_source=mail&url={URL}&key=ab&sig=AAAA&fbclid=1&v.Ledger=9")

    assert (link.values, link.signature, link.signed) == ({}, b"\0\0\0", f"utm_source=mail&url={URL}&key=ab".encode())


def test_a_signature_that_is_none_is_as_good_as_none() -> None:
    assert read_link(f"url={URL}&sig=%%%").signature == b""


def test_lines_of_values_are_read_up_to_the_one_that_is_none() -> None:
    assert read_values("Ledger = 1\n\nVat=25.5=x") == {"Ledger": "1", "Vat": "25.5=x"}
    with pytest.raises(InvalidLink, match="Ledger 1"):
        read_values("Ledger 1")
