"""Secrets that come back, in the spellings that servers give them."""

from __future__ import annotations

import base64
import html
import json
import quopri
import unicodedata
from typing import Any
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.outside.redaction.redactor import MASK, MAX_ESCAPED_LENGTH, Redactor

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
    assert Redactor([SECRET])(f"before {spelled} after") == f"before {MASK} after"


def in_pieces(text: str, length: int = 76) -> str:
    return "\r\n".join(text[at : at + length] for at in range(0, len(text), length))


SPELLINGS = {
    "a named character of HTML": "p&amp;s s&lt;&quot;w&ouml;rd&apos;&bsol;&plus;",
    "numbers without an end": "".join(f"&#{ord(character)}" for character in SECRET),
    "a URL in latin-1": quote(SECRET.encode("latin-1"), safe=""),
    "a URL in a URL": quote(quote(SECRET, safe=""), safe=""),
    "JSON in JSON": json.dumps(json.dumps(SECRET)[1:-1])[1:-1],
    "a URL in JSON in XML": escape(json.dumps(quote(SECRET))),
    "bytes of Python": str(SECRET.encode())[2:-1],
    "hexadecimal": SECRET.encode().hex(),
    "octal bytes": "".join(f"\\{byte:03o}" for byte in SECRET.encode()),
    "octal bytes where it is not ASCII": "".join(f"\\{b:03o}" if b > 127 else chr(b) for b in SECRET.encode()),
    "hexadecimal with dashes": SECRET.encode().hex("-").upper(),
    "hexadecimal with colons": SECRET.encode().hex(":"),
    "hexadecimal numbers": SECRET.encode().hex(",").replace(",", ", 0x"),
    "hexadecimal of utf-16": SECRET.encode("utf-16-be").hex(),
    "numbers": str(list(SECRET.encode()))[1:-1],
    "numbers with blanks": " ".join(map(str, SECRET.encode())),
    "a URL of an old script": "".join(f"%u{ord(character):04X}" for character in SECRET),
    "cut by a tag": f"{SECRET[:4]}<br>{SECRET[4:]}",
    "cut by a comment": f"{SECRET[:4]}<!-- -->{SECRET[4:]}",
    "base64 of utf-16, the other way round": base64.b64encode(SECRET.encode("utf-16-be")).decode().rstrip("="),
    "base64 of markup": base64.b64encode(escape(SECRET).encode()).decode().rstrip("="),
    "mail with a break inside of a character": "".join(f"={byte:02X}" for byte in SECRET.encode()).replace(
        "=C3", "=C3=\r\n"
    ),
    "mail": quopri.encodestring(SECRET.encode()).decode(),
    "base64 of utf-16": base64.b64encode(SECRET.encode("utf-16-le")).decode().rstrip("="),
    "base64 of latin-1": base64.b64encode(SECRET.encode("latin-1")).decode().rstrip("="),
    "base64 in lines": in_pieces(base64.b64encode(SECRET.encode()).decode().rstrip("="), 8),
    "utf-8 read as latin-1": SECRET.encode().decode("latin-1"),
    "utf-8 read as windows-1252": SECRET.encode().decode("cp1252"),
    "utf-16 read as latin-1": SECRET.encode("utf-16-le").decode("latin-1").rstrip("\0"),
    "accents apart": unicodedata.normalize("NFD", SECRET),
    "a blank that does not break": SECRET.replace(" ", "\u00a0"),
    "a line break for a blank": SECRET.replace(" ", "\r\n  "),
    "without its blanks": SECRET.replace(" ", ""),
    "blanks of no width": "\u200b".join(SECRET),
}


@pytest.mark.parametrize("name", SPELLINGS)
def test_a_secret_is_blacked_out_in_a_rare_spelling(name: str) -> None:
    rendered = Redactor([SECRET])(f"before [{SPELLINGS[name]}] after")
    assert rendered in (f"before [{MASK}] after", f"before [{MASK}{MASK}] after", f'before ["{MASK}"] after')


ENCODERS = (
    escape,
    quote,
    quote_plus,
    lambda text: json.dumps(text)[1:-1],
    lambda text: quote(text, safe=""),
    lambda text: "".join(f"&#{ord(character)};" for character in text),
)


