"""What somebody has changed in SuperOffice stands on the connection's page, and is taken or written over there."""

from __future__ import annotations

import re

from tests.factories import Visitor, form_fields
from tests.functional.superoffice.configuration.configuring import TO_SUPEROFFICE, Configuring
from wizard.domain.configuration import Direction
from wizard.services.configuration import compare_there

PAGE = "/connections/1"


def differ(sides: Configuring, admin: Visitor) -> str:
    """A direction and the shown fields are changed in SuperOffice; the connection's page after Compare now."""
    sides.set("Customer", Name={"direction": TO_SUPEROFFICE})
    sides.write()
    sides.change_there("Name", SyncToErp=True)
    sides.change_there("CreditLimit", ShowInGui=True)
    admin.post(f"{PAGE}/superoffice/compare")
    return admin.get(PAGE).text


def choose(admin: Visitor, **form: str) -> str:
    version = form_of(admin.get(PAGE).text)["version"]
    return admin.post(f"{PAGE}/same", {"version": version, **form}, follow_redirects=True).text


def form_of(page: str) -> dict[str, str]:
    found = re.search(r'<form method="post" action="/connections/1/same"[^>]*>.*?</form>', page, re.S)
    assert found is not None, page
    return form_fields(found[0])


def test_each_row_says_what_is_here_and_what_is_there(sides: Configuring, admin: Visitor) -> None:
    page = differ(sides, admin)

    assert "2 rows of the configuration differ from SuperOffice" in page
    assert "Nothing differs from SuperOffice" not in page
    assert "Mappings: Customer, Name" in page
    assert "To SuperOffice, Company name" in page
    assert "Both ways, Company name" in page


def test_theirs_is_taken_for_one_row_and_ours_is_written_for_the_other(sides: Configuring, admin: Visitor) -> None:
    differ(sides, admin)

    chosen = {"choice.mappings/Customer/Name": "theirs", "choice.mappings/Customer/CreditLimit": "ours"}
    page = choose(admin, **chosen)

    assert "1 row is taken from SuperOffice." in page
    assert "differ from SuperOffice" not in page
    assert sides.here.type("Customer").field("Name").direction == Direction.BOTH
    assert not sides.there("CreditLimit")["ShowInGui"]
    assert sides.there("Name")["SyncToErp"]


def test_ours_is_written_for_all(sides: Configuring, admin: Visitor) -> None:
    differ(sides, admin)

    page = choose(admin, all="ours")

    assert "SuperOffice has it too." in page
    assert not sides.there("Name")["SyncToErp"]


def test_ours_waits_while_superoffice_does_not_answer_and_it_says_why(sides: Configuring, admin: Visitor) -> None:
    differ(sides, admin)
    sides.host.plan("unavailable", "SaveActorTypeMapping", None)

    page = choose(admin, all="ours")

    assert "SuperOffice does not have it yet. It is tried again automatically." in page
    assert "503" in page
    assert sides.there("Name")["SyncToErp"]


def test_without_a_choice_or_after_another_change_nothing_is_done(sides: Configuring, admin: Visitor) -> None:
    version = form_of(differ(sides, admin))["version"]
    assert "Choose at least one value first." in choose(admin)

    sides.set("Customer", Name={"direction": Direction.NONE})
    answer = admin.post(f"{PAGE}/same", {"version": version, "all": "ours"}, follow_redirects=True)
    assert "One of the two sides has changed meanwhile." in answer.text
    assert sides.there("Name")["SyncToErp"]


def test_lists_defaults_and_the_order_are_said_in_words_too(sides: Configuring, admin: Visitor) -> None:
    sides.set("Customer", Name={"direction": TO_SUPEROFFICE})
    sides.write()
    admin.post(f"{PAGE}/fields")
    field_id = sides.there("Town")["ErpFieldId"]
    there = {"ErpConnectionId": sides.both.there_id}
    move = {"ErpFieldId": field_id, "Direction": -1, "ErpActorType": "Customer", **there}
    sides.api.agent("ErpSync/MoveErpFieldItem", move)
    lists = sides.api.agent("ErpSync/GetConnectionListMappings", there)
    lists["ErpListItemMappings"][0]["ErpCrmListItemMappings"][0]["CrmListItem"] = {"Id": 1}
    sides.api.agent("ErpSync/SaveConnectionListMappings", {"ListMapping": lists})
    default = sides.default_there("InvoiceLanguage") | {"PromptUser": True, "Mandatory": True}
    sides.api.agent("ErpSync/SaveDefaultValueInfo", {"ErpSyncDefaultValue": default})
    mapping = sides.mapping("Supplier") | {"IsActive": True}
    sides.api.agent("ErpSync/SaveActorTypeMapping", {"Mapping": mapping})
    sides.both.read(lambda row: compare_there(row, every_default=True))

    page = admin.get(PAGE).text
    for words in (
        "Rank Fields: Customer",
        "List mapping: Customer, Country",
        "Defaults: Customer, Invoice language",
        "Ask user for value, Mandatory",
        "(No Selection)",
        "Mappings: Supplier",
    ):
        assert words in page, words
    assert " → " in page


def test_with_another_list_of_superoffice_its_items_are_taken_too(sides: Configuring, admin: Visitor) -> None:
    """The numbers that are here would be those of other items."""
    sides.set("Customer", Category={"crm_key": "contact/category", "direction": Direction.BOTH})
    admin.post(f"{PAGE}/fields")
    admin.send(f"{PAGE}/lists?type=Customer&field=Category", {"action": "save"})
    sides.change_there("Category", CrmFieldKey="contact/business")
    admin.post(f"{PAGE}/superoffice/compare")
    before = sides.here.type("Customer").field("Category").items
    there = sides.items_there("Category")
    assert before != there

    choices = {"choice.mappings/Customer/Category": "theirs", "choice.lists/Customer/Category": "ours"}
    page = choose(admin, **choices)

    assert "2 rows are taken from SuperOffice." in page
    assert "differ from SuperOffice" not in page
    found = sides.here.type("Customer").field("Category")
    assert (found.crm_key, dict(found.items)) == ("contact/business", there)
    assert sides.items_there("Category") == there
