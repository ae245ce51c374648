"""What users call the fields of the CRM, in six languages, and what each of them holds."""

from __future__ import annotations

from collections.abc import Mapping

from wizard.practice.texts import texts

_LANGUAGES = ("en", "nl", "de", "nb", "sv", "da")
_COMPANY: Mapping[str, tuple[str, ...]] = {
    "name": ("Company name", "Bedrijfsnaam", "Firmenname", "Firmanavn", "Företagsnamn", "Firmanavn"),
    "department": ("Department", "Afdeling", "Abteilung", "Avdeling", "Avdelning", "Afdeling"),
    "number1": ("Code", "Code", "Code", "Kode", "Kod", "Kode"),
    "number2": ("Number", "Nummer", "Nummer", "Nummer", "Nummer", "Nummer"),
    "phone": ("Phone", "Telefoon", "Telefon", "Telefon", "Telefon", "Telefon"),
    "fax": ("Fax", "Fax", "Fax", "Faks", "Fax", "Fax"),
    "email": ("E-mail", "E-mail", "E-Mail", "E-post", "E-post", "E-mail"),
    "url": ("Website", "Website", "Website", "Nettsted", "Webbplats", "Websted"),
    "country": ("Country", "Land", "Land", "Land", "Land", "Land"),
    "vatno": ("VAT No.", "Btw-nummer", "USt-IdNr.", "Org.nr.", "Org.nr", "CVR-nr."),
    "category": ("Category", "Categorie", "Kategorie", "Kategori", "Kategori", "Kategori"),
    "business": ("Business", "Branche", "Branche", "Bransje", "Bransch", "Branche"),
    "udef/creditlimit": ("Credit limit", "Kredietlimiet", "Kreditlimit", "Kredittgrense", "Kreditgräns", "Kreditmax"),
    "udef/blocked": ("Blocked", "Geblokkeerd", "Gesperrt", "Sperret", "Spärrad", "Spærret"),
    "udef/terms": (
        "Payment terms",
        "Betalingsvoorwaarden",
        "Zahlungsbedingungen",
        "Betalingsbetingelser",
        "Betalningsvillkor",
        "Betalingsbetingelser",
    ),
}
_PERSON: Mapping[str, tuple[str, ...]] = {
    "firstname": ("First name", "Voornaam", "Vorname", "Fornavn", "Förnamn", "Fornavn"),
    "middlename": ("Middle name", "Tussenvoegsel", "Zweiter Vorname", "Mellomnavn", "Mellannamn", "Mellemnavn"),
    "lastname": ("Last name", "Achternaam", "Nachname", "Etternavn", "Efternamn", "Efternavn"),
    "title": ("Title", "Titel", "Titel", "Tittel", "Titel", "Titel"),
    "number": ("Number", "Nummer", "Nummer", "Nummer", "Nummer", "Nummer"),
    "phone_direct": (
        "Direct phone",
        "Direct nummer",
        "Durchwahl",
        "Direkte telefon",
        "Direkttelefon",
        "Direkte telefon",
    ),
    "phone_private": (
        "Private phone",
        "Privénummer",
        "Telefon privat",
        "Privat telefon",
        "Privattelefon",
        "Privat telefon",
    ),
    "phone_mobile": ("Mobile phone", "Mobiel", "Mobiltelefon", "Mobiltelefon", "Mobiltelefon", "Mobiltelefon"),
    "phone_other": (
        "Other phone",
        "Ander nummer",
        "Weiteres Telefon",
        "Annen telefon",
        "Annan telefon",
        "Anden telefon",
    ),
    "email": ("E-mail", "E-mail", "E-Mail", "E-post", "E-post", "E-mail"),
    "position": ("Position", "Functie", "Position", "Stilling", "Befattning", "Stilling"),
    "birthdate": ("Date of birth", "Geboortedatum", "Geburtsdatum", "Fødselsdato", "Födelsedatum", "Fødselsdato"),
    "url": ("Website", "Website", "Website", "Nettsted", "Webbplats", "Websted"),
    "postalcountry": (
        "Postal addr., country",
        "Postadres, land",
        "Postanschrift, Land",
        "Postadresse, land",
        "Postadress, land",
        "Postadresse, land",
    ),
}
_PROJECT: Mapping[str, tuple[str, ...]] = {
    "name": ("Project name", "Projectnaam", "Projektname", "Prosjektnavn", "Projektnamn", "Projektnavn"),
    "text": ("Description", "Beschrijving", "Beschreibung", "Beskrivelse", "Beskrivning", "Beskrivelse"),
    "number": ("Project number", "Projectnummer", "Projektnummer", "Prosjektnummer", "Projektnummer", "Projektnummer"),
    "url": ("Website", "Website", "Website", "Nettsted", "Webbplats", "Websted"),
    "enddate": ("End date", "Einddatum", "Enddatum", "Sluttdato", "Slutdatum", "Slutdato"),
    "status": ("Status", "Status", "Status", "Status", "Status", "Status"),
}
_ADDRESSES: Mapping[str, tuple[str, ...]] = {
    "postal": ("Postal addr.", "Postadres", "Postanschrift", "Postadresse", "Postadress", "Postadresse"),
    "street": ("Visit addr.", "Bezoekadres", "Besuchsanschrift", "Besøksadresse", "Besöksadress", "Besøgsadresse"),
}
_PARTS: Mapping[str, tuple[str, ...]] = {
    "ad1": ("address line 1", "adresregel 1", "Adresszeile 1", "adresselinje 1", "adressrad 1", "adresselinje 1"),
    "ad2": ("address line 2", "adresregel 2", "Adresszeile 2", "adresselinje 2", "adressrad 2", "adresselinje 2"),
    "ad3": ("address line 3", "adresregel 3", "Adresszeile 3", "adresselinje 3", "adressrad 3", "adresselinje 3"),
    "zip": ("postcode", "postcode", "PLZ", "postnr.", "postnr", "postnr."),
    "city": ("city", "plaats", "Ort", "poststed", "ort", "by"),
    "county": ("county", "provincie", "Landkreis", "fylke", "län", "amt"),
    "state": ("state", "staat", "Bundesland", "delstat", "delstat", "stat"),
}


def _text(words: tuple[str, ...]) -> str:
    return texts(**dict(zip(_LANGUAGES, words, strict=True)))


def _of_addresses() -> dict[str, tuple[str, ...]]:
    return {
        f"{address}{part}": tuple(f"{one}, {other}" for one, other in zip(words, parts, strict=True))
        for address, words in _ADDRESSES.items()
        for part, parts in _PARTS.items()
    }


NAMES: Mapping[str, str] = {
    f"{crm_type}/{key}": _text(words)
    for crm_type, fields in (("contact", _COMPANY), ("person", _PERSON), ("project", _PROJECT))
    for key, words in (_of_addresses() | dict(fields)).items()
}
"""By the field's key."""

KINDS: Mapping[str, str] = {
    "contact/country": "List",
    "contact/category": "List",
    "contact/business": "List",
    "contact/udef/terms": "List",
    "contact/udef/creditlimit": "Double",
    "contact/udef/blocked": "Checkbox",
    "person/birthdate": "Date",
    "person/position": "List",
    "project/status": "List",
    "project/enddate": "Date",
}
"""What a field holds, by its key; all others are texts. The names are those of SuperOffice's FieldType."""
