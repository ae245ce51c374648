"""Parses XML from strangers: no DTD, no processing instructions, no entities, no network, bounded depth.

Raises what WCF's client would refuse too (connector-contract/README §6).
"""

from __future__ import annotations

import re

from lxml import etree

_ENCODING = re.compile(r"""^<\?xml\s[^>]*?encoding\s*=\s*["']([^"']+)["']""")
_VERSION = re.compile(r"""\sversion\s*=\s*["']1\.0["']""")
_DECLARATION = re.compile(r"^<\?xml\s[^>]*\?>")
_MISCELLANEOUS = re.compile(r"\s+|<!--.*?-->|<\?.*?\?>", re.DOTALL)
MOST_TAGS = 500_000
MOST_ATTRIBUTES = 300_000
"""8 MB of configuration fields have fewer; two million empty elements would take ten seconds to read and a million
attributes half a gigabyte to keep."""
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


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


def charset_family(name: str) -> str | None:
    """`utf-8` or `utf-16` for any of their names; None for another charset."""
    plain = name.strip().strip("\"'").lower().replace("_", "-")
    if plain in ("utf-8", "utf8"):
        return "utf-8"
    return "utf-16" if plain in ("utf-16", "utf-16le", "utf-16be", "utf-16-le", "utf-16-be") else None


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
    text = _DECLARATION.sub("", text, count=1)
    if text.startswith("<!DOCTYPE", start_of(text)):
        raise Forbidden("DTD")
    if text.count("<") > MOST_TAGS:
        raise Malformed(f"more than {MOST_TAGS} tags")
    if text.count("=") > MOST_ATTRIBUTES:
        raise Malformed(f"more than {MOST_ATTRIBUTES} attributes")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "surrogatepass"), parser)
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


def _decode(body: bytes, charset: str | None) -> str:
    """The text; header, declaration and bytes have to agree, as WCF's reader wants it."""
    encoding = _encoding_of(body)
    declaration = _DECLARATION.match(body[:1024].decode(encoding, "replace").removeprefix("\ufeff"))
    declared = _ENCODING.match(declaration[0]) if declaration else None
    for name in (charset, declared and declared[1]):
        if name and charset_family(name) is None:
            raise UnsupportedCharset(name)
        if name and not encoding.startswith(charset_family(name) or ""):
            raise Malformed(f"says that it is {name} and is {encoding}")
    if declaration and not _VERSION.search(declaration[0]):
        raise Malformed("not XML 1.0")
    try:
        return body.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise Malformed("bytes that are no " + encoding) from error


def _encoding_of(body: bytes) -> str:
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return encoding
    if body[1:2] == b"\0" and body[:1] == b"<":
        return "utf-16-le"
    return "utf-16-be" if body[:2] == b"\0<" else "utf-8"
