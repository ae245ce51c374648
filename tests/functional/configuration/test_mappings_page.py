"""The page Mappings: what may be chosen, what is refused and why, suggestions, and two administrators."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.factories import Visitor, form_fields, in_app, make_connection, make_connector, says, sign_in
from tests.factories.configuration import CUSTOMER, EMPLOYEE, configured, make_linked_schema, make_schema
from tests.factories.practice_customers import make_practice_customers
from wizard.domain.accounts import Role
from wizard.domain.configuration import ActorField, ActorType, Configuration, Direction, FieldSettings, TypeSettings
from wizard.extensions import db
from wizard.models import Connection
from wizard.models.database import writing
from wizard.services.configuration import load, merge_schema, need_state

PAGE = "/connections/1/mappings?type=Customer"
NAME = FieldSettings("NAME", "contact/name", Direction.BOTH)


def settings(app: Flask, actor_type: str = "Customer") -> TypeSettings:
    return in_app(app, lambda: load(db.session.get_one(Connection, 1))).type(actor_type)


def prepare(app: Flask, *fields: FieldSettings, synced: bool = True) -> None:
    """A connection with SuperOffice's own fields, and settings of some of its fields."""
    types = (TypeSettings("Customer", synced, fields),)
    configured(app, schema=make_linked_schema(), configuration=Configuration(types))


def save(admin: Visitor, changes: dict[str, str], page: str = PAGE) -> TestResponse:
    fields = form_fields(admin.get(page).text) | {"action": "save"}
    return admin.post(page, fields | changes, follow_redirects=True)


def test_a_field_is_mapped_in_the_direction_that_is_chosen(app: Flask, admin: Visitor) -> None:
    prepare(app)

    answer = save(
        admin, {"field:NAME": "contact/name", "direction:NAME": "both", "tab:LIMIT": "on", "search:NAME": "on"}
    )

    assert "The mappings of Customer are saved." in answer.text
    saved = settings(app)
    assert (saved.field("NAME").crm_key, saved.field("NAME").direction) == ("contact/name", Direction.BOTH)
    assert saved.field("NAME").show_in_search
    assert saved.field("LIMIT").show_in_tab


def test_the_tick_above_decides_whether_the_type_is_synced(app: Flask, admin: Visitor) -> None:
    prepare(app, NAME)
    assert "Sync ERP “Customer” to SuperOffice “Company”" in admin.get(PAGE).text

    fields = form_fields(admin.get(PAGE).text)
    fields.pop("sync")
    admin.post(PAGE, fields)
    assert not settings(app).is_synced
    save(admin, {"sync": "1"})
    assert settings(app).is_synced


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"direction:EMAIL": "both"}, "E-mail</a>: Choose the SuperOffice field that it belongs to."),
        ({"field:EMAIL": "contact/name", "direction:EMAIL": "both"}, "chosen twice: here and for the ERP field"),
        (
            {"field:CUSTNO": "contact/number2", "direction:CUSTNO": "both"},
            "The ERP does not let this field be changed.",
        ),
    ],
)
def test_what_cannot_be_saved_is_said_at_its_row_and_stays_as_typed_while_the_rest_is_saved(
    app: Flask, admin: Visitor, changes: dict[str, str], words: str
) -> None:
    prepare(app, NAME)

    answer = save(admin, changes | {"tab:LIMIT": "on"})

    assert answer.status_code == 422
    assert words in answer.text
    assert "1 problem:" in answer.text.partition('id="save"')[2]
    assert "The other mappings of Customer are saved." in answer.text
    assert settings(app).field("LIMIT").show_in_tab
    typed = form_fields(answer.text)
    assert {name: typed[name] for name in changes} == changes
    assert settings(app).field("EMAIL") == FieldSettings("EMAIL")
    again = admin.post(
        PAGE, typed | dict.fromkeys(changes, "") | {"direction:EMAIL": "none", "direction:CUSTNO": "none"}
    )
    assert again.status_code == 303
    assert settings(app).field("LIMIT").show_in_tab


