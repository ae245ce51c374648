"""Runs axe on a page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Page

AXE = (Path(__file__).parent / "axe.min.js").read_text()
RUN = """only => axe.run(document, {
    resultTypes: ['violations'],
    ...(only ? {runOnly: {type: 'rule', values: only}} : {rules: {'color-contrast-enhanced': {enabled: true}}}),
}).then(found => found.violations.map(
    violation => violation.id + ': ' + violation.nodes.map(node => node.html.slice(0, 200)).join(' | ')))"""
COLOURS = ("color-contrast", "color-contrast-enhanced", "link-in-text-block")
"""The rules of what differs between the themes."""


class Inspector:
    """Looks at a page in both themes."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.found: list[str] = []

    def look(self, state: str) -> None:
        self.page.wait_for_load_state()  # the text of a page can be there before its styles
        if self.page.evaluate("typeof axe === 'undefined'"):
            self.page.evaluate(AXE)
        self._look(state, "light", None)
        self._look(state, "dark", COLOURS)

    def _look(self, state: str, theme: Literal["light", "dark"], only: Sequence[str] | None) -> None:
        self.page.emulate_media(color_scheme=theme)
        found: list[Any] = self.page.evaluate(RUN, only)
        self.found += [f"{state}, {theme}: {text}" for text in found]


def look(inspector: Inspector | None, state: str) -> None:
    """Looks, where there is one: axe cannot look at a page without script."""
    if inspector is not None:
        inspector.look(state)
