"""Files as Windows, Excel and the Mac save them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.domain.text_encoding import UndecodableText, decode_names, decode_text

NAMES = ["Ingrid Müller;ingrid", "Jürgen Groß;Gjøvik;Bjørn", "Kåre Ærlig;kåre", "Lärs;x", "Åse Bjørnøy"]
DOUBTFUL = [
    "José Núñez",
    "Åse Østby",
    "Šimon",
    "Pärt Õun",
    "Zoë",
    "Mia Bærentsen",
    "Straße",
    "Łukasz",
    "Ægir Þór",
    "Renée O’Neill",
    "KÅRE ØSTBY",
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("decode", [decode_text, decode_names])
def test_unicode_is_read_with_and_without_a_mark(decode: object, encoding: str) -> None:
    assert callable(decode)
    assert decode("naam;größe\r\n".encode(encoding)) == "naam;größe\r\n"


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "mac_roman"])
@pytest.mark.parametrize("names", NAMES)
def test_a_list_is_read_in_the_code_page_that_it_was_saved_in(names: str, encoding: str) -> None:
    assert decode_names(names.encode(encoding)) == names


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "mac_roman", "cp1250", "cp1251", "cp437"])
@pytest.mark.parametrize("names", [*NAMES, *DOUBTFUL])
def test_no_list_is_read_as_something_else(names: str, encoding: str) -> None:
    try:
        data = names.encode(encoding)
    except UnicodeEncodeError:
        return
    try:
        found = decode_names(data)
    except UndecodableText as error:
        assert str(error) == "unknown"  # noqa: PT017 - either is right
    else:
        assert found == names


@pytest.mark.parametrize("data", [b"\x81\x8d\x8f", b"Ingrid M\xb3ller", b"\xff\xfe\x00", b"caf\xe9\xe9\xb5"])
def test_what_could_be_anything_is_refused(data: bytes) -> None:
    with pytest.raises(UndecodableText):
        decode_names(data)


@pytest.mark.parametrize("data", [b"PK\x03\x04\x00\x00\x00", b"\x00\x01\xff\xd8\xff"])
def test_what_is_no_text_is_called_so(data: bytes) -> None:
    with pytest.raises(UndecodableText, match="binary"):
        decode_names(data)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff")))
def test_utf_8_is_always_read_as_it_is(text: str) -> None:
    try:
        assert decode_names(text.encode()) == text
    except UndecodableText:
        assert "\0" in text
