"""What is to be done in SuperOffice: the steps that are ticked, what changes after that, and what lists say of it."""

from __future__ import annotations

import pytest
from lxml import html

from tests.factories import Visitor, form_fields, make_connection, make_connector, make_users, row_of, says, sign_in
from tests.steps import save
from wizard.domain.accounts import Role
from wizard.domain.next_steps import NextStep
from wizard.models import ScopeEntry


def tick(admin: Visitor, step: str, connection: int = 1) -> str:
    """Presses the button of a step that is not done; the page afterwards."""
    page = f"/connections/{connection}"
    form = {"done": "1", "versions": form_fields(admin.get(page).text)["versions"]}
    return admin.post(f"{page}/steps/{step}", form, follow_redirects=True).text


def untick(admin: Visitor, step: str) -> str:
    return admin.post(f"/connections/1/steps/{step}", follow_redirects=True).text


def edit(admin: Visitor, **typed: str) -> str:
    """Changes the saved connection; the page afterwards."""
    page = str(admin.post("/connections/1/edit").location)
    admin.send(page, {**typed, "action": "test"})
    return admin.send(page, {"action": "ok"}).text


def pressed(page: str) -> dict[str, bool]:
    """Which steps are ticked."""
    buttons = html.fromstring(page).xpath("//button[@class='tick']")
    return {each.get("id").removeprefix("step-"): each.get("aria-pressed") == "true" for each in buttons}


def changes(page: str) -> str:
    return says(page.partition('id="changes"')[2].partition("</section>")[0].join(("<main>", "</main>")))


def test_the_end_of_a_setup_lists_the_steps_in_the_names_of_superoffice(admin: Visitor, practice_url: str) -> None:
    done = save(admin, practice_url).replace("/connection", "/done")

    page = says(admin.get(done).text)

    for text in (
        "Mappings",
        "List mapping",
        "Defaults",
        "Rank Fields",
        "Set Sync Priority Which connection goes first when there is much to synchronise.",
        "Import from ERP",
        "Activate it Configure ERP connection: tick Active, press Test ERP connection, then OK.",
        "Turn on automatic sync",
        "Then press Test ERP connection, then OK.",
    ):
        assert text in page


@pytest.mark.parametrize(("language", "folder"), [("en", "en"), ("nb", "no"), ("de", "de")])
def test_each_step_leads_to_its_page_of_the_help_in_a_new_tab(admin: Visitor, language: str, folder: str) -> None:
    make_connection(admin.app, make_connector(admin.app))
    admin.language = language

    links = html.fromstring(admin.get("/connections/1").text).xpath("//ol[@class='tasks']//p/a")

    assert len(links) == len(NextStep)
    assert links[2].get("href") == f"https://docs.superoffice.com/{folder}/erp/admin/configure.html#list-mapping"
    assert {(each.get("target"), each.get("rel")) for each in links} == {("_blank", "noopener noreferrer")}


def test_a_ticked_step_stays_ticked_with_who_and_when_until_it_is_taken_back(admin: Visitor) -> None:
    make_connection(admin.app, make_connector(admin.app))

    page = tick(admin, "mappings")
    assert pressed(page)["mappings"]
    assert "Ingrid Berg said so today at" in says(page)
    assert not any(pressed(untick(admin, "mappings")).values())


def test_after_the_last_step_nothing_that_is_needed_is_left(admin: Visitor) -> None:
    make_connection(admin.app, make_connector(admin.app), "Acme")

    before, *_, after = [tick(admin, step) for step in NextStep]

    assert "All that is needed is done." not in says(before)
    assert "All that is needed is done." in says(after)


def test_ticks_are_in_the_activity_list_by_the_name_of_the_step(admin: Visitor) -> None:
    make_connection(admin.app, make_connector(admin.app), "Acme")
    tick(admin, "rank")
    untick(admin, "rank")

    page = says(admin.get("/activity/").text)

    assert "Ticked a step in SuperOffice: Acme Rank Fields" in page
    assert "Took back the tick of a step in SuperOffice: Acme Rank Fields" in page


def test_the_state_in_the_list_follows_the_ticks(admin: Visitor) -> None:
    make_connection(admin.app, make_connector(admin.app), "Acme")
    assert row_of(admin.get("/").text, "Acme").startswith("Not yet Not entered in SuperOffice yet Acme")

    tick(admin, "enter")
    assert row_of(admin.get("/").text, "Acme").startswith("Not yet Entered, not active yet Acme")

    tick(admin, "activate")
    assert row_of(admin.get("/").text, "Acme").startswith("Yes Ingrid Berg said so today at")


def test_what_is_active_counts_as_entered_and_what_is_not_entered_as_not_active(admin: Visitor) -> None:
    make_connection(admin.app, make_connector(admin.app))

    active = pressed(tick(admin, "activate"))
    gone = pressed(untick(admin, "enter"))

    assert (active["enter"], active["activate"]) == (True, True)
    assert (gone["enter"], gone["activate"]) == (False, False)


