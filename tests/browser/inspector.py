"""Runs axe on a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = (Path(__file__).parent / "axe.min.js").read_text()
RUN = """() => axe.run(document, {
    resultTypes: ['violations'], rules: {'color-contrast-enhanced': {enabled: true}},
}).then(found => found.violations.map(
    violation => violation.id + ': ' + violation.nodes.map(node => node.html.slice(0, 200)).join(' | ')))"""


class Inspector:
    """Looks at a page in both themes."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.found: list[str] = []

    def look(self, state: str) -> None:
        for theme in ("light", "dark"):
            self.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            self.page.evaluate(AXE)
            found: list[Any] = self.page.evaluate(RUN)
            self.found += [f"{state}, {theme}: {text}" for text in found]


def look(inspector: Inspector | None, state: str) -> None:
    """Looks, where there is one: axe cannot look at a page without script."""
    if inspector is not None:
        inspector.look(state)
