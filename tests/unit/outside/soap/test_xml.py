"""XML from strangers: what may be read is read, everything else has its name, and nothing takes long."""

from __future__ import annotations

import pytest

from wizard.outside.soap import xml


@pytest.mark.parametrize(
    "body",
    [
        b"<a>x</a>",
        b"\xef\xbb\xbf<a>x</a>",
        b'<?xml version="1.0" encoding="utf-8"?><a>x</a>',
        b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n<a>x</a>",
        b"\r\n\t <a>x</a>",
        b"<!-- before --><a>x</a><!-- after -->",
        '<?xml version="1.0" encoding="utf-16"?><a>x</a>'.encode("utf-16"),
        "<?xml version='1.0' encoding='UTF-16LE'?><a>x</a>".encode("utf-16-le"),
        b"\xfe\xff" + '<?xml version="1.0" encoding="utf-16" ?><a>x</a>'.encode("utf-16-be"),
        b'<?xml\tversion = "1.0"\r\n standalone="no"?><a>x</a>',
    ],
)
def test_every_form_that_wcf_reads_is_read(body: bytes) -> None:
    root = xml.parse(body)
    assert (root.tag, root.text) == ("a", "x")


@pytest.mark.parametrize("body", [b"", b"  ", b"hello", b'{"a": 1}', b"\xef\xbb\xbf"])
def test_a_text_that_does_not_begin_like_xml_is_no_xml(body: bytes) -> None:
    with pytest.raises(xml.NotXml):
        xml.parse(body)


def test_html_that_is_no_xml_is_called_html() -> None:
    with pytest.raises(xml.NotXml, match="HTML"):
        xml.parse(b"<html><body><p>Sorry<br></body></html>")


@pytest.mark.parametrize(
    "body",
    [
        b"<a>",
        b"<a></b>",
        b"<a>\x00</a>",
        b"<a>\x0b</a>",
        b"<a>&unknown;</a>",
        b"<a/><b/>",
        b'  <?xml version="1.0"?><a/>',
        b'<?xml version="1.1"?><a/>',
        b'<?xml version="1.0" encoding="utf-16"?><a/>',
        '<?xml version="1.0" encoding="utf-8"?><a/>'.encode("utf-16"),
        b"<a>\xff</a>",
        b"<!-- never closed <a/>",
        b"<a>" * 100_000,
        b"<a>" * 1000 + b"</a>" * 1000,
        b"<a>" + b"<b/>" * 600_000 + b"</a>",
        b"<a>" + b"<b c='' d=''/>" * 200_000 + b"</a>",
    ],
)
def test_broken_or_absurdly_deep_or_crowded_xml_is_malformed(body: bytes) -> None:
    with pytest.raises(xml.Malformed):
        xml.parse(body)


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE a><a/>",
        b"<!-- x --> \n<!DOCTYPE a><a/>",
        b"<?pi x?><!DOCTYPE a><a/>",
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>',
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    ],
)
def test_a_dtd_is_forbidden_and_nothing_of_it_is_followed(body: bytes) -> None:
    with pytest.raises(xml.Forbidden, match="DTD"):
        xml.parse(body)


@pytest.mark.parametrize("body", [b"<?pi x?><a/>", b"<a><?pi x?></a>", b"<a/><?pi x?>", b"<a><b><?pi?></b></a>"])
def test_a_processing_instruction_is_forbidden_wherever_it_stands(body: bytes) -> None:
    with pytest.raises(xml.Forbidden, match="processing instruction"):
        xml.parse(body)


@pytest.mark.parametrize("end", [b"", b"<a/>", b"<!DOCTYPE a><a/>", b"<a"])
def test_a_hundred_thousand_comments_are_passed_one_after_the_other(end: bytes) -> None:
    """They doubled the time with each of them, once."""
    body = b"<!-- a -->" * 100_000 + end
    if end == b"<a/>":
        assert xml.parse(body).tag == "a"
    else:
        with pytest.raises(xml.XmlError):
            xml.parse(body)


def test_comments_inside_texts_do_not_cut_them() -> None:
    assert xml.parse(b"<a>one <!-- two -->three</a>").text == "one three"


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "us-ascii", "utf-32"])
def test_another_charset_is_named_from_the_header(charset: str) -> None:
    with pytest.raises(xml.UnsupportedCharset, match=charset):
        xml.parse(b"<a/>", charset)