def test_of_suggestions_the_refused_one_stays_suggested_and_the_others_can_be_taken_back(
    app: Flask, admin: Visitor
) -> None:
    prepare(app, synced=False)
    typed = form_fields(admin.post(PAGE, form_fields(admin.get(PAGE).text) | {"action": "suggest"}).text)

    answer = admin.post(PAGE, typed | {"field:EMAIL": typed["field:NAME"], "action": "save"})
    assert answer.status_code == 422
    assert settings(app).field("NAME").is_mapped
    left = form_fields(answer.text)
    assert [name for name in left if name.startswith("suggested:")] == ["suggested:EMAIL"]
    assert "/mappings/undo?" in answer.text


def test_only_what_may_be_is_offered(app: Flask, admin: Visitor) -> None:
    configured(app, schema=make_linked_schema(mapped_elsewhere={"Contact/contact/phone": "Warehouse"}))
    save(admin, {"field:PHONE": "contact/phone", "direction:PHONE": "to_erp"})

    page = admin.get(PAGE).text
    assert "Warehouse fills this SuperOffice field already: not to SuperOffice alone." in page
    assert "The value is a secret: it is never synchronised." in page
    assert 'value="contact/contactid"' not in page, "SuperOffice's own number is not written"
    assert 'name="direction:CUSTNO" value="both" disabled' in page
    assert 'name="search:PHONE"' not in page
    assert "Not searchable" in page


def test_a_mandatory_field_without_a_direction_is_marked_and_named_where_it_is_saved(
    app: Flask, admin: Visitor
) -> None:
    prepare(app, NAME)

    page = admin.get(PAGE).text
    assert "Mandatory: choose a field and a direction." in page
    assert "1 field left:" in page
    assert "1 left" in page


def test_the_tab_of_a_type_counts_the_fields_that_are_named_where_it_is_saved(app: Flask, admin: Visitor) -> None:
    gone = FieldSettings("GONE", "contact/fax", Direction.BOTH)
    prepare(app, NAME, FieldSettings("EMAIL", "contact/email", Direction.BOTH), gone)
    with app.app_context(), writing():
        refused = {"Customer": {"EMAIL": "Not this one."}, "": {"": "Not today."}}
        need_state(db.session.get_one(Connection, 1)).refused = refused
        db.session.commit()

    page = says(admin.get(PAGE).text)
    assert "3 fields left: E-mail , GONE , Country" in page
    assert "Mappings 3 left" in page
    assert "Customer 3 left" in page
    assert "Customer 3 left" in says(admin.get("/connections/1/mappings?type=Project").text)


def test_a_type_without_any_field_says_so_where_it_is_saved(app: Flask, admin: Visitor) -> None:
    schema = make_linked_schema(ActorType("Customer", (ActorField("EMAIL", "E-mail"),)))
    configured(app, schema=schema, configuration=Configuration((TypeSettings("Customer", True),)))

    page = says(admin.get(PAGE).text)
    assert "No field of this actor type is mapped." in page
    assert "Customer 1 left" in page


@pytest.mark.parametrize(
    ("items", "synced", "words", "href"),
    [
        ({}, (), "Next: Project", "/connections/1/mappings?type=Project"),
        ({}, ("Project",), "Next: List mapping", "/connections/1/lists"),
        ({"NO": 578}, ("Project",), "Next: Overview", "/connections/1"),
    ],
)
def test_once_nothing_is_left_of_a_type_the_page_leads_on(
    app: Flask, admin: Visitor, items: dict[str, int], synced: tuple[str, ...], words: str, href: str
) -> None:
    country = FieldSettings("COUNTRY", "contact/country", Direction.BOTH, items=items)
    types = (TypeSettings("Customer", True, (NAME, country)), *(TypeSettings(each, True) for each in synced))
    configured(app, schema=make_linked_schema(), configuration=Configuration(types))

    page = admin.get(PAGE).text
    assert re.search(rf'<a href="{re.escape(href)}"[^>]*>{words}</a>', page)
    typed = form_fields(page) | {"tab:LIMIT": "on", "leave": "/"}
    assert "Next: " not in admin.post(PAGE, typed).text, "what was typed is not saved yet"


