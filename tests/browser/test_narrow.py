"""Nothing is wider than a small phone or a window at 400 %, in the longest words of any language."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from sqlalchemy import select

from tests import pages
from tests.browser.conftest import OpenPage, serving
from tests.factories import Visitor, close, in_app, make_users, sign_in
from tests.pseudo import pseudo_app
from tests.steps import open_step_3, save
from wizard.domain.languages import LANGUAGES
from wizard.extensions import db
from wizard.models import CheckRun

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
    app: Flask, admin: Visitor, practice_url: str, open_page: OpenPage
) -> None:
    paths = [path for path in pages.fill(app, admin, practice_url) if path.startswith("/setup/")][::2]
    assert "\n".join(too_wide(app, admin, paths, open_page, list(LANGUAGES))) == ""


def test_a_long_name_without_a_space_makes_no_page_wider(
    app: Flask, admin: Visitor, practice_url: str, open_page: OpenPage
) -> None:
    name = "ä" * 254
    make_users(app, name, groups=(name[1:],))
    step = save(admin, practice_url, name=name)
    draft = open_step_3(admin, practice_url, name=name[1:])
    admin.send(draft, {"name": name[2:], "cf:ApiPassword": "wrong", "action": "test"})
    admin.post("/connections/1/test")
    scope, done = draft.replace("/connection", "/scope"), step.replace("/connection", "/done")
    lists = ["/", "/users/", "/activity/", "/connections/1"]
    for width in (320, 1280):
        runs = [f"/checks/{run}" for run in in_app(app, lambda: list(db.session.scalars(select(CheckRun.id))))]
        assert "\n".join(too_wide(app, admin, [*lists, draft, scope, done, *runs], open_page, ["en"], width)) == ""


def too_wide(
    app: Flask, admin: Visitor, paths: list[str], open_page: OpenPage, languages: list[str], width: int = 320
) -> list[str]:
    """What reaches over the edge of a window 320 px wide, which is 1280 px at 400 %, or of another."""
    page, found = open_page(), []
    page.set_viewport_size({"width": width, "height": 256})
    session = admin.client.get_cookie("session")
    with serving(app, page) as address:
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
