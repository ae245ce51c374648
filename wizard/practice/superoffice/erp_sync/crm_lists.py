"""Lists of the CRM whose items can be mapped to items of the ERP."""

from __future__ import annotations

from collections.abc import Mapping

from wizard.practice.superoffice.wire import LIST_ITEM, Call, Json
from wizard.practice.texts import texts

_LISTS: Mapping[str, tuple[int, str, tuple[str, ...]]] = {
    "category": (
        64,
        texts(en="Category", nl="Categorie", de="Kategorie", nb="Kategori", sv="Kategori", da="Kategori"),
        (
            texts(en="Customer", nl="Klant", de="Kunde", nb="Kunde", sv="Kund", da="Kunde"),
            texts(en="Supplier", nl="Leverancier", de="Lieferant", nb="Leverandør", sv="Leverantör", da="Leverandør"),
            texts(en="Partner", nl="Partner", de="Partner", nb="Partner", sv="Partner", da="Partner"),
            texts(en="Dealer", nl="Dealer", de="Händler", nb="Forhandler", sv="Återförsäljare", da="Forhandler"),
            texts(
                en="Public sector",
                nl="Overheid",
                de="Öffentliche Hand",
                nb="Offentlig sektor",
                sv="Offentlig sektor",
                da="Offentlig sektor",
            ),
            texts(en="Export", nl="Export", de="Export", nb="Eksport", sv="Export", da="Eksport"),
            texts(
                en="Business customer",
                nl="Zakelijke klant",
                de="Geschäftskunde",
                nb="Bedriftskunde",
                sv="Företagskund",
                da="Erhvervskunde",
            ),
        ),
    ),
    "business": (65, "Business", ("IT", "Retail", "Transport", "Food", "Energy")),
    "country": (66, "Country", ("Norge", "Sverige", "Danmark", "Nederland", "Deutschland")),
    "projstatus": (
        67,
        "Project status",
        (
            texts(en="Open", nl="Lopend", de="Offen", nb="Åpen", sv="Öppet", da="Åben"),
            texts(en="Done", nl="Klaar", de="Fertig", nb="Ferdig", sv="Klart", da="Færdig"),
            texts(en="Cancelled", nl="Geannuleerd", de="Abgebrochen", nb="Avbrutt", sv="Avbrutet", da="Annulleret"),
        ),
    ),
    "persposition": (
        68,
        "Position",
        (
            texts(
                en="Managing director",
                nl="Directeur",
                de="Geschäftsführer",
                nb="Daglig leder",
                sv="VD",
                da="Direktør",
            ),
            texts(en="Purchaser", nl="Inkoper", de="Einkäufer", nb="Innkjøper", sv="Inköpare", da="Indkøber"),
            texts(en="Finance", nl="Financiën", de="Finanzen", nb="Økonomi", sv="Ekonomi", da="Økonomi"),
        ),
    ),
    "udlist": (
        101,
        texts(
            en="Payment terms",
            nl="Betalingsvoorwaarden",
            de="Zahlungsbedingungen",
            nb="Betalingsbetingelser",
            sv="Betalningsvillkor",
            da="Betalingsbetingelser",
        ),
        (
            texts(en="14 days", nl="14 dagen", de="14 Tage", nb="14 dager", sv="14 dagar", da="14 dage"),
            texts(en="30 days", nl="30 dagen", de="30 Tage", nb="30 dager", sv="30 dagar", da="30 dage"),
            texts(en="60 days", nl="60 dagen", de="60 Tage", nb="60 dager", sv="60 dagar", da="60 dage"),
            texts(en="Cash", nl="Contant", de="Bar", nb="Kontant", sv="Kontant", da="Kontant"),
        ),
    ),
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
    return item(id_, call.shown(title)), items_of(name, additional, call)


def item(id_: int, name: str, **others: object) -> Json:
    return LIST_ITEM.write(Id=id_, Name=name, FullName=name, ToolTip=name, **others)
