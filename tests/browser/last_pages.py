"""What the pages of a test showed when it failed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Error, Page, Response

PAGES = pytest.StashKey[list["LastPage"]]()
"""The pages that a test has opened."""
PATIENCE = 5_000
"""Milliseconds; a page that hangs says nothing."""
MAX_LENGTH = 1_500
"""Of the words; the failure itself stays in sight."""


class LastPage:
    """A page, with the last answer that it was loaded from."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._answer = "nothing was loaded"
        page.on("response", self._note)

    def _note(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.frame == self._page.main_frame:
            self._answer = f"{response.request.method} {response.url} was answered with {response.status}"

    def describe(self) -> str:
        """Its address, the status of the answer, what has the focus, and the words that it shows."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"{self._page.url} ({self._answer})"
        try:
            yield "focus: " + self._page.evaluate("document.activeElement?.outerHTML.slice(0, 200) ?? ''")
            words = self._page.locator("main, body:not(:has(main))").first.inner_text(timeout=PATIENCE)
            yield " ".join(words.split())[:MAX_LENGTH]
        except Error as error:
            yield f"It cannot be read: {error.message}"
