"""The rows of a page of a list, as `configuration/lists/_items.html` renders them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from flask_babel import gettext as _

from wizard.domain.configuration import NO_SELECTION, ItemRow, ListItem, MatchedBy, item_texts, twice
from wizard.views.configuration.lists.sent import BY_ID, BY_NAME, WAS, texts_of
from wizard.views.configuration.lists.shown import Shown
from wizard.web import some_of

MAX_OPTIONS = 3_000
"""Of all selects of a page; with more, each row is an input whose suggestions all rows share."""


@dataclass(frozen=True)
class ItemView:
    """A row. `options` of a select; without any it is an input. `badge`: text and tone; `says` in its place, `by`
    below it."""

    id: str
    key: str
    label: str
    name: str
    value: str
    was_name: str
    was: int | None
    sub: str
    options: Sequence[tuple[str, str]] = ()
    badge: tuple[str, str] | None = None
    says: str = ""
    by: str = ""
    hint: str = ""
    error: str = ""

    @property
    def tone(self) -> str:
        """Of the whole row, "" for none."""
        return "bad" if self.error else "warn" if self.badge and self.badge[1] == "warn" else ""


class ItemViews:
    """Makes the rows of a page of all rows of a list."""

    def __init__(self, shown: Shown, crm_items: Sequence[ListItem], saved: Mapping[str, int]) -> None:
        self._texts = texts_of(crm_items, saved)
        self._offered = item_texts(crm_items)
        self._chosen = shown.chosen
        self._twice = twice(shown.rows)
        self.is_short = len(shown.page.rows) * len(crm_items) <= MAX_OPTIONS
        self.rows = [self._view(row) for row in shown.page.rows]

    @property
    def suggestions(self) -> Sequence[str]:
        """What all inputs suggest; nothing where the rows are selects."""
        return () if self.is_short else list(self._offered.values())

    def problems(self) -> list[tuple[str, str]]:
        """What is wrong in short, with the id of the first row that has it."""
        found: dict[str, str] = {}
        for view in self.rows:
            if view.error:
                found.setdefault(self._problem(view.key), view.id)
        return list(found.items())

    def _problem(self, key: str) -> str:
        crm_id = next((crm_id for crm_id, rows in self._twice.items() if any(row.key == key for row in rows)), None)
        if key in self._chosen.unknown or crm_id is None:
            return next(view.label for view in self.rows if view.key == key)
        return _("%(item)s is chosen twice", item=self._text(crm_id))

    def _text(self, crm_id: int) -> str:
        return self._texts.get(crm_id, "")

    def _view(self, row: ItemRow) -> ItemView:
        text = self._chosen.unknown.get(row.key)
        is_kept = row.crm_id in self._offered or row.crm_id == NO_SELECTION
        by_id = self.is_short and text is None
        name = "" if row.crm_id == NO_SELECTION else self._text(row.crm_id)
        badge, says, by = _matched(row, is_kept)
        return ItemView(
            id=id_of_row(row.key),
            key=row.key,
            label=row.label or row.key,
            name=(BY_ID if by_id else BY_NAME) + row.key,
            value=str(row.crm_id) if by_id else name if text is None else text,
            was_name=WAS + row.key,
            was=self._was(row),
            sub=_("Key %(key)s", key=row.key),
            options=self._options(row, is_kept) if by_id else (),
            badge=badge,
            says=says,
            by=by,
            hint=self._hint(row),
            error=self._error(row, text),
        )

    def _was(self, row: ItemRow) -> int | None:
        """What is saved, for the next form to be compared with; what somebody else has put there, once it is shown."""
        if row.theirs is not None:
            return row.theirs
        if row.key in self._chosen.items or row.key in self._chosen.unknown:
            return self._chosen.was.get(row.key)
        return row.crm_id if row.is_saved else None

    def _options(self, row: ItemRow, is_kept: bool) -> list[tuple[str, str]]:
        gone = _("%(item)s (not in the list any more)", item=self._text(row.crm_id))
        return [
            (str(NO_SELECTION), _("(No Selection)")),
            *((str(crm_id), name) for crm_id, name in self._offered.items()),
            *([] if is_kept else [(str(row.crm_id), gone)]),
        ]

    def _hint(self, row: ItemRow) -> str:
        return _("Choose (No Selection) to forget it.") if row.is_gone else ""

    def _error(self, row: ItemRow, text: str | None) -> str:
        if text is not None:
            return _("SuperOffice has no item of this name. Choose one that is suggested.")
        if row.theirs is not None:
            return _(
                "Somebody else has changed this meanwhile, to %(item)s. Save again to put yours in its place.",
                item=_("(No Selection)") if row.theirs == NO_SELECTION else self._text(row.theirs),
            )
        others = [each.label for each in self._twice.get(row.crm_id, ()) if each.key != row.key]
        if not others:
            return ""
        item = self._text(row.crm_id)
        return _("%(item)s is chosen twice: here and for %(other)s.", item=item, other=some_of(others))


def id_of_row(key: str) -> str:
    """A connector may call an item anything, and an id may have no blanks."""
    return f"item-{sha256(key.encode()).hexdigest()[:12]}"


def _matched(row: ItemRow, is_kept: bool) -> tuple[tuple[str, str] | None, str, str]:
    """By what the item was found: a badge with its tone, or words; and a line below it."""
    if row.is_gone:
        return (_("Gone from the ERP"), "warn"), "", ""
    if not is_kept:
        return (_("Gone from SuperOffice"), "warn"), "", ""
    new = _("New in the ERP") if row.is_new else ""
    if row.by == MatchedBy.SAME_NAME:
        return (_("Same name"), "ok"), "", new
    if row.by == MatchedBy.SIMILAR_NAME:
        return (_("Similar name"), "note"), "", new or _("Check that it is right")
    if row.is_saved or row.crm_id != NO_SELECTION:
        return None, _("You"), new
    return ((new, "note"), "", _("Nothing has a name like it")) if new else (None, _("Nothing has a name like it"), "")