def test_what_is_wrong_since_it_was_saved_is_said_at_its_row(app: Flask, admin: Visitor) -> None:
    to_superoffice = FieldSettings("PHONE", "contact/phone", Direction.TO_SUPEROFFICE)
    prepare(app, NAME, to_superoffice)
    with app.app_context(), writing():
        elsewhere = make_linked_schema(mapped_elsewhere={"Contact/contact/phone": "Warehouse"})
        merge_schema(db.session.get_one(Connection, 1), elsewhere)
        db.session.commit()

    assert admin.get(PAGE).text.count("Warehouse fills this SuperOffice field already") == 1
    assert save(admin, {"tab:LIMIT": "on"}).status_code == 200, "the row that nobody has touched keeps nobody waiting"


def test_suggestions_are_shown_and_nothing_is_saved_before_save(app: Flask, admin: Visitor) -> None:
    prepare(app, synced=False)
    assert re.search(r'class="button button-main"[^>]*value="suggest"', admin.get(PAGE).text)

    shown = admin.post(PAGE, form_fields(admin.get(PAGE).text) | {"action": "suggest", "tab:LIMIT": "on"})
    assert "None of them is saved yet." in shown.text
    assert not settings(app).field("NAME").is_mapped
    assert "Suggested: SuperOffice&#39;s default" in shown.text
    assert "Suggested: “Customer group” means “Category”" in shown.text
    typed = form_fields(shown.text)
    assert typed["field:NAME"] == "contact/name"
    assert "tab:LIMIT" in typed, "what was typed before stays"


def test_suggestions_are_saved_but_for_those_that_are_not_ticked_and_taken_back_in_one_step(
    app: Flask, admin: Visitor
) -> None:
    prepare(app, synced=False)
    typed = form_fields(admin.post(PAGE, form_fields(admin.get(PAGE).text) | {"action": "suggest"}).text)
    assert typed.pop("take:EMAIL") == "1"

    saved = admin.post(PAGE, typed | {"action": "save"}, follow_redirects=True)
    assert "of them were suggested." in saved.text
    assert settings(app).is_synced
    assert settings(app).field("NAME").is_mapped
    assert not settings(app).field("EMAIL").is_mapped

    undo = re.search(r'action="(/connections/1/mappings/undo[^"]+)"', saved.text)
    assert undo is not None
    taken_back = admin.post(undo[1].replace("&amp;", "&"), follow_redirects=True).text
    assert "The suggested mappings are taken back." in taken_back
    assert not settings(app).field("NAME").is_mapped
    assert not settings(app).is_synced, "as it was before"


def test_what_people_look_for_is_suggested_for_the_search_where_the_connector_can_search_by_it(
    app: Flask, admin: Visitor
) -> None:
    prepare(app, FieldSettings("CUSTNO", show_in_search=True))
    typed = form_fields(admin.post(PAGE, form_fields(admin.get(PAGE).text) | {"action": "suggest"}).text)
    assert {name for name in typed if name.startswith("search:")} == {"search:CUSTNO", "search:NAME"}

    saved = admin.post(PAGE, typed | {"action": "save"}, follow_redirects=True).text
    assert settings(app).field("NAME").show_in_search
    undo = re.search(r'action="(/connections/1/mappings/undo[^"]+)"', saved)
    assert undo is not None
    admin.post(undo[1].replace("&amp;", "&"))
    assert not settings(app).field("NAME").show_in_search
    assert settings(app).field("CUSTNO").show_in_search, "it was before"
    assert settings(app).is_synced, "it was before"


