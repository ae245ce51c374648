"""Lists of the CRM whose items can be mapped to items of the ERP."""

from __future__ import annotations

from collections.abc import Mapping

from wizard.practice.superoffice.wire import LIST_ITEM, Call, Json

_LISTS: Mapping[str, tuple[int, str, tuple[str, ...]]] = {
    "category": (
        64,
        "Category",
        ('US:"Customer";NO:"Kunde"', 'US:"Supplier";NO:"Leverandør"', 'US:"Partner";NO:"Partner"', "Dealer"),
    ),
    "business": (65, "Business", ("IT", "Retail", "Transport", "Food", "Energy")),
    "country": (66, "Country", ("Norge", "Sverige", "Danmark", "Nederland", "Deutschland")),
    "projstatus": (67, "Project status", ("Open", "Done", "Cancelled")),
    "udlist": (101, "Payment terms", ("14 days", "30 days", "60 days", "Cash")),
}
"""By name: the list's id, its title and its items."""
UD_LIST_ID = 101
"""Of the one user-defined list; the list `udlist` wants it as an additional argument."""


def has_list(name: str) -> bool:
    return name in _LISTS


def items_of(name: str, additional: str, call: Call) -> list[Json]:
    """The items; a user-defined list has them for its id only."""
    id_, _, texts = _LISTS[name]
    if name == "udlist" and str(id_) not in additional:
        return []
    return [item(number, call.shown(text)) for number, text in enumerate(texts, 1)]


def referred(reference: str, call: Call) -> tuple[Json, list[Json]]:
    """The list that a reference, `table=<name>[&<argument>]`, names, and its items."""
    name, _, additional = reference.removeprefix("table=").partition("&")
    id_, title, _ = _LISTS[name]
    return item(id_, title), items_of(name, additional, call)


def item(id_: int, name: str, **others: object) -> Json:
    return LIST_ITEM.write(Id=id_, Name=name, FullName=name, ToolTip=name, **others)
