"""Merging drafts field by field."""

from __future__ import annotations

import pytest

from wizard.domain.drafts import Merge, merge, texts_of, with_fields

DRAFT = {
    "language": "en",
    "name": "Acme",
    "scope": "everyone",
    "installed": True,
    "values": {"Company": "ACME\r\nNO"},
    "secrets": {"Password": {"value": "s3cret", "origin": "https://a.example", "at": "2026-01-01"}},
}


@pytest.mark.parametrize(
    ("base", "sent", "current", "found"),
    [
        ("old", "mine", "old", Merge()),
        ("old", "old", "theirs", Merge(theirs={"name"})),
        ("old", "mine", "theirs", Merge(conflicts={"name"})),
        ("old", "theirs", "theirs", Merge()),
        (None, "mine", "theirs", Merge(conflicts={"name"})),
    ],
    ids=["only mine", "only theirs", "both", "both the same", "a field that was not there"],
)
def test_a_field_is_mine_theirs_or_both(base: str | None, sent: str, current: str, found: Merge) -> None:
    bases = {} if base is None else {"name": base}

    assert merge({"name": sent}, {"name": current}, bases, ["name"], str) == found


def test_what_the_page_itself_wrote_is_no_conflict() -> None:
    assert not merge({"name": "Acme"}, {"name": "Ac"}, {"name": ""}, [], str)


def test_a_field_that_the_page_does_not_send_stays_as_it_is() -> None:
    assert not merge({}, {"name": "theirs"}, {}, ["name"], str)


def test_texts_are_by_field_and_do_not_depend_on_line_ends() -> None:
    assert texts_of(DRAFT) == {
        "name": "Acme",
        "scope": "everyone",
        "installed": "True",
        "values.Company": "ACME\nNO",
        "secrets.Password": "s3cret",
    }


def test_fields_of_another_draft_take_their_place_and_those_that_it_lacks_go() -> None:
    other = {"name": "Other", "values": {"Company": "OTHER"}}

    found = with_fields(DRAFT, other, ["name", "values.Company", "secrets.Password", "scope"])

    assert found == {
        "language": "en",
        "name": "Other",
        "installed": True,
        "values": {"Company": "OTHER"},
        "secrets": {},
    }
