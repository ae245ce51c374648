"""Parses untrusted XML: no DTD, no processing instructions, no entities, no network, bounded size and depth.

Raises what WCF's client would refuse too (docs/superoffice.md: What SuperOffice reads).
"""

from __future__ import annotations

import re

from lxml import etree

from wizard.domain.fields import UNSENDABLE

_DECLARATION = re.compile(
    r"""<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.0"|'1\.0')"""
    r"""(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?P<quote>["'])(?P<encoding>[A-Za-z][\w.-]*)(?P=quote))?"""
    r"""(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"yes"|"no"|'yes'|'no'))?[ \t\r\n]*\?>""",
    re.ASCII,
)
_LIKE_A_DECLARATION = re.compile(r"<\?xml[ \t\r\n?]")
MAX_DECLARATION_LENGTH = 1024
_REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]{1,6})|0*([0-9]{1,7}));")
_TWO_HALVES = re.compile(
    r"&#(?:x(d[89ab][0-9a-f]{2})|(5[56][0-9]{3}));&#(?:x(d[c-f][0-9a-f]{2})|(5[67][0-9]{3}));", re.I
)
_VALUE = re.compile(r"""=[ \t\r\n]*["']""")
_MISCELLANEOUS = re.compile(r"\s+|<!--.*?-->|<\?.*?\?>", re.DOTALL)
MAX_TAGS = 500_000
MAX_ATTRIBUTES = 300_000
"""8 MB of configuration fields have fewer; two million empty elements would take ten seconds to read and a million
attributes half a gigabyte to keep."""
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CHARSETS = {
    "utf-8": ("utf-8",),
    "utf-16": ("utf-16-le", "utf-16-be"),
    "utf-16le": ("utf-16-le",),
    "utf-16be": ("utf-16-be",),
}
"""The names that WCF's client knows, with the encodings that each may stand for."""


_HARMLESS = {
    etree.ErrorTypes.WAR_NS_URI,
    etree.ErrorTypes.DTD_XMLID_VALUE,
    etree.ErrorTypes.DTD_ID_REDEFINED,
}
"""libxml2 wants a namespace to be a URI, and an xml:id to be a name of its own; Microsoft's reader does not look."""


class XmlError(ValueError):
    """The text is no XML that may be read."""


class NotXml(XmlError):
    """It does not even begin like XML."""


class Malformed(XmlError):
    """It begins like XML and breaks."""


class Forbidden(XmlError):
    """It has a DTD or a processing instruction."""


class UnsupportedCharset(XmlError):
    """Neither utf-8 nor utf-16; `args[0]` is its name."""


def start_of(text: str) -> int:
    """Where the DOCTYPE or the root begins, behind white space, comments and processing instructions.

    Goes from one to the next: a single pattern for all of them takes twice as long with every comment.
    """
    position = 0
    while skipped := _MISCELLANEOUS.match(text, position):
        position = skipped.end()
    return position


def parse(body: bytes, charset: str | None = None) -> etree._Element:
    """The root element. `charset` is that of the Content-Type header, if it has one.

    Raises NotXml, Malformed, Forbidden, UnsupportedCharset.
    """
    text = _decode(body, charset)
    if not text.lstrip().startswith("<"):
        raise NotXml(text[:60])
    declaration = _DECLARATION.match(text, 0, MAX_DECLARATION_LENGTH)
    text = text[declaration.end() :] if declaration else text
    if _LIKE_A_DECLARATION.match(text):
        raise Malformed("a declaration that is none, or a second one")
    if "&#" in text:
        text = _REFERENCE.sub(_shown, _TWO_HALVES.sub(_joined, text))
    if text.startswith("<!DOCTYPE", start_of(text)):
        raise Forbidden("DTD")
    if text.count("<") > MAX_TAGS:
        raise Malformed(f"more than {MAX_TAGS} tags")
    if text.count("=") > MAX_ATTRIBUTES and len(_VALUE.findall(text)) > MAX_ATTRIBUTES:
        raise Malformed(f"more than {MAX_ATTRIBUTES} attributes")
    try:
        root = _tree(text.encode("utf-8", "surrogatepass"))
    except etree.XMLSyntaxError as error:
        if re.match(r"\s*<(?:!DOCTYPE|html|body)\b", text, re.IGNORECASE):
            raise NotXml("HTML") from error
        raise Malformed(str(error)) from error
    if next(root.getroottree().getroot().iter(etree.ProcessingInstruction), None) is not None or any(
        isinstance(node, etree._ProcessingInstruction)
        for node in (*root.itersiblings(preceding=True), *root.itersiblings())
    ):
        raise Forbidden("processing instruction")
    return root


def _tree(text: bytes) -> etree._Element:
    """Its tree, whatever its namespaces are called. Raises etree.XMLSyntaxError."""
    parser = _parser()
    try:
        return etree.fromstring(text, parser)
    except etree.XMLSyntaxError:
        if not {entry.type for entry in parser.error_log} <= _HARMLESS:
            raise
        return etree.fromstring(text, _parser(recover=True))


def _parser(*, recover: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        recover=recover,
    )


def _decode(body: bytes, charset: str | None) -> str:
    """The text; header, declaration and bytes have to agree, as WCF's reader wants it.

    Only a header that names utf-16le or utf-16be spares utf-16 a declaration that names it.
    """
    encoding = _encoding_of(body)
    beginning = body[: 2 * MAX_DECLARATION_LENGTH].decode(encoding, "replace").removeprefix("\ufeff")
    declaration = _DECLARATION.match(beginning)
    declared = declaration["encoding"] if declaration else None
    for name in (charset, declared):
        if name and name.lower() not in _CHARSETS:
            raise UnsupportedCharset(name)
        if name and encoding not in _CHARSETS[name.lower()]:
            raise Malformed(f"says that it is {name} and is {encoding}")
    if encoding != "utf-8" and not declared and (charset or "").lower() not in ("utf-16le", "utf-16be"):
        raise Malformed("utf-16 without a declaration that says so")
    try:
        return body.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        kind = Malformed if beginning.lstrip().startswith("<") else NotXml
        raise kind("bytes that are no " + encoding) from error


def _joined(found: re.Match[str]) -> str:
    """Joins two references to surrogate halves, as Microsoft's reader does."""
    first = int(found[1], 16) if found[1] else int(found[2])
    second = int(found[3], 16) if found[3] else int(found[4])
    if first not in range(0xD800, 0xDC00) or second not in range(0xDC00, 0xE000):
        return found[0]
    return chr(0x10000 + ((first - 0xD800) << 10) + second - 0xDC00)


def _shown(found: re.Match[str]) -> str:
    """Replaces a character reference that XML forbids; Microsoft's writer sends them and its reader accepts them."""
    code = int(found[1], 16) if found[1] else int(found[2])
    forbidden = code <= 0x10FFFF and code not in range(0xD800, 0xE000) and UNSENDABLE.match(chr(code))
    return "\N{REPLACEMENT CHARACTER}" if forbidden else found[0]


def _encoding_of(body: bytes) -> str:
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return encoding
    if body[1:2] == b"\0" and body[:1] == b"<":
        return "utf-16-le"
    return "utf-16-be" if body[:2] == b"\0<" else "utf-8"