@given(
    st.text(st.sampled_from("aB7 +&<%\\\"'/=;#ö中😀"), min_size=3, max_size=12).filter(
        lambda text: text == text.strip(" +")
    ),
    st.lists(st.sampled_from(ENCODERS), max_size=2),
)
def test_no_secret_is_left_in_a_spelling_inside_of_a_spelling(secret: str, encoders: list[Any]) -> None:
    spelled = secret
    for encode in encoders:
        spelled = encode(spelled)
    rendered = Redactor([secret])(f"[{spelled}]")  # no secret has a part of what stands around it
    assert secret not in rendered
    assert rendered.replace(MASK, "") == "[]"


def test_a_secret_that_could_be_read_in_two_ways_is_found_however_long_it_is() -> None:
    """Each backslash doubled the time, once."""
    secret = "\\" * 1000 + "X"
    assert Redactor([secret])("\\" * 30_000) == "\\" * 30_000
    assert Redactor([secret])(json.dumps(secret)) == f'"{MASK}"'


@pytest.mark.no_cover
def test_a_secret_of_a_million_characters_is_one_like_any_other() -> None:
    assert Redactor(["x" * 1_000_000])("y" + "x" * 1_000_000) == f"y{MASK}"


@pytest.mark.parametrize("before", ["", "s", "sa", "sa:", "admin:"])
@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
def test_a_secret_inside_of_a_base64_text_is_blacked_out(before: str, encode: object) -> None:
    text = encode(f"{before}correct horse?~battery".encode()).decode()  # type: ignore[operator]
    rendered = Redactor(["correct horse?~battery"])(f"Basic {text}")
    assert MASK in rendered
    assert len(rendered) <= len(f"Basic {MASK}") + len(before) * 2 + 4


def test_the_longest_of_several_secrets_goes_first() -> None:
    assert Redactor(["abc", "abcdef", ""])("abcdef abc") == f"{MASK} {MASK}"


@pytest.mark.no_cover
def test_of_escaped_text_without_end_nothing_is_shown_and_plain_text_still_is() -> None:
    redactor = Redactor(["hunter2"])
    texts = ["%41&amp;\\u0041 " * 1000] * (MAX_ESCAPED_LENGTH // 10_000)

    rendered = [redactor(text) for text in texts]

    assert rendered[0] == texts[0]
    assert rendered[-1] == MASK
    assert redactor("a plain hunter2") == f"a plain {MASK}"


@pytest.mark.parametrize("secrets", [(), ("",)])
def test_without_secrets_everything_stays(secrets: tuple[str, ...]) -> None:
    assert Redactor(secrets)("anything") == "anything"
    assert Redactor(secrets).beginning("anything", 3) == "any"


def test_a_secret_across_the_cut_does_not_show_its_first_half() -> None:
    redactor = Redactor(["hunter2-hunter2"])
    for at in range(80, 101):
        rendered = redactor.beginning("x" * at + "hunter2-hunter2" + "y" * 5000, 100)
        assert "hunter" not in rendered
        assert len(rendered) <= 100


@pytest.mark.no_cover
def test_a_secret_across_the_end_of_what_is_looked_at_does_not_show_its_first_half() -> None:
    secret = "s3cr3t" * 20
    redactor = Redactor([secret])
    for at in range(1500, 4000, 7):
        assert "s3cr3t" not in redactor.beginning(secret * 9 + "x" * at + secret * 40, 100)


def test_a_short_text_is_whole() -> None:
    assert Redactor(["hunter2"]).beginning("sa/hunter2", 100) == f"sa/{MASK}"


@given(st.text(min_size=1, max_size=30), st.text(max_size=20), st.text(max_size=20))
def test_no_secret_is_left_whatever_it_is(secret: str, before: str, after: str) -> None:
    redactor = Redactor([secret])
    rest = redactor(before + escape(secret) + after).replace(MASK, "\0" * 9)
    assert secret not in rest or secret.strip("\0") == ""


def test_a_long_text_with_a_long_secret_takes_no_time() -> None:
    assert Redactor(["a" * 1023])("a" * 900 + "b" * 200_000).count("b") == 200_000
