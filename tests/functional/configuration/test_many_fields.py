"""Mappings of many fields: a search and filters find them, nothing that was typed is lost, and the page stays small."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.factories import Visitor, form_fields, in_app
from tests.factories.configuration import configured, make_linked_schema
from wizard.domain.configuration import (
    ActorField,
    ActorType,
    Configuration,
    Direction,
    FieldSettings,
    SuperOfficeField,
    TypeSettings,
)
from wizard.domain.fields import Access
from wizard.extensions import db
from wizard.models import Connection
from wizard.services.configuration import load

PAGE = "/connections/1/mappings?type=Customer"
MANY = ActorType(
    "Customer",
    (
        ActorField("EMAIL", "E-Mail-Adresse"),
        ActorField("PHONE", "Téléphone"),
        ActorField("NAME", "Name", access=Access.MANDATORY),
        *(ActorField(f"F{n}", f"Field {n}") for n in range(497)),
    ),
)
CHOICES = tuple(SuperOfficeField(f"contact/udef/{n}", f"Choice {n}") for n in range(100))


@pytest.fixture
def page(app: Flask, admin: Visitor) -> Visitor:
    """An administrator before 500 fields, of which one is mapped."""
    mapped = FieldSettings("F1", "contact/udef/1", Direction.BOTH)
    chosen = Configuration((TypeSettings("Customer", True, (mapped,)),))
    fields = {"Contact": (*make_linked_schema().crm_fields["Contact"], *CHOICES)}
    configured(app, schema=make_linked_schema(MANY, crm_fields=fields), configuration=chosen)
    return admin


def names(html: str) -> list[str]:
    return re.findall(r'<th scope="row"><b translate="no">([^<]+)<', html)


def saved(app: Flask) -> TypeSettings:
    return in_app(app, lambda: load(db.session.get_one(Connection, 1))).type("Customer")


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("&q=telephone", ["Téléphone"]),
        ("&q=email", ["E-Mail-Adresse"]),
        ("&q=choice+1", ["Field 1"]),
        ("&show=todo", ["Name"]),
        ("&show=suggested", ["E-Mail-Adresse", "Téléphone", "Name"]),
        ("&show=unmapped&q=field+1", [f"Field {n}" for n in range(497) if n != 1 and str(n).startswith("1")]),
        ("&q=nothing", []),
    ],
)
def test_fields_are_found_by_their_names_by_what_they_are_mapped_to_and_by_filters(
    page: Visitor, asked: str, shown: list[str]
) -> None:
    assert sorted(names(page.get(PAGE + asked).text)) == sorted(shown)


def test_a_search_before_anything_is_typed_has_an_address(page: Visitor) -> None:
    fields = form_fields(page.get(PAGE).text)

    answer = page.post(PAGE, fields | {"q": "phone", "action": "enter"})

    assert str(answer.location) == PAGE + "&q=phone"
    answer = page.post(PAGE, fields | {"q": "phone", "show": "todo"})
    assert str(answer.location) == PAGE + "&show=todo&q=phone"


def test_what_was_typed_stays_on_the_page_whatever_is_searched_for_and_is_saved(app: Flask, page: Visitor) -> None:
    fields = form_fields(page.get(PAGE).text) | {"tab:F7": "on", "field:F8": "contact/udef/8", "direction:F8": "both"}

    found = page.post(PAGE, fields | {"q": "name", "action": "find"})

    assert sorted(names(found.text)) == ["Field 7", "Field 8", "Name"]
    assert saved(app).field("F8") == FieldSettings("F8")
    narrowed = form_fields(found.text)
    assert "tab:F7" in narrowed
    assert narrowed["field:F8"] == "contact/udef/8"

    answer = page.post(PAGE, narrowed | {"q": "name", "action": "enter"})
    assert str(answer.location) == PAGE + "&q=name", "the Enter key saves, where nothing else is searched for"
    assert saved(app).field("F8") == FieldSettings("F8", "contact/udef/8", Direction.BOTH)
    assert saved(app).field("F1").is_mapped, "what is not on the page stays as it is"


def test_suggestions_are_on_the_page_whatever_is_searched_for(page: Visitor) -> None:
    fields = form_fields(page.get(PAGE + "&q=field+1").text)

    shown = page.post(PAGE, fields | {"action": "suggest"})

    assert {"Name", "Téléphone", "E-Mail-Adresse", "Field 1"} <= set(names(shown.text))


def test_many_rows_share_their_choices_and_one_shows_all_of_them_without_script(page: Visitor) -> None:
    html = page.get(PAGE).text

    assert html.count('value="contact/udef/50"') == 1
    assert len(html) < 1_200_000, "and not 4 MB"
    opened = page.post(PAGE, form_fields(html) | {"open": "F7"}).text
    row = opened[opened.index('name="field:F7"') : opened.index('name="tab:F7"')]
    assert row.count("<option") > 100
    assert "autofocus" in row
    few = page.get(PAGE + "&q=field+7").text
    assert "data-choices" not in few
    assert few.count('value="contact/udef/50"') > 10
