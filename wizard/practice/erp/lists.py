"""The lists of the made-up ERP: labels by key."""

from __future__ import annotations

from collections.abc import Mapping

from wizard.practice.texts import texts

LISTS: Mapping[str, Mapping[str, str]] = {
    "Country": {"NO": "Norge", "SE": "Sverige", "DK": "Danmark", "NL": "Nederland", "DE": "Deutschland"},
    "Category": {
        "A": texts(en="Dealers", nl="Dealers", de="Händler", nb="Forhandlere", sv="Återförsäljare", da="Forhandlere"),
        "B": texts(
            en="Business customers",
            nl="Zakelijke klanten",
            de="Geschäftskunden",
            nb="Bedriftskunder",
            sv="Företagskunder",
            da="Erhvervskunder",
        ),
        "C": texts(
            en="Public sector",
            nl="Overheid",
            de="Öffentliche Hand",
            nb="Offentlig sektor",
            sv="Offentlig sektor",
            da="Offentlig sektor",
        ),
        "D": texts(en="Partner", nl="Partner", de="Partner", nb="Partner", sv="Partner", da="Partner"),
        "E": texts(en="Export", nl="Export", de="Export", nb="Eksport", sv="Export", da="Eksport"),
    },
    "Terms": {
        "14": texts(en="14 days", nl="14 dagen", de="14 Tage", nb="14 dager", sv="14 dagar", da="14 dage"),
        "30": texts(en="30 days", nl="30 dagen", de="30 Tage", nb="30 dager", sv="30 dagar", da="30 dage"),
        "60": texts(en="60 days", nl="60 dagen", de="60 Tage", nb="60 dager", sv="60 dagar", da="60 dage"),
        "0": texts(en="Cash", nl="Contant", de="Bar", nb="Kontant", sv="Kontant", da="Kontant"),
    },
    "Language": {"en": "English", "nl": "Nederlands", "de": "Deutsch", "nb": "Norsk", "sv": "Svenska", "da": "Dansk"},
    "Position": {
        "CEO": texts(
            en="Managing director",
            nl="Directeur",
            de="Geschäftsführer",
            nb="Daglig leder",
            sv="VD",
            da="Direktør",
        ),
        "PUR": texts(en="Purchaser", nl="Inkoper", de="Einkäufer", nb="Innkjøper", sv="Inköpare", da="Indkøber"),
        "FIN": texts(en="Finance", nl="Financiën", de="Finanzen", nb="Økonomi", sv="Ekonomi", da="Økonomi"),
    },
    "Status": {
        "open": texts(en="Open", nl="Lopend", de="Offen", nb="Åpen", sv="Öppet", da="Åben"),
        "done": texts(en="Done", nl="Klaar", de="Fertig", nb="Ferdig", sv="Klart", da="Færdig"),
    },
}
