"""What can be done to a connector in the list."""

from __future__ import annotations

import re

import pytest

from tests.factories import Visitor, form_fields, in_app, make_connection, make_connector, row_of
from wizard.extensions import db
from wizard.models import Connector


def test_a_new_connector_is_added_without_the_guide_and_leads_back_to_the_lists(
    admin: Visitor, practice_url: str
) -> None:
    page = str(admin.post("/connectors/new").location)
    assert "Step 2 of 3" not in admin.get(page).text

    answer = admin.send(page, {"name": "Practice", "url": practice_url, "action": "continue"})

    assert answer.request.path == "/"
    assert "Answers" in row_of(answer.text, "Practice")
    checked = admin.send(page, {"name": "Late"})
    assert checked.request.path == "/"


def test_a_connector_saved_after_its_check_says_so(admin: Visitor, practice_url: str) -> None:
    page = str(admin.post("/connectors/new").location)
    admin.send(page, {"name": "Practice", "url": practice_url, "action": "check"})

    assert "Practice is saved." in admin.send(page, {"action": "continue"}).text


def test_an_edit_that_is_open_already_is_opened_again_with_what_was_typed(admin: Visitor) -> None:
    make_connector(admin.app, "Visma")
    page = str(admin.post("/connectors/1/edit").location)
    admin.post(page + "/draft", form_fields(admin.get(page).text) | {"name": "Visma North"}, htmx=True)

    again = admin.post("/connectors/1/edit", follow_redirects=True)

    assert again.request.path == page
    assert "Edit the Sync Connector" in again.text
    assert form_fields(again.text)["name"] == "Visma North"


@pytest.mark.parametrize("kind", ["connectors", "connections"])
def test_cancel_takes_back_what_was_typed_into_an_edit_and_undo_brings_it_again(admin: Visitor, kind: str) -> None:
    make_connection(admin.app, make_connector(admin.app, "Visma", fields=[]), "Visma")
    page = str(admin.post(f"/{kind}/1/edit").location)

    home = admin.send(page, {"name": "Visma North", "action": "discard"})

    assert home.request.path == "/"
    assert "The draft is discarded." in home.text
    assert "Changes not saved yet" not in home.text
    assert form_fields(admin.post(f"/{kind}/1/edit", follow_redirects=True).text)["name"] == "Visma"
    undo = re.search(r'action="(/setup/\d+/restore)"', home.text)[1]  # type: ignore[index]
    assert form_fields(admin.post(undo, follow_redirects=True).text)["name"] == "Visma North"


@pytest.mark.parametrize("kind", ["connectors", "connections"])
def test_cancel_in_an_edit_that_nobody_touched_leaves_nothing_to_undo(admin: Visitor, kind: str) -> None:
    make_connection(admin.app, make_connector(admin.app, "Visma", fields=[]), "Visma")
    page = str(admin.post(f"/{kind}/1/edit").location)
    assert 'value="discard"' in admin.get(page).text

    home = admin.send(page, {"action": "discard"})

    assert home.request.path == "/"
    assert "The draft is discarded." not in home.text


def test_an_app_address_and_its_own_authority_come_back_in_the_edit(admin: Visitor) -> None:
    make_connector(admin.app, "Cloud", "app://1a2b", real_url="https://real.example/x.svc", ca_pem="PEM")

    fields = form_fields(admin.post("/connectors/1/edit", follow_redirects=True).text)

    assert (fields["url"], fields["real_url"], fields["ca_pem"]) == ("app://1a2b", "https://real.example/x.svc", "PEM")


def test_test_now_tells_the_lists_how_it_ended(admin: Visitor, practice_url: str) -> None:
    make_connector(admin.app, "Practice", practice_url)
    make_connector(admin.app, "Gone", "http://127.0.0.1:1/x.svc")

    works = admin.post("/connectors/1/check", follow_redirects=True)
    fails = admin.post("/connectors/2/check", follow_redirects=True)

    assert works.request.path.startswith("/checks/")
    assert "The connector works" in works.text
    assert "connect.refused" in fails.text
    page = admin.get("/").text
    assert "Answers" in row_of(page, "Practice")
    assert "Does not work" in row_of(page, "Gone")
    assert in_app(admin.app, lambda: db.session.get(Connector, 1).fields)


def test_a_connector_in_use_is_not_deleted_and_its_connections_are_named(admin: Visitor) -> None:
    connector = make_connector(admin.app, "Visma")
    make_connection(admin.app, connector, "Acme Norway")

    one = admin.post("/connectors/1/delete", follow_redirects=True)
    assert "Visma is not deleted: the connection Acme Norway uses it. Delete that one first." in one.text

    make_connection(admin.app, connector, "Acme Denmark")
    two = admin.post("/connectors/1/delete", follow_redirects=True)
    assert "these connections use it: Acme Denmark, Acme Norway. Delete them first." in two.text


def test_a_connector_is_deleted_and_taken_back(admin: Visitor) -> None:
    make_connector(admin.app, "Visma")
    make_connector(admin.app, "Other")

    gone = admin.post("/connectors/1/delete", follow_redirects=True)

    assert "Visma is deleted." in gone.text
    assert 'action="/connectors/1/restore"' in gone.text
    assert "<b>Visma</b>" not in gone.text
    back = admin.post("/connectors/1/restore", follow_redirects=True)
    assert "Visma is restored." in back.text
    assert "<b>Visma</b>" in back.text


def test_delete_and_undo_pressed_twice_do_no_harm(admin: Visitor) -> None:
    make_connector(admin.app, "Visma")

    for deed in ("delete", "delete", "restore", "restore"):
        assert admin.post(f"/connectors/1/{deed}", follow_redirects=True).status_code == 200

    assert in_app(admin.app, lambda: db.session.get(Connector, 1).deleted_at) is None


def test_a_connector_cannot_come_back_under_a_name_that_was_taken(admin: Visitor) -> None:
    make_connector(admin.app, "Visma")
    admin.post("/connectors/1/delete")
    make_connector(admin.app, "VISMA")

    answer = admin.post("/connectors/1/restore", follow_redirects=True)

    assert "Visma is not restored: another connector has this name now. Rename that one first." in answer.text


@pytest.mark.parametrize("number", ["7", "0", "99999999999999999999", "x"])
@pytest.mark.parametrize("deed", ["edit", "check", "delete", "restore"])
def test_an_unknown_connector_is_a_page_that_says_so(admin: Visitor, deed: str, number: str) -> None:
    answer = admin.post(f"/connectors/{number}/{deed}")

    assert answer.status_code == 404
    assert "Page not found" in answer.text


def test_a_password_typed_into_an_address_does_not_stand_in_the_activity(admin: Visitor) -> None:
    page = str(admin.post("/connectors/new").location)

    answer = admin.send(page, {"url": "https://ingrid:s3cr3t@erp.example/x.svc", "action": "check"})

    assert "address.credentials" in answer.text
    assert "s3cr3t" not in admin.get("/activity/").text


def test_what_uses_a_connector_is_named_as_far_as_a_cookie_has_room(admin: Visitor) -> None:
    make_connector(admin.app, "Visma")
    for number in range(40):
        make_connection(
            admin.app, 1, f"{number:02} " + "".join(map(chr, range(0x4E00 + 200 * number, 0x4E00 + 200 * number + 200)))
        )

    answer = admin.post("/connectors/1/delete")

    assert max(len(cookie) for cookie in answer.headers.getlist("Set-Cookie")) < 4093
    page = admin.get("/").text
    assert "Visma is not deleted: these connections use it: 00 一" in page
    assert "and 35 more. Delete them first." in page
