"""The records of the made-up ERP: 120 customers, 40 suppliers, 100 persons and 30 projects, the same at every start."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from wizard.domain.fields import Checkbox, Datetime, Double, Integer
from wizard.outside.soap.contract import Actor

_TOWNS = (
    "Oslo",
    "Bergen",
    "Göteborg",
    "Malmö",
    "Århus",
    "Odense",
    "Utrecht",
    "Eindhoven",
    "Köln",
    "Lübeck",
    "Umeå",
    "Ålesund",
)
_TRADES = (
    "Bygg",
    "Transport",
    "Möbel",
    "Fisk & Skalldyr",
    "Energi",
    "Papier",
    "Werkzeuge",
    "Zuivel",
    "Optik",
    "Brygghus",
    "Elektro",
)
_FORMS = {"NO": "AS", "SE": "AB", "DK": "A/S", "NL": "B.V.", "DE": "GmbH"}
_COUNTRY_OF = dict(zip(_TOWNS, ("NO", "NO", "SE", "SE", "DK", "DK", "NL", "NL", "DE", "DE", "SE", "NO"), strict=True))
_FIRST = ("Ingrid", "Lars", "Åse", "Björn", "Søren", "Mette", "Anneke", "Joost", "Jürgen", "Heike")
_LAST = (
    "Berg",
    "Nilsson",
    "Ødegård",
    "Jönsson",
    "Sørensen",
    "Østergaard",
    "de Vries",
    "van den Berg",
    "Müller",
    "Groß",
)
_STREETS = {
    "NO": "Storgata",
    "SE": "Kungsgatan",
    "DK": "Nørregade",
    "NL": "Kerkstraat",
    "DE": "Bahnhofstraße",
}
_PREFIXES = {"NO": "+47", "SE": "+46", "DK": "+45", "NL": "+31", "DE": "+49"}
_LANGUAGES = {"NO": "nb", "SE": "sv", "DK": "da", "NL": "nl", "DE": "de"}
_START = datetime(2026, 1, 5, 8, 30)


def actors() -> dict[tuple[str, str], Actor]:
    """Every record as it is at the beginning, by type and key."""
    return {(actor.actor_type or "", actor.erp_key or ""): actor for actor in _all()}


def _all() -> Iterator[Actor]:
    for number in range(1, 121):
        yield _customer(number)
    for number in range(1, 41):
        yield _actor("Supplier", f"S{number}", _company("S", number), number)
    for number in range(1, 101):
        yield _person(number)
    for number in range(1, 31):
        yield _project(number)


def _customer(number: int) -> Actor:
    values = _company("C", number) | {
        "Category": "ABCDE"[number % 5],
        "CreditLimit": Double().encode(Decimal(number * 1250) / 2),
        "LastInvoice": Datetime().encode(_START + timedelta(days=number)),
        "Blocked": Checkbox().encode(number % 17 == 0),
        "InvoiceLanguage": _LANGUAGES[_COUNTRY_OF[_town(number)]],
        "ReminderByPost": Checkbox().encode(number % 3 == 0),
    }
    return _actor("Customer", f"C{number}", values, number)


def _company(letter: str, number: int) -> dict[str, str]:
    town = _town(number)
    country = _COUNTRY_OF[town]
    trade = _TRADES[number % len(_TRADES)]
    return {
        "Number": f"{letter}{number}",
        "Name": f"{town} {trade} {_FORMS[country]}",
        "Town": town,
        "Country": country,
        "OrgNumber": f"{987_000_000 + 7919 * number}",
        "StreetAd1": f"{_STREETS[country]} {number % 90 + 1}",
        "StreetZip": f"{5000 + 13 * number}",
        "Phone": f"{_PREFIXES[country]} 55 20 {number:04d}",
        "Email": f"post@{letter.lower()}{number}.example",
        "PaymentTerms": ("14", "30", "60", "0")[number % 4],
    }


def _town(number: int) -> str:
    return _TOWNS[number % len(_TOWNS)]


def _person(number: int) -> Actor:
    first, last = _FIRST[number % 10], _LAST[number // 10 % 10]
    prefix = _PREFIXES[_COUNTRY_OF[_town(number)]]
    values = {
        "FirstName": first,
        "LastName": last,
        "Email": f"person{number}@customer{number}.example",
        "DirectPhone": f"{prefix} 55 21 {number:04d}",
        "Mobile": f"{prefix} 91 34 {number:04d}",
        "Position": ("CEO", "PUR", "FIN")[number % 3],
        "Birthday": Datetime().encode(datetime(1960 + number % 40, number % 12 + 1, number % 28 + 1)),
        "PortalPassword": f"portal-{number}",
    }
    return _actor("Person", f"P{number}", values, number, parent=("Customer", f"C{number}"))


def _project(number: int) -> Actor:
    values = {
        "Number": f"J{number}",
        "Name": f"{_TRADES[number % len(_TRADES)]} {2025 + number % 2}",
        "Status": ("open", "done")[number % 2],
        "Hours": Integer().encode(8 * number),
        "EndDate": Datetime().encode(_START + timedelta(days=30 * number)),
        "Description": f"{_TRADES[number % len(_TRADES)]}, {_town(number)}",
    }
    return _actor("Project", f"J{number}", values, number, parent=("Customer", f"C{number}"))


def _actor(kind: str, key: str, values: Mapping[str, str], number: int, parent: tuple[str, str] | None = None) -> Actor:
    return Actor(
        actor_type=kind,
        erp_key=key,
        field_values=values,
        last_modified=Datetime().encode(_START + timedelta(hours=7 * number)),
        parent_actor_type=parent[0] if parent else None,
        parent_erp_key=parent[1] if parent else None,
    )
