"""The page of reference has every reason and every sign, whole and with its own particulars."""

from __future__ import annotations

import pytest

from wizard.domain.check import REASONS, SIGNS
from wizard.languages import speaking
from wizard.messages import reference


@pytest.fixture(scope="module")
def entries():
    with speaking("en"):
        return {entry.code: entry for section in reference().values() for entry in section}


def test_each_reason_and_each_sign_has_its_entry(entries):
    assert {*REASONS, *SIGNS} <= set(entries)


def test_no_entry_has_a_placeholder_or_nobody_who_can(entries):
    for entry in entries.values():
        for text in (entry.happened, entry.what_to_do, entry.who):
            assert text
            assert "%(" not in text
            assert "None" not in text


def test_a_sign_that_shares_its_words_names_who_says_it(entries):
    assert entries["firewall.f5"].happened.startswith("F5 BIG-IP, which stands in front of server.example")
    assert entries["firewall.imperva"].happened.startswith("Imperva, which stands")
    assert entries["network.portal"].happened.startswith("Something on the way out")


def test_only_signs_have_a_source(entries):
    assert {code for code, entry in entries.items() if entry.source} == set(SIGNS)


def test_a_sentence_about_the_name_of_a_server_has_one(entries):
    assert entries["dns.not_found"].happened == "The name server.example is not known."
