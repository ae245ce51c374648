"""What somebody else, another tab or the Back button did meanwhile does no harm in the middle of a step."""

from __future__ import annotations

import pytest

from tests.factories import (
    ForgetfulQueue,
    InlineQueue,
    Visitor,
    form_fields,
    in_app,
    make_connection,
    make_connector,
    make_users,
    sign_in,
)
from tests.steps import RIGHT, connections, connectors, open_step_2, open_step_3, save
from wizard.extensions import db
from wizard.models import Account, CheckRun, Connection, Connector
from wizard.models.columns import now
from wizard.models.database import writing


def test_a_connector_deleted_while_step_3_is_open_has_to_be_chosen_anew_and_nothing_typed_is_lost(
    admin: Visitor, practice_url: str
) -> None:
    page = open_step_3(admin, practice_url)
    fields = form_fields(admin.get(page).text) | RIGHT
    admin.post("/connectors/1/delete")

    answer = admin.post(page, fields | {"action": "test"})

    assert answer.status_code == 422
    assert "Choose a connector." in answer.text
    assert form_fields(answer.text)["name"] == "Acme Norway"
    admin.post("/connectors/1/restore")
    assert form_fields(admin.get(page).text)["cf:Company"] == "ACME-NO"


def test_ok_for_a_connector_deleted_meanwhile_saves_nothing(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    admin.send(page, RIGHT | {"action": "test"})
    fields = form_fields(admin.get(page).text)
    admin.post("/connectors/1/delete")

    answer = admin.post(page, fields | {"action": "ok"})

    assert answer.status_code == 422
    assert connections(admin) == []


def test_a_connector_deleted_while_it_is_edited_is_told_and_comes_back_when_saved_again(
    admin: Visitor, practice_url: str
) -> None:
    make_connector(admin.app, "Visma", practice_url)
    page = str(admin.post("/connectors/1/edit").location)
    admin.send(page, {"name": "Visma North", "action": "check"})
    admin.post("/connectors/1/delete")

    told = admin.send(page, {"action": "continue"})

    assert told.status_code == 409
    assert "Somebody else has changed this meanwhile" in told.text
    assert "not deleted" in told.text
    assert form_fields(told.text)["name"] == "Visma North"
    assert admin.send(page, {"action": "continue"}).request.path == "/"
    assert [(each.name, each.deleted_at) for each in connectors(admin)] == [("Visma North", None)]


def test_a_guide_whose_connector_was_deleted_can_register_it_again(admin: Visitor, practice_url: str) -> None:
    page = open_step_2(admin)
    admin.send(page, {"name": "Practice", "url": practice_url, "action": "continue"})
    admin.post("/connectors/1/delete")

    assert admin.send(page, {"action": "continue"}).status_code == 409
    again = admin.send(page, {"action": "continue"})

    assert again.request.path.endswith("/connection")
    assert form_fields(again.text)["connector_id"] == "1"


def test_a_connection_deleted_while_it_is_edited_is_told_and_comes_back_when_saved_again(
    admin: Visitor, practice_url: str
) -> None:
    save(admin, practice_url)
    page = str(admin.post("/connections/1/edit").location)
    admin.send(page, {"name": "Acme North", "action": "test"})
    admin.post("/connections/1/delete")

    told = admin.send(page, {"action": "ok"})

    assert told.status_code == 409
    assert "not deleted" in told.text
    assert form_fields(told.text)["name"] == "Acme North"
    assert "Acme North is saved." in admin.send(page, {"action": "ok"}).text
    assert [(each.name, each.deleted_at) for each in connections(admin)] == [("Acme North", None)]


@pytest.mark.parametrize("row", ["connectors", "connections"])
@pytest.mark.parametrize("deed", ["edit", "copy", "test", "check"])
def test_a_stale_list_does_not_open_or_test_what_is_deleted(
    admin: Visitor, practice_url: str, row: str, deed: str
) -> None:
    save(admin, practice_url)
    admin.post("/connections/1/delete")
    admin.post("/connectors/1/delete")

    assert admin.post(f"/{row}/1/{deed}").status_code == 404


def test_what_differs_is_shown_field_by_field_and_no_secret(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)
    make_users(admin.app, "Anna", groups=("Sales",))
    other = sign_in(admin.app, "Lars Nilsson")
    mine = str(admin.post("/connections/1/edit").location)
    theirs = str(other.post("/connections/1/edit").location)
    other.post(theirs.replace("/connection", "/scope"), {"group": "1", "done": "1"})
    other.send(theirs, {"cf:Company": "ACME-SE", "cf:VatRate": "12.5", "action": "test"})
    other.send(theirs, {"action": "ok"})

    admin.send(mine, {"cf:ApiPassword": "another", "cf:Outcome": "info", "action": "test"})
    admin.send(mine, {"cf:ApiPassword": "practice", "cf:Company": "ACME-DK", "action": "test"})
    told = admin.send(mine, {"action": "ok"})

    assert told.status_code == 409
    table = told.text.partition("<tbody>")[2].partition("</tbody>")[0]
    for text in ("Company code", "ACME-SE", "ACME-DK", "Scope", "Sales", "Everyone", "12.5"):
        assert text in table
    assert "practice" not in table.lower()
    assert "{" not in table


def test_a_draft_that_two_people_type_into_is_never_lost_without_a_word(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    other = sign_in(admin.app, "Lars Nilsson")
    seen = form_fields(other.get(page).text)
    admin.post(page + "/draft", form_fields(admin.get(page).text) | {"cf:ApiPassword": "mine"}, htmx=True)

    told = other.post(page + "/draft", seen | {"cf:ApiPassword": "theirs"}, htmx=True)

    assert told.status_code == 409
    assert "API password" in told.text
    assert "(not shown)" in told.text


def test_a_draft_that_differs_in_nothing_to_see_is_kept(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    other = sign_in(admin.app, "Lars Nilsson", "nl")
    seen = form_fields(other.get(page).text)
    fields = form_fields(admin.get(page).text) | {"name": "Acme"}
    admin.post(page + "/draft", fields, htmx=True)

    assert other.post(page + "/draft", seen | {"name": "Acme"}, htmx=True).status_code == 200


@pytest.mark.parametrize("path", ["fields", "draft", ""])
def test_each_way_to_send_step_3_tells_of_the_other_version(admin: Visitor, practice_url: str, path: str) -> None:
    page = open_step_3(admin, practice_url)
    other = sign_in(admin.app, "Lars Nilsson")
    seen = form_fields(other.get(page).text)
    admin.post(page + "/draft", form_fields(admin.get(page).text) | {"name": "By Ingrid"}, htmx=True)

    told = other.post(f"{page}/{path}".rstrip("/"), seen | {"name": "By Lars"})

    assert told.status_code == 409
    assert "By Ingrid" in told.text
    assert form_fields(told.text)["name"] == "By Lars"


@pytest.mark.parametrize("path", ["draft", ""])
def test_each_way_to_send_step_2_tells_of_the_other_version(admin: Visitor, path: str) -> None:
    page = open_step_2(admin)
    other = sign_in(admin.app, "Lars Nilsson")
    seen = form_fields(other.get(page).text)
    admin.post(page + "/draft", form_fields(admin.get(page).text) | {"name": "By Ingrid"}, htmx=True)

    told = other.post(f"{page}/{path}".rstrip("/"), seen | {"name": "By Lars"})

    assert told.status_code == 409
    assert "By Ingrid" in told.text
    assert form_fields(told.text)["name"] == "By Lars"


def test_a_conflict_names_no_button_that_its_page_lacks(admin: Visitor) -> None:
    page = str(admin.post("/setup/new").location)
    mine = form_fields(admin.get(page).text)
    sign_in(admin.app, "Lars Nilsson").send(page, {"erp": "Unit4"})

    told = admin.post(page + "/draft", mine | {"erp": "Visma.net"}, htmx=True)

    assert told.status_code == 409
    assert "it takes the place of theirs as soon as you go on with it" in told.text
    admin.post(page + "/draft", form_fields(told.text) | {"erp": "Visma.net"}, htmx=True)
    assert form_fields(admin.get(page).text)["erp"] == "Visma.net"


def test_a_draft_of_step_1_tells_of_the_other_version_in_words(admin: Visitor) -> None:
    page = str(admin.post("/setup/new").location)
    other = sign_in(admin.app, "Lars Nilsson")
    seen = form_fields(other.get(page).text)
    admin.post(page + "/draft", form_fields(admin.get(page).text) | {"erp": "Visma", "installed": "y"}, htmx=True)

    told = other.post(page + "/draft", seen | {"erp": "Unit4"}, htmx=True)

    assert told.status_code == 409
    for text in ("Visma", "Unit4", "<td>Yes</td>", "<td>No</td>"):
        assert text in told.text


def test_a_form_sent_while_another_form_of_the_row_is_being_saved_does_not_swap_its_values(
    admin: Visitor, practice_url: str
) -> None:
    save(admin, practice_url)
    other = sign_in(admin.app, "Lars Nilsson")
    mine = str(admin.post("/connections/1/edit").location)
    theirs = str(other.post("/connections/1/edit").location)
    admin.send(mine, {"name": "By Ingrid", "action": "test"})
    other.send(theirs, {"name": "By Lars", "action": "test"})
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)
    other.send(theirs, {"action": "ok"})
    admin.app.extensions["job_queue"] = InlineQueue(admin.app)

    told = admin.send(mine, {"action": "ok"})

    assert told.status_code == 409
    pending = in_app(admin.app, lambda: db.session.get(Connection, 1).pending)
    assert pending["name"] == "By Lars"


def begin_to_save(admin: Visitor, page: str, form: dict[str, str]) -> str:
    """Presses OK, but the connector is not told yet; the run that would."""
    admin.send(page, form | {"action": "test"})
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)
    admin.send(page, {"action": "ok"})
    admin.app.extensions["job_queue"] = InlineQueue(admin.app)
    saves = db.select(CheckRun.id).where(CheckRun.kind == "save").order_by(CheckRun.created_at.desc())
    return str(in_app(admin.app, lambda: db.session.scalar(saves)))


def test_a_connector_is_not_deleted_while_a_connection_is_being_saved_to_it(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)
    make_connector(admin.app, "Other", practice_url)
    admin.post("/connectors/2/check")
    page = str(admin.post("/connections/1/edit").location)
    admin.send(page, {"connector_id": "2", "action": "fields"})
    run = begin_to_save(admin, page, RIGHT)

    told = admin.post("/connectors/2/delete", follow_redirects=True)

    assert "Other is not deleted: the connection Acme Norway uses it." in told.text
    InlineQueue(admin.app).submit(run)
    assert [each.connector_id for each in connections(admin)] == [2]
    assert "Practice is deleted." in admin.post("/connectors/1/delete", follow_redirects=True).text


def test_who_is_in_the_scope_of_a_connection_that_is_being_saved_is_not_deleted(
    admin: Visitor, practice_url: str
) -> None:
    make_users(admin.app, "Anna", groups=("Sales",))
    page = open_step_3(admin, practice_url)
    admin.post(page.replace("/connection", "/scope"), {"user": "1", "group": "1", "done": "1"})
    begin_to_save(admin, page, RIGHT)

    for path, name in (("/users", "Anna"), ("/users/groups", "Sales")):
        told = admin.post(f"{path}/1/delete", follow_redirects=True)
        assert f"{name} is not deleted: the scope of Acme Norway needs it." in told.text


def test_what_is_deleted_between_the_form_and_its_saving_is_named(
    admin: Visitor, practice_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_users(admin.app, "Anna", groups=("Sales",))
    page = open_step_3(admin, practice_url)
    admin.post(page.replace("/connection", "/scope"), {"user": "1", "group": "1", "done": "1"})
    admin.send(page, RIGHT | {"action": "test"})
    admin.post("/users/groups/1/delete")
    monkeypatch.setattr("wizard.views.setups.connection.state.without_deleted", lambda scope: scope)

    told = admin.send(page, {"action": "ok"})

    assert told.status_code == 422
    assert "Deleted meanwhile: Sales. Look through the form and save again." in told.text
    monkeypatch.undo()
    assert admin.send(page, {"action": "ok"}).request.path.endswith("/done")


def test_two_connections_that_are_renamed_to_the_same_name_at_once_do_not_both_get_it(
    admin: Visitor, practice_url: str
) -> None:
    save(admin, practice_url)
    copy = str(admin.post("/connections/1/copy").location)
    admin.send(copy, RIGHT | {"name": "Acme Sweden", "action": "test"})
    admin.send(copy, {"action": "ok"})
    one, two = (str(admin.post(f"/connections/{number}/edit").location) for number in (1, 2))
    begin_to_save(admin, one, {"name": "Same"})

    told = admin.send(two, {"name": "same", "action": "ok"})

    assert told.status_code == 422
    assert "Another connection has this name" in told.text


def test_a_save_whose_name_was_taken_meanwhile_gives_the_form_back_and_tells_why_at_ok(
    admin: Visitor, practice_url: str
) -> None:
    save(admin, practice_url)
    page = str(admin.post("/connections/1/edit").location)
    run = begin_to_save(admin, page, {"name": "Same", "cf:Company": "ACME-SE"})
    make_connection(admin.app, 1, "Same", receipt={}, config={}, fields=[])

    InlineQueue(admin.app).submit(run)

    first = connections(admin)[0]
    assert (first.name, first.state, first.pending, first.config["Company"]) == (
        "Acme Norway",
        "saved",
        None,
        "ACME-NO",
    )
    assert form_fields(admin.get(page).text)["cf:Company"] == "ACME-SE"
    assert "Another connection has this name" in admin.send(page, {"action": "ok"}).text
    assert "Other is saved." in admin.send(page, {"name": "Other", "action": "ok"}).text


def test_a_form_whose_connection_is_saved_is_not_opened_again(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)
    page = str(admin.post("/connections/new").location)
    admin.send(page, {"connector_id": "1", "action": "fields"})
    admin.send(page, RIGHT | {"name": "Acme Sweden", "action": "test"})
    admin.send(page, {"action": "ok"})

    answer = admin.post(page.replace("/connection", "/restore"), follow_redirects=True)

    assert answer.request.path.endswith("/done")
    assert "Acme Sweden is saved" in answer.text


def test_a_name_taken_at_the_same_moment_leaves_the_form_of_step_2(
    admin: Visitor, practice_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_connector(admin.app, "Practice")
    monkeypatch.setattr("wizard.services.connectors.register.name_is_taken", lambda *_: False)
    page = open_step_2(admin)
    admin.send(page, {"name": "Practice", "url": practice_url, "action": "check"})

    answer = admin.send(page, {"action": "continue"})

    assert answer.status_code == 422
    assert "Another connector has this name" in answer.text
    assert form_fields(answer.text)["url"] == practice_url


def test_a_name_taken_at_the_same_moment_leaves_the_form_of_step_3(
    admin: Visitor, practice_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(admin, practice_url)
    monkeypatch.setattr("wizard.services.connections.save.name_is_taken", lambda *_: False)
    copy = str(admin.post("/connections/1/copy").location)
    admin.send(copy, RIGHT | {"action": "test"})

    answer = admin.send(copy, {"action": "ok"})

    assert answer.status_code == 422
    assert "Another connection has this name" in answer.text
    assert form_fields(answer.text)["name"] == "Acme Norway"


def test_a_setup_finished_in_another_tab_leads_to_its_end(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    admin.send(page, RIGHT | {"action": "test"})
    stale = form_fields(admin.get(page).text)
    admin.send(page, {"action": "ok"})

    for path in (page, page.replace("/connection", "/connector"), page.replace("/connection", "/app")):
        assert admin.get(path, follow_redirects=True).request.path.endswith("/done")
    for action in ("ok", "test", "cancel"):
        answer = admin.post(page, stale | {"name": "Late", "action": action}, follow_redirects=True)
        assert answer.request.path.endswith("/done")
    assert admin.post(page + "/draft", stale, htmx=True).headers["HX-Redirect"].endswith("/done")
    assert admin.get(page.replace("/connection", "/scope"), follow_redirects=True).request.path.endswith("/done")
    assert [each.name for each in connections(admin)] == ["Acme Norway"]


def test_discarding_a_setup_that_is_finished_changes_nothing(admin: Visitor, practice_url: str) -> None:
    page = save(admin, practice_url)
    setup = page.removesuffix("/connection")

    answer = admin.post(setup + "/discard", follow_redirects=True)

    assert "The draft is discarded." not in answer.text
    assert admin.post(setup + "/restore", follow_redirects=True).request.path.endswith("/done")


def test_a_form_of_a_connector_saved_in_another_tab_leads_home(admin: Visitor, practice_url: str) -> None:
    make_connector(admin.app, "Visma", practice_url)
    page = str(admin.post("/connectors/1/edit").location)
    admin.send(page, {"action": "check"})
    admin.send(page, {"action": "continue"})

    assert admin.get(page, follow_redirects=True).request.path == "/"


def test_a_member_deleted_while_it_is_chosen_no_longer_counts(admin: Visitor, practice_url: str) -> None:
    make_users(admin.app, "Anna")
    page = open_step_3(admin, practice_url)
    admin.post(page.replace("/connection", "/scope"), {"user": "1", "done": "1"})
    admin.post("/users/1/delete")
    admin.send(page, RIGHT | {"action": "test"})

    answer = admin.send(page, {"action": "ok"})

    assert answer.status_code == 422
    assert "Choose at least one user or group, or Everyone." in answer.text


def test_a_disabled_account_is_out_at_once(admin: Visitor) -> None:
    with admin.app.app_context(), writing():
        db.session.scalars(db.select(Account)).one().disabled_at = now()
        db.session.commit()

    assert admin.get("/", follow_redirects=True).request.path == "/login"


def test_a_run_that_saves_is_not_cancelled(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    admin.send(page, RIGHT | {"action": "test"})
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)
    admin.send(page, {"action": "ok"})
    run = in_app(admin.app, lambda: db.session.scalar(db.select(CheckRun.id).where(CheckRun.kind == "save")))

    answer = admin.post(f"/checks/{run}/cancel")

    assert answer.status_code == 409
    assert "Not possible now" in answer.text


@pytest.mark.parametrize("connector_id", ["99999999999999999999", "7", "x", "-1", "٣", "9" * 5000])
def test_a_forged_connector_is_none(admin: Visitor, practice_url: str, connector_id: str) -> None:
    page = open_step_3(admin, practice_url)

    answer = admin.send(page, RIGHT | {"connector_id": connector_id, "action": "ok"})

    assert answer.status_code == 422
    assert connections(admin) == []


@pytest.mark.parametrize("seen", ["x", "9" * 5000, "-1", ""])
def test_a_forged_version_is_none(admin: Visitor, seen: str) -> None:
    page = str(admin.post("/setup/new").location)

    assert admin.send(page, {"erp": "Visma", "version": seen}).status_code == 422


def test_a_connector_whose_address_changes_while_it_is_checked_is_not_judged_by_that_check(
    admin: Visitor, practice_url: str
) -> None:
    make_connector(admin.app, "Visma", practice_url)
    page = str(admin.post("/connectors/1/edit").location)

    admin.send(page, {"url": "http://127.0.0.1:1/x.svc", "action": "check"})

    assert in_app(admin.app, lambda: db.session.get(Connector, 1).health) is None


def test_an_autosave_that_comes_in_after_the_button_was_pressed_overwrites_nothing(admin: Visitor) -> None:
    page = str(admin.post("/connectors/new").location)
    fields = form_fields(admin.get(page).text)
    late = fields | {"name": "Visma", "url": "https://old.example", "typed_at": "1763900000000"}
    pressed = late | {"url": "https://new.example", "typed_at": "1763900000400", "action": "continue"}
    admin.post(page, pressed)

    admin.post(page + "/draft", late, htmx=True)

    assert form_fields(admin.get(page).text)["url"] == "https://new.example"
    admin.post(page + "/draft", late | {"typed_at": "1763900000900"}, htmx=True)
    assert form_fields(admin.get(page).text)["url"] == "https://old.example"


def test_a_machine_whose_clock_is_behind_saves_all_the_same(admin: Visitor) -> None:
    page = str(admin.post("/connectors/new").location)
    fields = form_fields(admin.get(page).text)
    admin.post(page + "/draft", fields | {"name": "First", "typed_at": "1763900000000"}, htmx=True)

    for behind in ("1763800000000", "nonsense", ""):
        admin.post(page + "/draft", fields | {"name": f"Second {behind}", "typed_at": behind}, htmx=True)
        assert form_fields(admin.get(page).text)["name"] == f"Second {behind}".strip()
