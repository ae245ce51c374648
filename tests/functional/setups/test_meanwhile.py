"""What somebody else, another tab or the Back button did meanwhile does no harm in the middle of a step."""

from __future__ import annotations

import pytest

from tests.factories import (
    Visitor,
    form_fields,
    in_app,
    make_connector,
    make_users,
    sign_in,
)
from tests.steps import RIGHT, connections, open_step_2, open_step_3, save
from wizard.extensions import db
from wizard.models import Account, Connector
from wizard.models.columns import now
from wizard.models.database import writing


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
    response = admin.send(mine, {"action": "ok"})

    assert response.status_code == 409
    table = response.text.partition("<tbody>")[2].partition("</tbody>")[0]
    for text in ("Company code", "ACME-SE", "ACME-DK", "Scope", "Sales", "Everyone", "12.5"):
        assert text in table
    assert "practice" not in table.lower()
    assert "{" not in table


def test_a_draft_that_two_people_type_into_is_never_lost_without_a_word(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    other = sign_in(admin.app, "Lars Nilsson")
    loaded = form_fields(other.get(page).text)
    admin.post(page + "/draft", form_fields(admin.get(page).text) | {"cf:ApiPassword": "mine"}, htmx=True)

    response = other.post(page + "/draft", loaded | {"cf:ApiPassword": "theirs"}, htmx=True)

    assert response.status_code == 409
    assert "API password" in response.text
    assert "(not shown)" in response.text


def test_a_draft_that_differs_in_nothing_to_see_is_kept(admin: Visitor, practice_url: str) -> None:
    page = open_step_3(admin, practice_url)
    other = sign_in(admin.app, "Lars Nilsson", "nl")
    loaded = form_fields(other.get(page).text)
    fields = form_fields(admin.get(page).text) | {"name": "Acme"}
    admin.post(page + "/draft", fields, htmx=True)

    assert other.post(page + "/draft", loaded | {"name": "Acme"}, htmx=True).status_code == 200


@pytest.mark.parametrize("path", ["fields", "draft", ""])
def test_each_way_to_send_step_3_tells_of_the_other_version(admin: Visitor, practice_url: str, path: str) -> None:
    page = open_step_3(admin, practice_url)
    other = sign_in(admin.app, "Lars Nilsson")
    loaded = form_fields(other.get(page).text)
    admin.post(page + "/draft", form_fields(admin.get(page).text) | {"name": "By Ingrid"}, htmx=True)

    response = other.post(f"{page}/{path}".rstrip("/"), loaded | {"name": "By Lars"})

    assert response.status_code == 409
    assert "By Ingrid" in response.text
    assert form_fields(response.text)["name"] == "By Lars"


@pytest.mark.parametrize("path", ["draft", ""])
def test_each_way_to_send_step_2_tells_of_the_other_version(admin: Visitor, path: str) -> None:
    page = open_step_2(admin)
    other = sign_in(admin.app, "Lars Nilsson")
    loaded = form_fields(other.get(page).text)
    admin.post(page + "/draft", form_fields(admin.get(page).text) | {"name": "By Ingrid"}, htmx=True)

    response = other.post(f"{page}/{path}".rstrip("/"), loaded | {"name": "By Lars"})

    assert response.status_code == 409
    assert "By Ingrid" in response.text
    assert form_fields(response.text)["name"] == "By Lars"


def test_a_conflict_names_no_button_that_its_page_lacks(admin: Visitor) -> None:
    page = str(admin.post("/setup/new").location)
    mine = form_fields(admin.get(page).text)
    sign_in(admin.app, "Lars Nilsson").send(page, {"erp": "Unit4"})

    response = admin.post(page + "/draft", mine | {"erp": "Visma.net"}, htmx=True)

    assert response.status_code == 409
    assert "it takes the place of the other version as soon as you go on with it" in response.text
    admin.post(page + "/draft", form_fields(response.text) | {"erp": "Visma.net"}, htmx=True)
    assert form_fields(admin.get(page).text)["erp"] == "Visma.net"


def test_a_draft_of_step_1_tells_of_the_other_version_in_words(admin: Visitor) -> None:
    page = str(admin.post("/setup/new").location)
    other = sign_in(admin.app, "Lars Nilsson")
    loaded = form_fields(other.get(page).text)
    admin.post(page + "/draft", form_fields(admin.get(page).text) | {"erp": "Visma", "installed": "y"}, htmx=True)

    response = other.post(page + "/draft", loaded | {"erp": "Unit4"}, htmx=True)

    assert response.status_code == 409
    for text in ("Visma", "Unit4", "<td>Yes</td>", "<td>No</td>"):
        assert text in response.text


def test_a_disabled_account_is_out_at_once(admin: Visitor) -> None:
    with admin.app.app_context(), writing():
        db.session.scalars(db.select(Account)).one().disabled_at = now()
        db.session.commit()

    assert admin.get("/", follow_redirects=True).request.path == "/login"


@pytest.mark.parametrize("connector_id", ["99999999999999999999", "7", "x", "-1", "٣", "9" * 5000])
def test_a_forged_connector_is_none(admin: Visitor, practice_url: str, connector_id: str) -> None:
    page = open_step_3(admin, practice_url)

    answer = admin.send(page, RIGHT | {"connector_id": connector_id, "action": "ok"})

    assert answer.status_code == 422
    assert connections(admin) == []


@pytest.mark.parametrize("loaded", ["x", "9" * 5000, "[]", "", "[" * 5000, '{"erp": 7}'])
def test_a_forged_version_does_no_harm(admin: Visitor, loaded: str) -> None:
    page = str(admin.post("/setup/new").location)

    assert admin.send(page, {"erp": "Visma", "base": loaded, "page": loaded}).status_code == 422


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