@pytest.mark.parametrize("text", ["<a/>", "<a>é</a>"])
def test_another_charset_is_named_from_the_declaration(text: str) -> None:
    body = f'<?xml version="1.0" encoding="ISO-8859-1"?>{text}'.encode("latin-1")
    with pytest.raises(xml.UnsupportedCharset, match="ISO-8859-1"):
        xml.parse(body)


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("UTF-8", "utf-8"),
        ("utf-16LE", "utf-16-le"),
        ("UTF-16be", "utf-16-be"),
        ("utf-16le", "utf-16"),
    ],
)
def test_a_header_that_names_the_encoding_needs_no_declaration(charset: str, encoding: str) -> None:
    assert xml.parse("<a/>".encode(encoding), charset).tag == "a"


@pytest.mark.parametrize("name", ["utf8", "UTF_8", "'utf-8'", '"utf-8', "utf_16", "utf-16-le", "unicode"])
def test_a_name_that_wcf_does_not_know_is_another_charset(name: str) -> None:
    with pytest.raises(xml.UnsupportedCharset):
        xml.parse(b"<a/>", name)


@pytest.mark.parametrize("name", ["utf8", "utf_8", "utf_16"])
def test_a_declaration_with_a_name_that_wcf_does_not_know_is_another_charset(name: str) -> None:
    with pytest.raises(xml.UnsupportedCharset, match=name):
        xml.parse(f'<?xml version="1.0" encoding="{name}"?><a/>'.encode())


@pytest.mark.parametrize(
    ("text", "encoding", "charset"),
    [
        ("<a/>", "utf-16", None),
        ("<a/>", "utf-16", "utf-16"),
        ("<a/>", "utf-16-le", None),
        ('<?xml version="1.0"?><a/>', "utf-16", None),
        ("<a/>", "utf-16-be", "utf-16le"),
        ('<?xml version="1.0" encoding="utf-16le"?><a/>', "utf-16-be", "utf-16"),
    ],
)
def test_utf_16_that_is_not_named_or_another_is_malformed(text: str, encoding: str, charset: str | None) -> None:
    with pytest.raises(xml.Malformed):
        xml.parse(text.encode(encoding), charset)


@pytest.mark.parametrize(
    "declaration",
    [
        '<?xml version="1.0"?><?xml version="1.0"?>',
        '<?xml version="1.0"?><?xml version="1.0" encoding="iso-8859-1"?>',
        '<?xml version="1.0" foo="bar"?>',
        '<?xml encoding="utf-8" version="1.0"?>',
        '<?xml version="1.0" standalone="yes" encoding="utf-8"?>',
        '<?xml version="1.0" standalone="maybe"?>',
        '<?xml version="1.0" hello world?>',
        '<?xml version="1.0"encoding="utf-8"?>',
        "<?xml version=1.0?>",
        "<?xml?>",
        "<?xml ?>",
    ],
)
def test_a_declaration_that_wcf_refuses_is_malformed(declaration: str) -> None:
    with pytest.raises(xml.Malformed):
        xml.parse(f"{declaration}<a/>".encode())


@pytest.mark.parametrize(
    ("reference", "text"),
    [
        ("&#1;", "\ufffd"),
        ("&#x0B;", "\ufffd"),
        ("&#0;", "\ufffd"),
        ("&#xFFFE;&#65535;", "\ufffd\ufffd"),
        ("&#xD83D;&#xDE00;", "\U0001f600"),
        ("&#55357;&#56832;", "\U0001f600"),
        ("&#9;&#x41;&#128512;", "\tA\U0001f600"),
        ("&#55000;&#57999;", "\ud6d8\ue28f"),
    ],
)
def test_a_reference_that_microsoft_s_reader_takes_is_read(reference: str, text: str) -> None:
    assert xml.parse(f"<a>{reference}</a>".encode()).text == text


@pytest.mark.parametrize("reference", ["&#xD800;", "&#xDE00;&#xD83D;", "&#55357;", "&#x110000;", "&#X41;", "&#;"])
def test_a_reference_to_no_character_is_malformed(reference: str) -> None:
    with pytest.raises(xml.Malformed):
        xml.parse(f"<a>{reference}</a>".encode())


@pytest.mark.parametrize(("encoding", "charset"), [("utf-8", "utf-16"), ("utf-16", "utf-8"), ("utf-16-le", "utf-8")])
def test_bytes_that_are_not_what_the_header_says_are_malformed(encoding: str, charset: str) -> None:
    with pytest.raises(xml.Malformed, match=f"says that it is {charset}"):
        xml.parse("<a/>".encode(encoding), charset)