def test_a_suggestion_that_is_not_ticked_is_not_in_the_search_either(app: Flask, admin: Visitor) -> None:
    prepare(app)
    typed = form_fields(admin.post(PAGE, form_fields(admin.get(PAGE).text) | {"action": "suggest"}).text)
    typed.pop("take:NAME")

    admin.post(PAGE, typed | {"action": "save"})

    assert not settings(app).field("NAME").show_in_search


def test_suggestions_are_undone_before_they_are_saved(app: Flask, admin: Visitor) -> None:
    prepare(app, NAME)
    typed = form_fields(admin.post(PAGE, form_fields(admin.get(PAGE).text) | {"action": "suggest"}).text)

    undone = form_fields(admin.post(PAGE, typed | {"action": "undo", "tab:LIMIT": "on"}).text)
    assert undone["field:EMAIL"] == ""
    assert undone["field:NAME"] == "contact/name", "what was mapped before stays"
    assert "tab:LIMIT" in undone


def test_of_a_row_that_two_have_changed_both_versions_are_shown_and_the_second_save_decides(
    app: Flask, admin: Visitor
) -> None:
    prepare(app, NAME)
    page = form_fields(admin.get(PAGE).text)
    save(admin, {"direction:NAME": "to_erp", "tab:LIMIT": "on"})

    answer = admin.post(PAGE, page | {"direction:NAME": "to_superoffice", "search:EMAIL": "on", "action": "save"})
    assert answer.status_code == 409
    assert "Somebody else has changed these rows" in answer.text
    assert "It is now: To the ERP, Name." in answer.text
    again = form_fields(answer.text)
    assert again["direction:NAME"] == "to_superoffice"
    assert "tab:LIMIT" in again, "what only the other has changed is there"
    assert admin.post(PAGE, again | {"action": "save"}).status_code == 303
    assert settings(app).field("NAME").direction == Direction.TO_SUPEROFFICE


def test_what_is_gone_is_marked_and_kept_until_it_is_cleared(app: Flask, admin: Visitor) -> None:
    gone = ActorField("OLD", "Old number", is_missing=True, missing_since="2026-11-24T06:00:00+00:00")
    customer = replace(CUSTOMER, fields=(*CUSTOMER.fields, gone))
    old, vanished = FieldSettings("OLD", "contact/number1", Direction.BOTH), FieldSettings("LIMIT", "contact/udef/gone")
    types = (TypeSettings("Customer", True, (NAME, old, vanished)),)
    configured(app, schema=make_linked_schema(customer), configuration=Configuration(types))

    page = admin.get(PAGE).text
    assert "The ERP does not have this field any more. Noticed on 24 November 2026 at " in page
    assert "SuperOffice does not have the field contact/udef/gone any more." in page
    assert "Gone from the ERP or from SuperOffice: Old number, Credit limit." in admin.get("/connections/1").text
    save(admin, {"tab:EMAIL": "on"})
    assert settings(app).field("OLD").crm_key == "contact/number1"
    save(admin, {"field:OLD": "", "direction:OLD": "none", "field:LIMIT": ""})
    assert settings(app).field("OLD").crm_key == ""


def test_markup_and_odd_names_of_an_erp_are_texts(app: Flask, admin: Visitor) -> None:
    odd = [ActorType(f'<b>"{n}"&', (ActorField("K<&'\"", "<script>alert(1)</script>"),)) for n in range(40)]
    configured(app, schema=make_schema(*odd))

    page = admin.get("/connections/1/mappings").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert page.count("not synced") >= 40
    assert "SuperOffice does not synchronise this actor type." in page


