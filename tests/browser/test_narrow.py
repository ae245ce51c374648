"""Nothing is wider than a small phone or a window at 400 %, in the longest words of any language."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from tests import pages
from tests.browser.conftest import OpenPage, shown
from tests.factories import Person, close, sign_in
from tests.pseudo import pseudo_app
from wizard.languages import LANGUAGES

TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("main *")]
    .filter(each => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest(".scroll"))
    .map(each => each.outerHTML.slice(0, 120)).slice(-3).concat("the page")"""


def test_no_page_scrolls_sideways_on_a_phone(
    template_instance: Path, tmp_path: Path, practice_url: str, open_page: OpenPage
) -> None:
    app = pseudo_app(template_instance, tmp_path)
    admin = sign_in(app, "Ingrid Berg")
    assert "\n".join(too_wide(app, admin, pages.fill(app, admin, practice_url), open_page, ["en"])) == ""
    close(app)


def test_no_language_scrolls_sideways_on_a_phone(
    app: Flask, admin: Person, practice_url: str, open_page: OpenPage
) -> None:
    paths = [path for path in pages.fill(app, admin, practice_url) if path.startswith("/setup/")][::2]
    assert "\n".join(too_wide(app, admin, paths, open_page, list(LANGUAGES))) == ""


def too_wide(app: Flask, admin: Person, paths: list[str], open_page: OpenPage, languages: list[str]) -> list[str]:
    """What reaches over the edge of a window 320 px wide, which is 1280 px at 400 %."""
    page, found = open_page(), []
    page.set_viewport_size({"width": 320, "height": 256})
    session = admin.client.get_cookie("session")
    with shown(app, page) as address:
        for language in languages:
            page.context.add_cookies(
                [
                    {"name": "session", "value": session.value if session else "", "url": address},
                    {"name": "language", "value": language, "url": address},
                ]
            )
            for path in paths:
                page.goto(address + path)
                found += [f"{language} {path}: {html}" for html in page.evaluate(TOO_WIDE)]
    return found
