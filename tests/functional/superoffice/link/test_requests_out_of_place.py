"""Requests of the link's page that come too late, twice, or when there is nothing to do."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from tests.factories import ForgetfulQueue, PracticeSuperOffice, Visitor, in_app, link_practice, lose
from tests.functional.superoffice.link.signing_in import change_rows, events, the_link
from wizard.extensions import db
from wizard.models import CheckRun, SuperOfficeLink

ONLINE = {"where": "online", "tenant": "Cust1", "client_id": "other", "client_secret": "hush"}


@pytest.mark.parametrize("path", ["sign-in", "password", "check", "cancel", "unlink"])
def test_without_a_superoffice_a_button_of_its_page_does_nothing(admin: Visitor, path: str) -> None:
    answer = admin.post(f"/superoffice/{path}", follow_redirects=True)

    assert answer.request.path == "/superoffice/"
    assert in_app(admin.app, lambda: db.session.get(SuperOfficeLink, 1)) is None
    assert in_app(admin.app, lambda: db.session.scalar(select(func.count(CheckRun.id)))) == 0


@pytest.mark.parametrize("path", ["/superoffice/", "/superoffice/practise"])
def test_what_is_linked_is_not_replaced(admin: Visitor, served: PracticeSuperOffice, path: str) -> None:
    link_practice(admin.app, served)

    answer = admin.post(path, ONLINE, follow_redirects=True)

    assert "Linked to Cust00001" in answer.text
    assert the_link(admin).tenant == served.tenant


def test_without_a_link_neither_users_nor_what_is_registered_can_be_read(admin: Visitor) -> None:
    assert admin.post("/users/read").status_code == 409
    assert admin.post("/setup/superoffice/read").status_code == 409


def test_a_second_click_on_check_starts_no_second_check(admin: Visitor, served: PracticeSuperOffice) -> None:
    link_practice(admin.app, served)
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)

    for _ in range(2):
        admin.post("/superoffice/check")

    assert events(admin).count("link.check_started") == 1


def test_what_a_check_finds_of_values_that_have_changed_meanwhile_is_not_kept(
    admin: Visitor, served: PracticeSuperOffice
) -> None:
    link_practice(admin.app, served, product_version="1.0")
    queue = admin.app.extensions["job_queue"]
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)
    admin.post("/superoffice/check")
    change_rows(admin, SuperOfficeLink, lambda row: setattr(row, "version", row.version + 1))

    run_id = in_app(admin.app, lambda: db.session.scalars(select(CheckRun.id)).one())
    in_app(admin.app, lambda: queue.submit(run_id))

    assert the_link(admin).product_version == "1.0"
    assert the_link(admin).health is None


def test_a_call_that_works_again_takes_back_that_none_would(admin: Visitor, served: PracticeSuperOffice) -> None:
    link_practice(admin.app, served)
    served.behaviour.refresh_revoked = True
    served.end_access_tokens()
    admin.post("/users/read")
    assert the_link(admin).health is not None
    served.behaviour.refresh_revoked = False

    admin.post("/users/read")

    assert the_link(admin).health is None


def test_a_sign_in_that_cannot_be_decrypted_can_be_forgotten(admin: Visitor, served: PracticeSuperOffice) -> None:
    link_practice(admin.app, served)
    lose(admin.app, "superoffice_link.credentials")

    page = admin.post("/superoffice/unlink", follow_redirects=True).text

    assert "SuperOffice could not be told" in page
    assert the_link(admin) is None


def test_without_a_refresh_token_there_is_nothing_to_revoke(admin: Visitor, served: PracticeSuperOffice) -> None:
    link_practice(admin.app, served)
    change_rows(
        admin, SuperOfficeLink, lambda row: setattr(row, "credentials", row.credentials | {"refresh_token": ""})
    )

    assert "Cust00001 is unlinked." in admin.post("/superoffice/unlink", follow_redirects=True).text
