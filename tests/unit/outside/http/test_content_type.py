"""Content types, beside what .NET's own class makes of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.outside.http.content_type import ContentType, read_content_type


@pytest.mark.parametrize(
    ("header", "media", "charset"),
    [
        ("text/xml", "text/xml", None),
        ("TEXT/XML; CHARSET=UTF-8", "text/xml", "UTF-8"),
        ("text/xml;charset=utf-8;action=x", "text/xml", "utf-8"),
        ("text/xml ; charset= utf-8", "text/xml", "utf-8"),
        ("text/xml;", "text/xml", None),
        ("text/xml; charset=utf-8;", "text/xml", "utf-8"),
        ('text/xml; charset="utf-8"', "text/xml", "utf-8"),
        ('text/xml; charset=""', "text/xml", None),
        ("text/xml; charset='utf-8'", "text/xml", "'utf-8'"),
        ("text/xml; charset=utf-8 (comment)", "text/xml", "utf-8"),
        ("text/xml; charset*=utf-8''utf-8", "text/xml", None),
        ('text/xml; x=";charset=latin1"', "text/xml", None),
        ('text/xml; x="\\";"; charset=utf-8', "text/xml", "utf-8"),
    ],
)
def test_what_dotnet_reads_is_read(header: str, media: str, charset: str | None) -> None:
    assert read_content_type(header) == ContentType(media, charset)


@pytest.mark.parametrize(
    "header",
    [
        "",
        ";;;==",
        "xml",
        "text/xml charset=utf-8",
        "text/xml, text/xml",
        "text/xml; charset=",
        "text/xml;;charset=utf-8",
        "text/xml; charset = utf-8",
        "text/xml; foo",
        'text/xml; charset="utf-8',
        "text/xml; charset=utf-8; charset=latin1",
        "text/xml; charset=utf-8,utf-8",
        "text/xml; a=" + "x" * 1024,
    ],
)
def test_what_dotnet_refuses_is_not_readable(header: str) -> None:
    found = read_content_type(header)
    assert (found.is_readable, found.is_xml, found.charset) == (False, False, None)


def test_a_header_that_cannot_be_read_keeps_the_beginning_that_names_its_media_type() -> None:
    assert read_content_type("Text/HTML; x").media == "text/html"


@given(st.text(st.sampled_from('text/xml;= charset"\\(')))
def test_any_header_is_read_or_is_not(header: str) -> None:
    assert read_content_type(header).media == read_content_type(header).media.lower()


@pytest.mark.parametrize("part", [";", '";', ";a", "(", " ", '\\"', ";charset*1*=x"])
def test_of_a_long_header_no_more_is_looked_at_than_its_beginning(part: str) -> None:
    assert not read_content_type("text/xml; a=" + part * 30_000).is_readable
