"""Facts as parts of sentences."""

from __future__ import annotations

import pytest

from wizard.domain.urls import without_password
from wizard.messages.facts import Facts, one_line


@pytest.mark.parametrize(
    ("text", "rendered"),
    [("a\r\n b\t c", "a b c"), ("\x1b[31mred\x07", "[31mred"), ("x" * 700, "x" * 599 + "…"), ("\u202eabc", "abc")],
)
def test_a_stranger_s_text_becomes_one_line(text, rendered):
    assert one_line(text) == rendered


@pytest.mark.parametrize(
    ("url", "rendered"),
    [
        ("https://user:secret@x.example/a", "https://••••@x.example/a"),
        ("https://a@b:c@x.example", "https://••••@x.example"),
        ("https://x.example/a@b", "https://x.example/a@b"),
    ],
)
def test_a_url_is_shown_without_its_password(url, rendered):
    assert without_password(url) == rendered


def test_a_count_that_is_none_is_zero():
    assert [Facts({"count": text}).number("count") for text in ("8", "", "x", "-1", "9" * 12)] == [8, 0, 0, 0, 0]


def test_facts_are_those_that_have_a_text():
    assert dict(Facts({"key": "A", "list": " "})) == {"key": "A"}
    assert len(Facts({"key": "A"}, field="")) == 1
