"""Secrets that come back, in the spellings that servers give them."""

from __future__ import annotations

import base64
import html
import json
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.connectors.blackout import BLACK, Blackout

SECRET = "p&s s<\"wörd'\\+"


@pytest.mark.parametrize(
    "spelled",
    [
        SECRET,
        SECRET.upper(),
        escape(SECRET),
        escape(escape(SECRET)),
        html.escape(SECRET),
        escape(SECRET, {'"': "&quot;", "'": "&apos;"}),
        "".join(f"&#{ord(character)};" for character in SECRET),
        "".join(f"&#x{ord(character):04X};" for character in SECRET),
        "".join(f"&amp;#{ord(character)};" for character in SECRET),
        quote(SECRET),
        quote(SECRET, safe=""),
        quote_plus(SECRET).lower(),
        "".join(f"%{byte:02x}" for byte in SECRET.encode()),
        json.dumps(SECRET)[1:-1],
        json.dumps(SECRET, ensure_ascii=False)[1:-1],
        SECRET.encode("unicode_escape").decode(),
        base64.b64encode(SECRET.encode()).decode().rstrip("="),
    ],
)
def test_a_secret_is_blacked_out_in_every_spelling(spelled: str) -> None:
    assert Blackout([SECRET])(f"before {spelled} after") == f"before {BLACK} after"


@pytest.mark.parametrize("before", ["", "s", "sa", "sa:", "admin:"])
@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
def test_a_secret_inside_of_a_base64_text_is_blacked_out(before: str, encode: object) -> None:
    text = encode(f"{before}correct horse?~battery".encode()).decode()  # type: ignore[operator]
    shown = Blackout(["correct horse?~battery"])(f"Basic {text}")
    assert BLACK in shown
    assert len(shown) <= len(f"Basic {BLACK}") + len(before) * 2 + 4


def test_the_longest_of_several_secrets_goes_first() -> None:
    assert Blackout(["abc", "abcdef", ""])("abcdef abc") == f"{BLACK} {BLACK}"


@pytest.mark.parametrize("secrets", [(), ("",)])
def test_without_secrets_everything_stays(secrets: tuple[str, ...]) -> None:
    assert Blackout(secrets)("anything") == "anything"
    assert Blackout(secrets).beginning("anything", 3) == "any"


def test_a_secret_across_the_cut_does_not_show_its_first_half() -> None:
    blackout = Blackout(["hunter2-hunter2"])
    for at in range(80, 101):
        shown = blackout.beginning("x" * at + "hunter2-hunter2" + "y" * 5000, 100)
        assert "hunter" not in shown
        assert len(shown) <= 100


def test_a_secret_across_the_end_of_what_is_looked_at_does_not_show_its_first_half() -> None:
    secret = "s3cr3t" * 20
    blackout = Blackout([secret])
    for at in range(1500, 4000, 7):
        assert "s3cr3t" not in blackout.beginning(secret * 9 + "x" * at + secret * 40, 100)


def test_a_short_text_is_whole() -> None:
    assert Blackout(["hunter2"]).beginning("sa/hunter2", 100) == f"sa/{BLACK}"


@given(st.text(min_size=1, max_size=30), st.text(max_size=20), st.text(max_size=20))
def test_no_secret_is_left_whatever_it_is(secret: str, before: str, after: str) -> None:
    blackout = Blackout([secret])
    rest = blackout(before + escape(secret) + after).replace(BLACK, "\0" * 9)
    assert secret not in rest or secret.strip("\0") == ""


def test_a_long_text_with_a_long_secret_takes_no_time() -> None:
    assert Blackout(["a" * 1023])("a" * 900 + "b" * 200_000).count("b") == 200_000
