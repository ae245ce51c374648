"""Masks secrets that are asked for only once there is a text to mask."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cached_property

from wizard.outside.redaction.redactor import Redactor


class LaterRedactor(Redactor):
    """A redactor for checks that mostly pass, and then keep no text."""

    def __init__(self, load: Callable[[], Collection[str]]) -> None:
        super().__init__()
        self._load = load

    @cached_property
    def _loaded(self) -> Redactor:
        return Redactor(self._load())

    def __call__(self, text: str) -> str:
        return self._loaded(text)

    def each(self, texts: Sequence[str]) -> list[str]:
        return self._loaded.each(texts)

    def beginning(self, text: str, length: int) -> str:
        return self._loaded.beginning(text, length)
