"""Defaults: set, asked for, mandatory, by SuperOffice's rules; changed, removed and undone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from tests.factories import Visitor, form_fields, in_app, sign_in
from tests.factories.configuration import CUSTOMER, configured, make_linked_schema, reconfigure
from wizard.domain.accounts import Role
from wizard.domain.configuration import ActorField, ActorType, Configuration, Direction, FieldSettings, TypeSettings
from wizard.domain.fields import Access, FieldType
from wizard.extensions import db
from wizard.models import Connection
from wizard.services.configuration import load

MORE = (
    ActorField("SINCE", "Customer since", type=FieldType.DATETIME),
    ActorField("DAYS", "Days of credit", type=FieldType.INTEGER, default="[I:14]"),
    ActorField("NOTE", "Note", max_length=300),
    ActorField("LANGUAGE", "Invoice language", access=Access.MANDATORY),
)
SCHEMA = make_linked_schema(ActorType("Customer", (*CUSTOMER.fields, *MORE)))


def defaults(app: Flask, *fields: FieldSettings) -> str:
    settings = Configuration((TypeSettings("Customer", True, fields),))
    return f"/connections/{configured(app, schema=SCHEMA, configuration=settings)}/defaults"


def saved(app: Flask, key: str) -> tuple[str | None, bool, bool]:
    def find() -> tuple[str | None, bool, bool]:
        found = load(db.session.get_one(Connection, 1)).type("Customer").field(key)
        return found.default, found.ask_user, found.mandatory

    return in_app(app, find)


def choose(admin: Visitor, url: str, key: str, **values: str) -> Any:
    """Adds a default as without script: chooses the field, then its value."""
    address = f"{url}/value?type=Customer"
    page = admin.post(address, first_field(admin, address) | {"field": key, "action": "field"})
    boxes = {name: text for name, text in form_fields(page.text).items() if name != "set"}
    return admin.post(address, boxes | values | {"action": "save"})


def first_field(admin: Visitor, address: str) -> dict[str, Any]:
    """What the form sends of the first field, which the ERP requires: its box for that is disabled."""
    return {name: text for name, text in form_fields(admin.get(address).text).items() if name != "mandatory"}


def row(text: str, label: str) -> str:
    found = next(each for each in re.findall(r"<tr.*?</tr>", text, re.DOTALL) if f">{label}</b>" in each)
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


@pytest.mark.parametrize(
    ("key", "typed", "encoded", "shown"),
    [
        ("TERMS", "30", "30", "30 days"),
        ("LIMIT", "1250.5", "[F:1250.5]", "1250.5"),
        ("DAYS", "30", "[I:30]", "30"),
        ("BLOCKED", "1", "[I:1]", "Yes"),
        ("SINCE", "2026-12-31T23:59", "[DT:12/31/2026 23:59:00.0000000]", "31 December 2026, 23:59"),
        ("NOTE", "Fritt <levert>", "Fritt <levert>", "Fritt &lt;levert&gt;"),
    ],
)
def test_a_value_is_set_by_the_input_of_its_kind(
    app: Flask, admin: Visitor, key: str, typed: str, encoded: str, shown: str
) -> None:
    url = defaults(app)

    page = choose(admin, url, key, set="1", **{f"cf:{key}": typed})

    assert page.status_code == 303
    assert saved(app, key) == (encoded, False, False)
    assert f">{shown}</div>" in admin.get(url).text


def test_what_was_ticked_stays_when_another_field_is_chosen(app: Flask, admin: Visitor) -> None:
    url = f"{defaults(app)}/value?type=Customer"

    page = admin.post(url, first_field(admin, url) | {"ask": "1", "field": "DAYS", "action": "field"}).text

    assert form_fields(page).items() >= {"set": "1", "ask": "1", "cf:DAYS": "14"}.items()


def test_a_value_that_was_typed_before_its_field_was_asked_for_is_shown_for_it_and_saved_by_the_next_ok(
    app: Flask, admin: Visitor
) -> None:
    url = f"{defaults(app)}/value?type=Customer"
    first = first_field(admin, url)

    page = admin.post(url, first | {"cf:NAME": "30", "field": "DAYS", "action": "save"})

    assert page.status_code == 422
    assert "You have chosen another field: check its value, and save it." in page.text
    assert form_fields(page.text)["cf:DAYS"] == "30"
    assert saved(app, "DAYS") == (None, False, False)
    admin.post(url, form_fields(page.text) | {"action": "save"})
    assert saved(app, "DAYS") == ("[I:30]", False, False)


def test_only_fields_that_are_not_mapped_and_can_be_written_are_offered(app: Flask, admin: Visitor) -> None:
    url = defaults(app, FieldSettings("NAME", "contact/name", Direction.BOTH), FieldSettings("LIMIT", default="[F:1]"))

    page = admin.get(f"{url}/value?type=Customer").text

    offered = re.findall(r'<option value="(\w+)"', page.split('name="field"')[1].split("</select>")[0])
    assert offered == ["EMAIL", "PHONE", "GROUP", "COUNTRY", "BLOCKED", "TERMS", "SINCE", "DAYS", "NOTE", "LANGUAGE"]


def test_the_connectors_own_default_is_proposed(app: Flask, admin: Visitor) -> None:
    page = admin.get(f"{defaults(app)}/value?type=Customer&field=DAYS").text

    assert form_fields(page)["cf:DAYS"] == "14"


def test_a_set_value_that_the_user_is_asked_for_is_suggested_in_the_form(app: Flask, admin: Visitor) -> None:
    url = defaults(app)

    choose(admin, url, "NOTE", set="1", ask="1", mandatory="1", **{"cf:NOTE": "By post"})

    assert saved(app, "NOTE") == ("By post", True, True)
    assert "By post Yes Suggested in the form Yes" in row(admin.get(url).text, "Note")


@pytest.mark.parametrize(
    ("key", "values", "words"),
    [
        ("NOTE", {}, "Set a default value, ask the user for one, or both."),
        ("NOTE", {"mandatory": "1"}, "A mandatory field needs a default value, or the user is asked for one."),
        ("NOTE", {"set": "1", "cf:NOTE": ""}, "Enter Note."),
        ("NOTE", {"set": "1", "cf:NOTE": "x" * 255}, "Too long: SuperOffice keeps 254 characters at most."),
        ("DAYS", {"set": "1", "cf:DAYS": "ten"}, "Enter a whole number, digits only."),
        ("TERMS", {"set": "1", "cf:TERMS": "60"}, "This choice is not offered any more. Choose another."),
    ],
)
def test_what_cannot_be_saved_says_why_and_stays_as_it_was_typed(
    app: Flask, admin: Visitor, key: str, values: dict[str, str], words: str
) -> None:
    page = choose(admin, defaults(app), key, **values)

    assert page.status_code == 422
    assert words in page.text
    assert values.items() <= form_fields(page.text).items()
    assert saved(app, key) == (None, False, False)


def test_a_field_that_the_erp_requires_is_mandatory_and_stays(app: Flask, admin: Visitor) -> None:
    url = defaults(app, FieldSettings("LANGUAGE", default="no"))

    page = admin.get(url).text

    assert row(page, "Invoice language").endswith("Yes Required by the ERP Edit Invoice language")
    assert (
        'name="mandatory" value="1" checked aria-describedby="mandatory-hint" disabled'
        in admin.get(f"{url}/value?type=Customer&field=LANGUAGE").text
    )


def test_a_default_is_changed_and_the_change_undone(app: Flask, admin: Visitor) -> None:
    url = defaults(app, FieldSettings("NOTE", default="By post", ask_user=True))

    form = f"{url}/value?type=Customer&field=NOTE"

    admin.post(form, form_fields(admin.get(form).text) | {"cf:NOTE": "By e-mail", "action": "save"})

    assert saved(app, "NOTE") == ("By e-mail", True, False)
    admin.post(undo_of(admin.get(url).text))
    assert saved(app, "NOTE") == ("By post", True, False)


def test_a_default_is_removed_and_put_back(app: Flask, admin: Visitor) -> None:
    url = defaults(app, FieldSettings("NOTE", default="By post", ask_user=True))

    admin.post(f"{url}/remove?type=Customer&field=NOTE")

    assert saved(app, "NOTE") == (None, False, False)
    admin.post(undo_of(admin.get(url).text))
    assert saved(app, "NOTE") == ("By post", True, False)


def test_what_somebody_else_has_saved_meanwhile_is_not_removed_unseen(app: Flask, admin: Visitor) -> None:
    url = defaults(app, FieldSettings("NOTE", default="By post"))
    remove = re.search(r'action="([^"]*/defaults/remove[^"]*)"', admin.get(url).text)
    assert remove is not None
    reconfigure(app, TypeSettings("Customer", True, (FieldSettings("NOTE", default="By mail"),)))

    page = admin.post(remove[1].replace("&amp;", "&"), follow_redirects=True)

    assert "Note is not removed: somebody has changed it meanwhile, to By mail." in page.text
    assert saved(app, "NOTE") == ("By mail", False, False)
    shown = re.search(r'action="([^"]*/defaults/remove[^"]*)"', page.text)
    assert shown is not None
    admin.post(shown[1].replace("&amp;", "&"))
    assert saved(app, "NOTE") == (None, False, False)


def test_nothing_is_undone_over_what_somebody_else_has_saved_since(app: Flask, admin: Visitor) -> None:
    url = defaults(app, FieldSettings("NOTE", default="By post"))
    admin.post(f"{url}/remove?type=Customer&field=NOTE")
    undo = undo_of(admin.get(url).text)
    choose(admin, url, "NOTE", set="1", **{"cf:NOTE": "By hand"})

    page = admin.post(undo, follow_redirects=True).text

    assert "It was not undone: it has changed since." in page
    assert saved(app, "NOTE") == ("By hand", False, False)


def undo_of(text: str) -> str:
    found = re.search(r'action="([^"]+/undo[^"]*)"', text)
    assert found
    return found[1].replace("&amp;", "&")


def test_two_administrators_on_one_default_see_both_versions(app: Flask, admin: Visitor) -> None:
    url = f"{defaults(app, FieldSettings('NOTE', default='By post'))}/value?type=Customer&field=NOTE"
    mine = form_fields(admin.get(url).text)
    admin.send(url, {"cf:NOTE": "By e-mail", "ask": "1", "action": "save"})

    page = admin.post(url, mine | {"cf:NOTE": "By hand", "action": "save"})

    assert page.status_code == 409
    assert "It is now: By e-mail, Ask user for value." in page.text
    assert form_fields(page.text)["cf:NOTE"] == "By hand"
    admin.post(url, form_fields(page.text) | {"action": "save"})
    assert saved(app, "NOTE") == ("By hand", False, False)


def test_a_default_of_what_is_mapped_meanwhile_is_named_and_can_be_removed(app: Flask, admin: Visitor) -> None:
    url = defaults(app, FieldSettings("EMAIL", "contact/email", Direction.BOTH, default="a@b.no"))

    text = row(admin.get(url).text, "E-mail")

    assert "The field is mapped: its value comes from SuperOffice." in text
    assert text.endswith("Remove E-mail")
    assert "Edit" not in text


def test_readers_see_defaults_and_can_change_none(app: Flask) -> None:
    url = defaults(app, FieldSettings("NOTE", default="By post"))
    reader = sign_in(app, "Rita Reader", role=Role.READER)

    page = reader.get(url).text

    assert row(page, "Note") == "Note Text, 300 characters at most By post No No"
    assert "Add<" not in page
    assert reader.get(f"{url}/value?type=Customer").status_code == 403
    assert reader.post(f"{url}/remove?type=Customer&field=NOTE").status_code == 403


def test_what_is_wrong_with_a_default_leads_to_its_row(app: Flask, admin: Visitor) -> None:
    defaults(app, FieldSettings("NOTE", default="By post"), FieldSettings("TERMS", default="gone"))

    link = re.search(r'href="([^"]*/defaults[^"]*)#(default-\d+-row)"', admin.get("/connections/1").text)

    assert link
    row = admin.get(link[1].replace("&amp;", "&")).text.partition(f'<tr id="{link[2]}"')[2].partition("</tr>")[0]
    assert "The list does not have this item." in row


def test_a_default_is_saved_for_its_own_actor_type_though_nobody_synchronises_that_any_more(
    app: Flask, admin: Visitor
) -> None:
    """Another type has a field of the same key."""
    supplier = ActorType("Supplier", (ActorField("NOTE", "Note"),))
    types = Configuration((TypeSettings("Customer", True), TypeSettings("Supplier", True)))
    configured(app, schema=make_linked_schema(*SCHEMA.types, supplier), configuration=types)
    url = "/connections/1/defaults/value?type=Supplier&field=NOTE"
    form = form_fields(admin.get(url).text) | {"set": "1", "cf:NOTE": "For suppliers", "action": "save"}
    reconfigure(app, TypeSettings("Supplier", False))

    page = admin.post(url, form, follow_redirects=True)

    assert "Supplier is not synchronised. Its default values are kept." in page.text
    assert "For suppliers" in row(page.text, "Note")
    assert saved(app, "NOTE") == (None, False, False)
    assert admin.get("/connections/1/defaults?type=Nothing").status_code == 404
