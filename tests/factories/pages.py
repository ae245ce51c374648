"""What a browser reads from a page."""

from __future__ import annotations

import re
from typing import Any

from lxml import html


def form_fields(page: str) -> dict[str, Any]:
    """What a browser would send of a page's inputs, untouched."""
    found: dict[str, Any] = {}
    for element in html.fromstring(page).iter("input", "select", "textarea"):
        name, kind = element.get("name"), element.get("type")
        unticked = kind in ("checkbox", "radio") and element.get("checked") is None
        if not name or name == "csrf_token" or unticked or kind in ("search", "file"):
            continue
        if element.tag == "select":
            chosen = element.xpath(".//option[@selected]") or element.xpath(".//option")
            found[name] = chosen[0].get("value") if chosen else ""
        elif element.tag == "textarea":
            found[name] = (element.text or "").removeprefix("\n")
        else:
            found[name] = element.get("value", "on" if kind == "checkbox" else "")
    return found


def row_of(page: str, name: str) -> str:
    """The table row in which a name stands, its tags taken out."""
    row = next(part for part in page.split("<tr>") if f"<b>{name}</b>" in part)
    return " ".join(re.sub(r"<[^>]+>", " ", row).split())


def says(answer_text: str) -> str:
    """A page's words."""
    main = answer_text.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())
