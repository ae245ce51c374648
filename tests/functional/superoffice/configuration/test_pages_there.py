"""What a page of the configuration saves, and what it says of SuperOffice."""

from __future__ import annotations

from tests.factories import Visitor, form_fields, says
from tests.functional.superoffice.configuration.configuring import BOTH_WAYS, Configuring


def test_a_list_is_in_superoffice_once_its_page_is_saved(sides: Configuring, admin: Visitor) -> None:
    sides.set("Customer", Category={"crm_key": "contact/category", "direction": BOTH_WAYS})
    url = f"/connections/{sides.both.connection_id}"
    admin.post(f"{url}/fields")

    page = admin.send(f"{url}/lists?type=Customer&field=Category", {"action": "save"})

    assert "The list is saved. SuperOffice has it too." in page.text
    assert sides.items_there("Category") == sides.here.type("Customer").field("Category").mapped_items != {}


def test_a_default_is_in_superoffice_once_it_is_saved_and_waits_while_it_does_not_answer(
    sides: Configuring, admin: Visitor
) -> None:
    sides.set("Customer")
    url = f"/connections/{sides.both.connection_id}"
    admin.post(f"{url}/fields")
    form = f"{url}/defaults/value?type=Customer&field=PaymentTerms"
    items = form_fields(admin.get(form).text)

    page = admin.post(form, items | {"cf:PaymentTerms": "30", "action": "save"}, follow_redirects=True)

    assert "SuperOffice has it too." in page.text
    assert sides.default_there("PaymentTerms")["FirstSyncDefaultValue"] == "30"
    sides.host.plan("unavailable", times=None)
    page = admin.post(form, form_fields(admin.get(form).text) | {"ask": "1", "action": "save"}, follow_redirects=True)
    assert "SuperOffice does not have it yet. It is tried again automatically." in page.text


def test_what_superoffice_refuses_is_named_in_its_own_words(sides: Configuring, admin: Visitor) -> None:
    sides.set("Customer")
    url = f"/connections/{sides.both.connection_id}"
    admin.post(f"{url}/fields")
    form = f"{url}/defaults/value?type=Customer&field=PaymentTerms"
    sides.host.plan("refused", "SaveDefaultValueInfo")

    page = admin.post(form, form_fields(admin.get(form).text) | {"cf:PaymentTerms": "30"}, follow_redirects=True)

    assert "The default value of Payment terms is saved." in page.text
    assert "SuperOffice refused Payment terms: " in page.text
    assert "SuperOffice has it too." not in page.text


def test_superoffice_has_of_each_field_what_the_page_mappings_shows(sides: Configuring, admin: Visitor) -> None:
    page = f"/connections/{sides.both.connection_id}/mappings?type=Customer"
    admin.get(page)
    suggested = form_fields(admin.post(page, form_fields(admin.get(page).text) | {"action": "suggest"}).text)
    saved = admin.post(page, suggested | {"action": "save", "tab:CreditLimit": "on"}, follow_redirects=True).text
    assert "SuperOffice has it too." in saved

    shown, there = form_fields(saved), sides.mapping()
    assert there["IsActive"] == ("sync" in shown)
    assert sum(each["SyncToCrm"] for each in there["FieldMappings"]) > 5
    for each in there["FieldMappings"]:
        key = each["ErpFieldKey"]
        assert (each["CrmFieldKey"] or "") == shown.get(f"field:{key}", "")
        assert each["SyncToCrm"] == (shown[f"direction:{key}"] in ("to_superoffice", "both")), key
        assert each["SyncToErp"] == (shown[f"direction:{key}"] in ("to_erp", "both")), key
        assert (each["ShowInGui"], each["ShowInSearch"]) == (f"tab:{key}" in shown, f"search:{key}" in shown)


def test_of_a_field_that_goes_to_another_list_superoffice_keeps_no_item_of_the_first_one(
    sides: Configuring, admin: Visitor
) -> None:
    sides.set("Customer", Category={"crm_key": "contact/category", "direction": BOTH_WAYS})
    url = f"/connections/{sides.both.connection_id}"
    admin.post(f"{url}/fields")
    admin.send(f"{url}/lists?type=Customer&field=Category", {"action": "save"})
    assert sides.items_there("Category") != {}

    page = admin.send(f"{url}/mappings?type=Customer", {"field:Category": "contact/business", "action": "save"})

    assert "SuperOffice has it too." in page.text
    assert sides.there("Category")["CrmFieldKey"] == "contact/business"
    assert sides.items_there("Category") == {}


def test_where_superoffice_refuses_a_row_the_connection_does_not_say_that_nothing_is_left(
    sides: Configuring, admin: Visitor
) -> None:
    sides.set("Customer", Name={"direction": BOTH_WAYS}, Country={"direction": BOTH_WAYS, "items": {"NO": 578}})
    url = f"/connections/{sides.both.connection_id}"
    admin.post(f"{url}/fields")
    sides.host.plan("refused", "SaveActorTypeMapping", times=None)

    admin.send(f"{url}/mappings?type=Customer", {"tab:Town": "on", "action": "save"})

    words = says(admin.get(url).text)
    assert "1 part needs something before it can be activated." in words
    assert "Nothing is left" not in words


def test_why_it_does_not_become_active_again_is_said_of_the_connection(sides: Configuring, admin: Visitor) -> None:
    sides.activate()
    url = f"/connections/{sides.both.connection_id}"
    admin.post(f"{url}/fields")
    form = f"{url}/defaults/value?type=Customer&field=PaymentTerms"
    sides.host.behaviour.toggle_reasons = ("The licence has ended.",)

    page = admin.post(form, form_fields(admin.get(form).text) | {"cf:PaymentTerms": "30"}, follow_redirects=True)

    assert "SuperOffice refused Norge: The licence has ended." in page.text
    assert "Norge: SuperOffice refuses it: The licence has ended." in says(admin.get(url).text)


def test_a_row_that_superoffice_has_kept_otherwise_is_named_before_the_activation(
    sides: Configuring, admin: Visitor
) -> None:
    sides.set("Customer")
    url = f"/connections/{sides.both.connection_id}"
    admin.post(f"{url}/fields")
    sides.change_state(refused={"Customer": {"Town": ""}})

    page = says(admin.get(url).text)

    assert "Town : SuperOffice has kept something else." in page
