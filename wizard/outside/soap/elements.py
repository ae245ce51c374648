"""Helpers for XML elements: local names, namespaces, children, and the text in and between them."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

WHITE = " \t\r\n"


def local_name(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2]


def name_of(element: etree._Element) -> tuple[str, str]:
    """Local name and namespace."""
    namespace, _, local = element.tag.rpartition("}")
    return local, namespace[1:]


def namespace_of(element: etree._Element) -> str:
    return element.tag[1:].rpartition("}")[0] if element.tag[:1] == "{" else ""


def children(element: etree._Element) -> Iterator[etree._Element]:
    return (child for child in element if isinstance(child.tag, str))


def child_named(element: etree._Element, name: str) -> etree._Element | None:
    """The first of a name: one in the element's own namespace, if there is one."""
    own = next(element.iterchildren(f"{{{namespace_of(element)}}}{name}"), None)
    return own if own is not None else next(element.iterchildren(f"{{*}}{name}"), None)


def text_in(element: etree._Element) -> str:
    if not len(element):
        return element.text or ""
    return "".join(map(str, element.itertext()))


def text_between(element: etree._Element) -> str:
    """What is not white space before, between and behind the children."""
    for piece in (element.text, *[each.tail for each in element]):
        if piece and (stripped := piece.strip(WHITE)):
            return stripped
    return ""