def test_a_real_record_stands_beside_the_fields_and_no_secret_does(
    app: Flask, admin: Visitor, practice_url: str
) -> None:
    connection_id = make_practice_customers(app, practice_url)
    page = f"/connections/{connection_id}/mappings?type=Customer"

    assert 'hx-trigger="load"' in admin.get(page).text
    part = admin.htmx(f"/connections/{connection_id}/mappings/example?type=Customer").text
    assert "Example:" in part
    first = re.findall(r'<hx-partial hx-target="#([^"]+)"[^>]*>([^<]+)<', part)
    assert len(first) > 3
    without_script = admin.post(page, form_fields(admin.get(page).text) | {"action": "example", "example": "1"}).text
    assert "Another example" in without_script
    assert 'hx-trigger="load"' not in without_script


def test_without_fields_the_page_says_why_and_reads_them(app: Flask, admin: Visitor) -> None:
    connection_id = make_connection(app, make_connector(app, "Visma"), "Acme Norway")

    page = admin.get(f"/connections/{connection_id}/mappings").text
    assert "The fields of the ERP are not known yet" in page
    assert "Read them now" in page


def test_a_reader_reads_and_changes_nothing(app: Flask, admin: Visitor) -> None:
    prepare(app, NAME)
    reader = sign_in(app, "Rita Reader", role=Role.READER)

    page = reader.get(PAGE).text
    assert "Mandatory: choose a field" in page
    assert ">Save<" not in page
    assert len(re.findall(r"<(?:input|select)[^>]+(?:checkbox|radio|select)[^>]*>", page)) == len(
        re.findall(r"<(?:input|select)[^>]+(?:checkbox|radio|select)[^>]* disabled[^>]*>", page)
    )
    assert reader.post(PAGE, {"action": "save"}).status_code == 403


def test_a_form_that_no_page_has_sent_changes_nothing(app: Flask, admin: Visitor) -> None:
    prepare(app, NAME)

    for base in ("", "[1]", "{"):
        admin.post(PAGE, {"base": base, "action": "save", "field:NAME": "", "direction:NAME": "none"})
    assert settings(app).field("NAME") == NAME


def test_five_hundred_fields_are_one_page(app: Flask, admin: Visitor) -> None:
    many = ActorType("Customer", tuple(ActorField(f"F{n}", f"Field {n}") for n in range(500)))
    configured(app, schema=make_linked_schema(many, EMPLOYEE))

    assert admin.get(PAGE).text.count('<fieldset class="direction"') == 500
    assert save(admin, {"tab:F499": "on"}).status_code == 200
    assert settings(app).field("F499").show_in_tab


def test_a_field_that_superoffice_has_mapped_by_itself_is_suggested_its_direction(app: Flask, admin: Visitor) -> None:
    prepare(app, replace(NAME, direction=Direction.NONE))

    typed = form_fields(admin.post(PAGE, form_fields(admin.get(PAGE).text) | {"action": "suggest"}).text)
    assert (typed["field:NAME"], typed["direction:NAME"], typed["take:NAME"]) == ("contact/name", "both", "1")
    typed.pop("take:NAME")
    admin.post(PAGE, typed | {"action": "save"})
    assert settings(app).field("NAME") == replace(NAME, direction=Direction.NONE)


def test_what_somebody_has_changed_meanwhile_is_not_taken_back(app: Flask, admin: Visitor) -> None:
    prepare(app, synced=False)
    typed = form_fields(admin.post(PAGE, form_fields(admin.get(PAGE).text) | {"action": "suggest"}).text)
    saved = admin.post(PAGE, typed | {"action": "save"}, follow_redirects=True).text
    undo = re.search(r'action="(/connections/1/mappings/undo[^"]+)"', saved)
    assert undo is not None

    save(admin, {"direction:NAME": "to_erp"})
    answer = admin.post(undo[1].replace("&amp;", "&"), follow_redirects=True).text
    assert "1 row stays as it is: somebody has changed it meanwhile." in answer
    assert not settings(app).field("EMAIL").is_mapped
    assert settings(app).field("NAME").direction == Direction.TO_ERP
