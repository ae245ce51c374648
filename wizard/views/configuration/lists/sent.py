"""What a page of a list has sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from wizard.domain.configuration import NO_SELECTION, ListItem, id_of, item_texts

BY_ID, BY_NAME, WAS = "item:", "name:", "was:"
"""Before the key of the ERP's item, in the names of inputs: an id is sent, or a name, or what the page had before."""


@dataclass(frozen=True)
class Chosen:
    """The items by the ERP's key, names that are no item, and what each row had before."""

    items: Mapping[str, int] = field(default_factory=dict)
    unknown: Mapping[str, str] = field(default_factory=dict)
    was: Mapping[str, int] = field(default_factory=dict)


def chosen_items(form: MultiDict[str, str], crm_items: Sequence[ListItem], saved: Mapping[str, int]) -> Chosen:
    """What was chosen by its id or by its name. An id that the list does not have counts where it is saved."""
    texts = texts_of(crm_items, saved)
    offered = {NO_SELECTION, *texts}
    by_name = {key: (text, id_of(text, texts)) for key, text in _with_prefix(form, BY_NAME)}
    by_id = {key: crm_id for key, crm_id in _numbers(form, BY_ID).items() if crm_id in offered}
    return Chosen(
        items=by_id | {key: found for key, (_text, found) in by_name.items() if found is not None},
        unknown={key: text for key, (text, found) in by_name.items() if found is None},
        was=_numbers(form, WAS),
    )


def texts_of(crm_items: Sequence[ListItem], saved: Mapping[str, int]) -> dict[int, str]:
    """What is typed for each item, those included that are saved and that SuperOffice has no more."""
    texts = item_texts(crm_items)
    gone = {crm_id for crm_id in saved.values() if crm_id != NO_SELECTION and crm_id not in texts}
    return texts | {crm_id: _("Number %(num)s", num=crm_id) for crm_id in sorted(gone)}


def _numbers(form: MultiDict[str, str], prefix: str) -> dict[str, int]:
    found = _with_prefix(form, prefix)
    return {key: int(text) for key, text in found if text.isascii() and text.isdigit() and len(text) <= 10}


def _with_prefix(form: MultiDict[str, str], prefix: str) -> Iterator[tuple[str, str]]:
    return ((name.removeprefix(prefix), text) for name, text in form.items() if name.startswith(prefix))
