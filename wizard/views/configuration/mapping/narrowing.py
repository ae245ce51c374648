"""Which rows of the mappings are on the page: those that a filter and a search leave, and those that were changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from flask import request
from flask_babel import gettext as _

from wizard.domain.configuration import FieldSettings, TypeSettings
from wizard.views.configuration.display import folded
from wizard.web import has_searched, search_text

MAX_FIELDS = 20
"""Up to so many there are no filters and no search: they are seen at a glance."""


class Only(StrEnum):
    """The filters, in their order."""

    ALL = "all"
    UNMAPPED = "unmapped"
    TODO = "todo"
    SUGGESTED = "suggested"


@dataclass(frozen=True)
class Narrowing:
    """What is searched for, and a filter. `opened`: the row that shows all its choices, where others do not."""

    only: Only = Only.ALL
    query: str = ""
    opened: str = ""

    @property
    def parameters(self) -> dict[str, str]:
        """Of the page's address."""
        asked = {"show": "" if self.only == Only.ALL else self.only.value, "q": self.query}
        return {name: text for name, text in asked.items() if text}


@dataclass(frozen=True)
class FilterButton:
    """Shows other rows; what was typed goes along."""

    text: str
    value: str
    current: bool


@dataclass(frozen=True)
class NarrowView:
    """The search and the filters above the rows. `hidden`: so many rows are not on the page."""

    query: str
    only: str
    buttons: Sequence[FilterButton]
    hidden: int


def asked_by_address() -> Narrowing:
    return Narrowing(_only(request.args.get("show", "")), search_text("q"))


def asked_by_form() -> Narrowing:
    form = request.form
    return Narrowing(_only(form.get("show", form.get("show_now", ""))), search_text("q", form), form.get("open", ""))


def is_asked() -> bool:
    """Whether the form was sent for other rows."""
    return "show" in request.form or "open" in request.form or has_searched("q")


def _only(text: str) -> Only:
    return Only(text) if text in tuple(Only) else Only.ALL


class Rows:
    """The rows of an actor type, of which a page shows some."""

    def __init__(
        self, settings: TypeSettings, todo: Collection[str], suggested: Collection[str], kept: Collection[str]
    ) -> None:
        """`kept` are on the page whatever is asked for: what was typed there is not lost."""
        self._settings, self._todo, self._suggested, self._kept = settings, todo, suggested, kept

    def on_page(self, asked: Narrowing, texts: Callable[[FieldSettings], str]) -> set[str]:
        """`texts` are what a row is found by."""
        if not asked.parameters:
            return set(self._settings.by_key)
        typed = folded(asked.query)
        return {
            each.key
            for each in self._settings.fields
            if each.key in self._kept or (self._is_in(each, asked.only) and typed in folded(texts(each)))
        }

    def view(self, asked: Narrowing, count: int) -> NarrowView | None:
        """None where there are few rows, and all of them are on the page."""
        total = len(self._settings.fields)
        if total <= MAX_FIELDS and not asked.parameters:
            return None
        return NarrowView(asked.query, asked.only, self._buttons(asked.only, total), total - count)

    def _is_in(self, each: FieldSettings, only: Only) -> bool:
        match only:
            case Only.UNMAPPED:
                return not each.is_mapped
            case Only.TODO:
                return each.key in self._todo
            case Only.SUGGESTED:
                return each.key in self._suggested
            case _:
                return True

    def _buttons(self, asked: Only, total: int) -> list[FilterButton]:
        """All rows, and each kind of which there are some but not all."""
        unmapped = sum(not each.is_mapped for each in self._settings.fields)
        counts = {Only.UNMAPPED: unmapped, Only.TODO: len(self._todo), Only.SUGGESTED: len(self._suggested)}
        words: Mapping[Only, str] = {
            Only.ALL: _("All %(count)s", count=total),
            Only.UNMAPPED: _("Not mapped %(count)s", count=counts[Only.UNMAPPED]),
            Only.TODO: _("To do %(count)s", count=counts[Only.TODO]),
            Only.SUGGESTED: _("Suggested %(count)s", count=counts[Only.SUGGESTED]),
        }
        some = [only for only in Only if only in (asked, Only.ALL) or 0 < counts.get(only, 0) < total]
        return [FilterButton(words[only], only.value, only == asked) for only in some]
