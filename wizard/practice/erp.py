"""The made-up ERP: 120 customers, 40 suppliers, 100 persons and 30 projects, the same at every start."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from wizard.domain.fields import Access, Checkbox, Datetime, Double, FieldType, Integer
from wizard.outside.soap.contract import Actor, FieldMetadata, SearchRestriction

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
_START = datetime(2026, 1, 5, 8, 30)

LISTS: Mapping[str, Mapping[str, str]] = {
    "Country": {"NO": "Norge", "SE": "Sverige", "DK": "Danmark", "NL": "Nederland", "DE": "Deutschland"},
    "Category": {
        "A": 'US:"Key account";NL:"Grote klant";GE:"Großkunde"',
        "B": 'US:"Regular";NL:"Gewoon";GE:"Normal"',
        "C": 'US:"New";NL:"Nieuw";GE:"Neu"',
    },
    "Status": {"open": 'US:"Open";NL:"Lopend";GE:"Offen"', "done": 'US:"Done";NL:"Klaar";GE:"Fertig"'},
}


def _field(
    key: str,
    field_type: FieldType,
    access: Access = Access.NORMAL,
    *,
    rank: int,
    name: str = "",
    list_name: str = "",
    default: str = "",
    max_length: int = 0,
) -> FieldMetadata:
    return FieldMetadata(
        field_key=key,
        display_name=name or key,
        field_type=field_type,
        access=access,
        rank=rank,
        list_name=list_name,
        default_value=default,
        max_length=max_length,
    )


_COMPANY_FIELDS = (
    _field("Number", FieldType.TEXT, Access.READ_ONLY, rank=0, max_length=20),
    _field("Name", FieldType.TEXT, Access.MANDATORY, rank=1, max_length=100),
    _field("Town", FieldType.TEXT, rank=2, max_length=60),
    _field("Country", FieldType.LIST, rank=3, list_name="Country"),
    _field("Category", FieldType.LIST, rank=4, list_name="Category"),
    _field("CreditLimit", FieldType.DOUBLE, rank=5, default="[F:0]", name='US:"Credit limit";NL:"Kredietlimiet"'),
    _field("LastInvoice", FieldType.DATETIME, Access.READ_ONLY, rank=6, name="Last invoice"),
    _field("Blocked", FieldType.CHECKBOX, rank=7, default="[I:0]"),
)
FIELDS: Mapping[str, Sequence[FieldMetadata]] = {
    "Customer": _COMPANY_FIELDS,
    "Supplier": _COMPANY_FIELDS[:4],
    "Person": (
        _field("Name", FieldType.TEXT, Access.MANDATORY, rank=1, max_length=100),
        _field("Email", FieldType.TEXT, rank=2, max_length=100, name="E-mail"),
    ),
    "Project": (
        _field("Name", FieldType.TEXT, Access.MANDATORY, rank=1, max_length=100),
        _field("Status", FieldType.LIST, rank=2, list_name="Status"),
        _field("Hours", FieldType.INTEGER, rank=3, default="[I:0]"),
    ),
}
SEARCHABLE: Mapping[str, tuple[str, ...]] = {
    "Customer": ("Number", "Name", "Town"),
    "Supplier": ("Number", "Name", "Town"),
    "Person": ("Name", "Email"),
    "Project": ("Name",),
}


def actors() -> dict[tuple[str, str], Actor]:
    """Every record as it is at the beginning, by type and key."""
    return {(actor.actor_type or "", actor.erp_key or ""): actor for actor in _all()}


def _all() -> Iterator[Actor]:
    for number in range(1, 121):
        yield _company("Customer", "C", number)
    for number in range(1, 41):
        yield _company("Supplier", "S", number)
    for number in range(1, 101):
        first, last = _FIRST[number % 10], _LAST[number // 10 % 10]
        values = {"Name": f"{first} {last}", "Email": f"person{number}@customer{number}.example"}
        yield _actor("Person", f"P{number}", values, number, parent=("Customer", f"C{number}"))
    for number in range(1, 31):
        hours = Integer().encode(8 * number)
        values = {
            "Name": f"{_TRADES[number % 10]} {2025 + number % 2}",
            "Status": ("open", "done")[number % 2],
            "Hours": hours,
        }
        yield _actor("Project", f"J{number}", values, number, parent=("Customer", f"C{number}"))


def _company(kind: str, letter: str, number: int) -> Actor:
    town = _TOWNS[number % len(_TOWNS)]
    country = _COUNTRY_OF[town]
    values = {
        "Number": f"{letter}{number}",
        "Name": f"{town} {_TRADES[number % 10]} {_FORMS[country]}",
        "Town": town,
        "Country": country,
    }
    if kind == "Customer":
        values |= {
            "Category": "ABC"[number % 3],
            "CreditLimit": Double().encode(Decimal(number * 1250) / 2),
            "LastInvoice": Datetime().encode(_START + timedelta(days=number)),
            "Blocked": Checkbox().encode(number % 17 == 0),
        }
    return _actor(kind, f"{letter}{number}", values, number)


def _actor(kind: str, key: str, values: Mapping[str, str], number: int, parent: tuple[str, str] | None = None) -> Actor:
    return Actor(
        actor_type=kind,
        erp_key=key,
        field_values=values,
        last_modified=Datetime().encode(_START + timedelta(hours=7 * number)),
        parent_actor_type=parent[0] if parent else None,
        parent_erp_key=parent[1] if parent else None,
    )


def matches(actor: Actor, text: str) -> bool:
    """Whether a searchable field contains the text."""
    values = actor.field_values or {}
    return any(text.casefold() in (values.get(key) or "").casefold() for key in SEARCHABLE[actor.actor_type or ""])


def condition(actor_type: str, restriction: SearchRestriction) -> Callable[[Actor], bool]:
    """Reads a restriction once; the function tells whether a record of the type meets it.

    An empty value is neither more nor less than any other. Raises KeyError for an unknown operator or field, and
    DecodeError; the function raises IndexError for a missing value.
    """
    key, texts = restriction.field_key or "", restriction.values or ()
    if key == "ParentErpKey":
        return lambda actor: actor.parent_erp_key in texts
    if key == "ParentActorType":
        return lambda actor: actor.parent_actor_type in texts
    kind = {field.field_key: FieldType(field.field_type) for field in FIELDS[actor_type]}[key]
    values = [_comparable(kind, text or "") for text in texts]
    test = _OPERATORS[restriction.operator or "="]

    def is_met(actor: Actor) -> bool:
        try:
            return test(_comparable(kind, (actor.field_values or {}).get(key) or ""), values)
        except TypeError:
            return False

    return is_met


_Test = Callable[[object, Sequence[object]], bool]
_OPERATORS: Mapping[str, _Test] = {
    "=": lambda own, values: own == values[0],
    "!=": lambda own, values: own != values[0],
    "begins": lambda own, values: str(own).startswith(str(values[0])),
    "contains": lambda own, values: str(values[0]) in str(own),
    "ends": lambda own, values: str(own).endswith(str(values[0])),
    "notbegins": lambda own, values: not str(own).startswith(str(values[0])),
    "notcontains": lambda own, values: str(values[0]) not in str(own),
    "notends": lambda own, values: not str(own).endswith(str(values[0])),
    "isnot": lambda own, values: own != values[0],
    ">": lambda own, values: own > values[0],  # type: ignore[operator]
    "<": lambda own, values: own < values[0],  # type: ignore[operator]
    ">=": lambda own, values: own >= values[0],  # type: ignore[operator]
    "<=": lambda own, values: own <= values[0],  # type: ignore[operator]
    "before": lambda own, values: own < values[0],  # type: ignore[operator]
    "after": lambda own, values: own > values[0],  # type: ignore[operator]
    "beforeOrEqual": lambda own, values: own <= values[0],  # type: ignore[operator]
    "afterOrEqual": lambda own, values: own >= values[0],  # type: ignore[operator]
    "between": lambda own, values: values[0] <= own <= values[1],  # type: ignore[operator]
    "oneof": lambda own, values: own in values,
    "notoneof": lambda own, values: own not in values,
}


def _comparable(kind: FieldType, text: str) -> object:
    value: object = kind.value_type.decode(text) if text else ""
    return value.casefold() if isinstance(value, str) else value