def test_an_edit_ends_with_what_to_change_in_superoffice(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)
    tick(admin, "enter")

    page = edit(admin, **{"cf:Company": "ACME-SE", "name": "Acme Sweden"})

    assert "Acme Sweden is saved." in page
    assert "Name Acme Norway Acme Sweden" in changes(page)
    assert "Company code ACME-NO ACME-SE" in changes(page)
    assert "Scope" not in changes(page)
    assert "Change it in SuperOffice too" in row_of(admin.get("/").text, "Acme Sweden")


def test_a_change_that_was_made_in_superoffice_is_no_longer_listed(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)
    tick(admin, "enter")
    edit(admin, name="Acme Sweden")

    page = tick(admin, "enter")

    assert 'id="changes"' not in page
    assert "Change it in SuperOffice too" not in admin.get("/").text


def test_a_changed_secret_is_named_and_not_shown(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url, **{"cf:ApiPassword": "practice"})
    tick(admin, "enter")
    edit(admin, **{"cf:ApiPassword": "an0ther one", "cf:Outcome": "warning"})

    page = admin.get("/connections/1").text

    assert "an0ther one" not in page
    if "API password" in changes(page):
        assert "API password Changed. Not shown here: enter the new one." in changes(page)


def test_the_values_before_an_edit_are_known_even_if_nobody_has_ticked_them(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)

    page = edit(admin, name="Acme Sweden")

    assert "If the connection is there already: these values are others now." in changes(page)
    assert "Name Acme Norway Acme Sweden" in changes(page)


def test_a_connector_that_is_changed_has_to_be_changed_in_superoffice_too(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)
    tick(admin, "enter")
    page = str(admin.post("/connectors/1/edit").location)

    admin.send(page, {"name": "Visma", "action": "continue"})

    assert "Sync Connector name Practice Visma" in changes(admin.get("/connections/1").text)


def test_a_scope_in_another_order_is_no_change(admin: Visitor) -> None:
    make_users(admin.app, "Anna", "Bob")
    entries = [ScopeEntry(user_id=2), ScopeEntry(user_id=1)]
    make_connection(admin.app, make_connector(admin.app), all_access=False, scope_entries=entries)

    assert 'id="changes"' not in tick(admin, "enter")


def test_values_that_have_changed_since_the_page_was_opened_are_not_ticked(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)
    seen = form_fields(admin.get("/connections/1").text)["versions"]
    edit(admin, name="Acme Sweden")

    answer = admin.post("/connections/1/steps/enter", {"done": "1", "versions": seen}, follow_redirects=True)

    assert "The values have changed since this page was opened." in answer.text
    assert not pressed(answer.text)["enter"]


def test_a_tick_returns_to_the_page_and_the_button_that_were_used(admin: Visitor, practice_url: str) -> None:
    done = save(admin, practice_url).replace("/connection", "/done")
    form = {"csrf_token": admin.token, "done": "1"}

    answer = admin.client.post("/connections/1/steps/rank", data=form, headers={"Referer": f"http://localhost{done}"})

    assert answer.location == f"{done}#step-rank"


def test_readers_see_the_state_and_cannot_tick(admin: Visitor) -> None:
    make_connection(admin.app, make_connector(admin.app), "Acme")
    reader = sign_in(admin.app, "Ola", role=Role.READER)

    assert "Not entered in SuperOffice yet" in row_of(reader.get("/").text, "Acme")
    assert 'href="/connectors/1"' not in reader.get("/").text
    page = reader.get("/connections/1")
    assert page.status_code == 200
    assert not {"Sheet of all values", "Delete", "Edit"} & set(html.fromstring(page.text).xpath("//main//text()"))
    assert reader.post("/connections/1/steps/rank", {"done": "1"}).status_code == 403


@pytest.mark.parametrize("path", ["/connections/7/steps/rank", "/connections/1/steps/dance", "/connections/1/steps/x"])
def test_an_unknown_step_or_connection_is_a_page_that_says_so(admin: Visitor, path: str) -> None:
    make_connection(admin.app, make_connector(admin.app))

    assert admin.post(path, {"done": "1"}).status_code == 404


def test_deleting_says_what_to_delete_in_superoffice(admin: Visitor) -> None:
    connector = make_connector(admin.app, "Visma")
    for name in ("Acme", "Beta"):
        make_connection(admin.app, connector, name)
    tick(admin, "enter")

    entered = admin.post("/connections/1/delete", follow_redirects=True).text
    other = admin.post("/connections/2/delete", follow_redirects=True).text
    connector_too = admin.post("/connectors/1/delete", follow_redirects=True).text

    assert "Delete it in SuperOffice too: tab Sync, ERP connections, Delete." in entered
    assert "If it is in SuperOffice too, delete it there: tab Sync, ERP connections, Delete." in other
    assert "If it is in SuperOffice too, delete it there: tab Sync, Sync Connectors, Delete." in connector_too


def test_a_deleted_connection_is_still_in_superoffice_until_the_tick_is_taken_off(admin: Visitor) -> None:
    make_connection(admin.app, make_connector(admin.app), "Acme")
    tick(admin, "enter")
    admin.post("/connections/1/delete")
    assert "Still in SuperOffice" in row_of(admin.get("/?nd=1").text, "Acme")
    assert "Delete it in SuperOffice too" in admin.get("/connections/1").text

    untick(admin, "enter")

    assert "Not in SuperOffice" in row_of(admin.get("/?nd=1").text, "Acme")
