"""The fields of the types of the made-up ERP, named in six languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from wizard.domain.fields import Access, FieldType
from wizard.outside.soap.contract import FieldMetadata
from wizard.practice.texts import texts

_READ_ONLY, _MANDATORY = Access.READ_ONLY, Access.MANDATORY


def _text(key: str, name: str, length: int, access: Access = Access.NORMAL) -> FieldMetadata:
    return FieldMetadata(field_key=key, display_name=name, field_type=FieldType.TEXT, access=access, max_length=length)


def _list(key: str, name: str, list_name: str, access: Access = Access.NORMAL, default: str = "") -> FieldMetadata:
    return FieldMetadata(
        field_key=key,
        display_name=name,
        field_type=FieldType.LIST,
        access=access,
        list_name=list_name,
        default_value=default,
    )


def _other(
    key: str, name: str, field_type: FieldType, default: str = "", access: Access = Access.NORMAL
) -> FieldMetadata:
    return FieldMetadata(field_key=key, display_name=name, field_type=field_type, access=access, default_value=default)


def _ranked(*fields: FieldMetadata) -> tuple[FieldMetadata, ...]:
    return tuple(replace(field, rank=rank) for rank, field in enumerate(fields))


_NAME = texts(en="Name", nl="Naam", de="Name", nb="Navn", sv="Namn", da="Navn")
_EMAIL = texts(en="E-mail", nl="E-mail", de="E-Mail", nb="E-post", sv="E-post", da="E-mail")
_TOWN = _text("Town", texts(en="Town", nl="Plaats", de="Ort", nb="Poststed", sv="Ort", da="By"), 60)
_COUNTRY = _list("Country", texts(en="Country", nl="Land", de="Land", nb="Land", sv="Land", da="Land"), "Country")
_STREET = _text(
    "StreetAd1",
    texts(en="Street address", nl="Adres", de="Straße", nb="Gateadresse", sv="Gatuadress", da="Adresse"),
    100,
)
_POSTCODE = _text(
    "StreetZip", texts(en="Postcode", nl="Postcode", de="PLZ", nb="Postnr.", sv="Postnr", da="Postnr."), 10
)
_PHONE = _text("Phone", texts(en="Phone", nl="Telefoon", de="Telefon", nb="Telefon", sv="Telefon", da="Telefon"), 30)
_COMPANY_EMAIL = _text("Email", _EMAIL, 100)
_VAT = _text(
    "OrgNumber",
    texts(
        en="Organisation number",
        nl="KvK-nummer",
        de="Handelsregisternummer",
        nb="Organisasjonsnummer",
        sv="Organisationsnummer",
        da="CVR-nummer",
    ),
    20,
)
_TERMS = _list(
    "PaymentTerms",
    texts(
        en="Payment terms",
        nl="Betalingsvoorwaarden",
        de="Zahlungsbedingungen",
        nb="Betalingsbetingelser",
        sv="Betalningsvillkor",
        da="Betalingsbetingelser",
    ),
    "Terms",
    default="30",
)

_CUSTOMER = _ranked(
    _text(
        "Number",
        texts(
            en="Customer number",
            nl="Klantnummer",
            de="Kundennummer",
            nb="Kundenummer",
            sv="Kundnummer",
            da="Kundenummer",
        ),
        20,
        _READ_ONLY,
    ),
    _text("Name", _NAME, 100, _MANDATORY),
    _TOWN,
    _COUNTRY,
    _list(
        "Category",
        texts(
            en="Customer group",
            nl="Klantgroep",
            de="Kundengruppe",
            nb="Kundegruppe",
            sv="Kundgrupp",
            da="Kundegruppe",
        ),
        "Category",
    ),
    _other(
        "CreditLimit",
        texts(
            en="Credit limit",
            nl="Kredietlimiet",
            de="Kreditlimit",
            nb="Kredittgrense",
            sv="Kreditgräns",
            da="Kreditmax",
        ),
        FieldType.DOUBLE,
        "[F:0]",
    ),
    _other(
        "LastInvoice",
        texts(
            en="Last invoice",
            nl="Laatste factuur",
            de="Letzte Rechnung",
            nb="Siste faktura",
            sv="Senaste faktura",
            da="Seneste faktura",
        ),
        FieldType.DATETIME,
        access=_READ_ONLY,
    ),
    _other(
        "Blocked",
        texts(en="Blocked", nl="Geblokkeerd", de="Gesperrt", nb="Sperret", sv="Spärrad", da="Spærret"),
        FieldType.CHECKBOX,
        "[I:0]",
    ),
    _VAT,
    _STREET,
    _POSTCODE,
    _PHONE,
    _COMPANY_EMAIL,
    _TERMS,
    _list(
        "InvoiceLanguage",
        texts(
            en="Invoice language",
            nl="Factuurtaal",
            de="Rechnungssprache",
            nb="Fakturaspråk",
            sv="Fakturaspråk",
            da="Fakturasprog",
        ),
        "Language",
        default="en",
    ),
    _other(
        "ReminderByPost",
        texts(
            en="Reminder by post",
            nl="Herinnering per post",
            de="Mahnung per Post",
            nb="Purring per post",
            sv="Påminnelse per post",
            da="Rykker med post",
        ),
        FieldType.CHECKBOX,
        "[I:0]",
    ),
)
_SUPPLIER = _ranked(
    _text(
        "Number",
        texts(
            en="Supplier number",
            nl="Leveranciersnummer",
            de="Lieferantennummer",
            nb="Leverandørnummer",
            sv="Leverantörsnummer",
            da="Leverandørnummer",
        ),
        20,
        _READ_ONLY,
    ),
    _text("Name", _NAME, 100, _MANDATORY),
    _TOWN,
    _COUNTRY,
    _VAT,
    _STREET,
    _POSTCODE,
    _PHONE,
    _COMPANY_EMAIL,
    _TERMS,
)
_PERSON = _ranked(
    _text(
        "FirstName",
        texts(en="First name", nl="Voornaam", de="Vorname", nb="Fornavn", sv="Förnamn", da="Fornavn"),
        60,
    ),
    _text(
        "LastName",
        texts(en="Last name", nl="Achternaam", de="Nachname", nb="Etternavn", sv="Efternamn", da="Efternavn"),
        60,
        _MANDATORY,
    ),
    _text("Email", _EMAIL, 100),
    _text(
        "DirectPhone",
        texts(
            en="Direct phone",
            nl="Direct nummer",
            de="Durchwahl",
            nb="Direkte telefon",
            sv="Direkttelefon",
            da="Direkte telefon",
        ),
        30,
    ),
    _text("Mobile", texts(en="Mobile phone", nl="Mobiel", de="Mobiltelefon", nb="Mobil", sv="Mobil", da="Mobil"), 30),
    _list(
        "Position",
        texts(en="Position", nl="Functie", de="Position", nb="Stilling", sv="Befattning", da="Stilling"),
        "Position",
    ),
    _other(
        "Birthday",
        texts(
            en="Date of birth",
            nl="Geboortedatum",
            de="Geburtsdatum",
            nb="Fødselsdato",
            sv="Födelsedatum",
            da="Fødselsdato",
        ),
        FieldType.DATETIME,
    ),
    _other(
        "PortalPassword",
        texts(
            en="Portal password",
            nl="Portaalwachtwoord",
            de="Portalkennwort",
            nb="Portalpassord",
            sv="Portallösenord",
            da="Portaladgangskode",
        ),
        FieldType.PASSWORD,
    ),
)
_PROJECT = _ranked(
    _text("Name", _NAME, 100, _MANDATORY),
    _list("Status", texts(en="Status", nl="Status", de="Status", nb="Status", sv="Status", da="Status"), "Status"),
    _other(
        "Hours",
        texts(en="Hours", nl="Uren", de="Stunden", nb="Timer", sv="Timmar", da="Timer"),
        FieldType.INTEGER,
        "[I:0]",
    ),
    _text(
        "Number",
        texts(
            en="Project number",
            nl="Projectnummer",
            de="Projektnummer",
            nb="Prosjektnummer",
            sv="Projektnummer",
            da="Projektnummer",
        ),
        20,
        _READ_ONLY,
    ),
    _other(
        "EndDate",
        texts(en="End date", nl="Einddatum", de="Enddatum", nb="Sluttdato", sv="Slutdatum", da="Slutdato"),
        FieldType.DATETIME,
    ),
    _text(
        "Description",
        texts(
            en="Description", nl="Omschrijving", de="Beschreibung", nb="Beskrivelse", sv="Beskrivning", da="Beskrivelse"
        ),
        254,
    ),
)
FIELDS: Mapping[str, Sequence[FieldMetadata]] = {
    "Customer": _CUSTOMER,
    "Supplier": _SUPPLIER,
    "Person": _PERSON,
    "Project": _PROJECT,
}
SEARCHABLE: Mapping[str, tuple[str, ...]] = {
    "Customer": ("Number", "Name", "Town", "OrgNumber", "Country", "Category", "CreditLimit"),
    "Supplier": ("Number", "Name", "Town", "OrgNumber"),
    "Person": ("FirstName", "LastName", "Email"),
    "Project": ("Name", "Number"),
}
