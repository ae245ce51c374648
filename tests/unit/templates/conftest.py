"""Renders templates without the rest of the app."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, render_template, render_template_string
from flask_babel import Babel

ROOT = Path(__file__).parents[3]


class Element(dict[str, str]):
    """An element's attributes, with its tag and the text inside."""

    def __init__(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        super().__init__({name: value or "" for name, value in attributes})
        self.tag = tag
        self.text = ""


class Page(HTMLParser):
    """What a browser would read; `find` picks elements by tag and attributes."""

    VOID = ("input", "br", "wbr", "meta", "link")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, attrs)
        self.elements.append(element)
        if tag not in self.VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self._open.pop().tag == tag, f"{tag} closed out of order"

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def find(self, tag: str, **attributes: str) -> list[Element]:
        expected = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in self.elements
            if element.tag == tag and all(element.get(name) == value for name, value in expected.items())
        ]

    def one(self, tag: str, **attributes: str) -> Element:
        (element,) = self.find(tag, **attributes)
        return element


@pytest.fixture(scope="session")
def templates_app() -> Flask:
    app = Flask("templates", template_folder=str(ROOT / "templates"))
    Babel(app)
    app.jinja_env.globals.update(static_url=lambda name: f"/static/{name}", csrf_token=lambda: "the token")
    return app


@pytest.fixture
def render(templates_app: Flask) -> Iterator[Callable[..., Page]]:
    """Renders a template by its name, or a source that calls macros."""

    def render(template: str, **context: Any) -> Page:
        drawn = render_template if template.endswith(".html") else render_template_string
        return Page(drawn(template, **context))

    with templates_app.test_request_context():
        yield render
