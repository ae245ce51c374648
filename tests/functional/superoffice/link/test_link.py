"""SuperOffice is linked: what is typed, the first check, what the pages say of it, and its end."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import requests
from sqlalchemy import select

from tests.factories import (
    ForgetfulQueue,
    PracticeSuperOffice,
    Visitor,
    close,
    in_app,
    link_practice,
    make_app,
    make_connection,
    make_connector,
    sign_in,
)
from tests.functional.superoffice.link.signing_in import allow, change_rows, come_back, events, the_link
from wizard.config import Practice
from wizard.domain.accounts import Role
from wizard.domain.superoffice import LinkAccess
from wizard.extensions import db
from wizard.models import CheckRun, Connector, Owed, SuperOfficeLink, SuperOfficeState
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.practice.superoffice import CLIENT_ID, CLIENT_SECRET, PASSWORD, Fault
from wizard.services.superoffice import repeat_failed_link_check

ONLINE = {
    "where": "online",
    "environment": "sod",
    "tenant": "cust12345",
    "client_id": "an-app",
    "client_secret": "hush",
}


def test_a_sign_in_and_a_check_link_superoffice(admin: Visitor, typed: PracticeSuperOffice) -> None:
    page = come_back(admin, allow(typed, admin))

    assert "Linked to Cust00001" in page
    assert "12 groups, seen in SuperOffice today at" in admin.get("/superoffice/").text
    link = the_link(admin)
    assert (link.access, link.company, link.email) == (LinkAccess.FULL, "Practice Company", "admin@practice.example")
    assert link.product_version == "12.4"
    assert " users, 12 groups." in admin.get("/").text
    noted = events(admin)
    begun = noted.index("superoffice.signed_in")
    assert noted[begun : begun + 3] == ["superoffice.signed_in", "link.check_started", "superoffice.linked"]


def test_a_closed_agent_links_for_reading_only_and_says_who_opens_it(
    admin: Visitor, typed: PracticeSuperOffice
) -> None:
    page = come_back(admin, allow(typed, admin, tenant="closed"))
    assert "Linked, for reading only" in page
    assert "Copy a note for them" in page
    assert the_link(admin).access == LinkAccess.READ_ONLY


def test_somebody_who_is_no_administrator_there_links_nothing(admin: Visitor, typed: PracticeSuperOffice) -> None:
    page = come_back(admin, allow(typed, admin, role="user"))
    assert "SuperOffice is not linked yet" in page
    assert the_link(admin) is None


def test_unlinking_forgets_and_revokes_the_sign_in_and_keeps_what_was_typed(
    admin: Visitor, typed: PracticeSuperOffice
) -> None:
    come_back(admin, allow(typed, admin))
    token = the_link(admin).credentials["refresh_token"]

    page = admin.post("/superoffice/unlink", follow_redirects=True).text

    assert "Cust00001 is unlinked." in page
    row = in_app(admin.app, lambda: db.session.get(SuperOfficeLink, 1))
    assert (row.linked_at, row.credentials, row.tenant) == (None, {}, "Cust00001")
    app = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
    refresh = {"grant_type": "refresh_token", "refresh_token": token, **app}
    assert requests.post(f"{typed.login}/login/common/oauth/tokens", refresh, timeout=60).status_code == 400
    assert events(admin)[-1] == "superoffice.unlinked"


def test_unlinking_works_while_superoffice_cannot_be_reached(admin: Visitor, served: PracticeSuperOffice) -> None:
    link_practice(admin.app, served, address="http://127.0.0.1:1/practice/superoffice")
    assert "SuperOffice could not be told" in admin.post("/superoffice/unlink", follow_redirects=True).text
    assert the_link(admin) is None


def test_ids_of_another_superoffice_are_forgotten_when_one_is_linked(
    admin: Visitor, typed: PracticeSuperOffice
) -> None:
    change_rows(admin, SuperOfficeLink, lambda row: setattr(row, "ids_of", "https://sod.superoffice.com cust1"))
    with admin.app.app_context(), writing():
        there = {"superoffice_id": 7, "superoffice_seen_at": now(), "superoffice_owed": Owed.DELETE}
        db.session.add(Connector(name="Old", url="https://erp.example", **there))
        db.session.commit()
    come_back(admin, allow(typed, admin))
    known = select(Connector.superoffice_id, Connector.superoffice_seen_at, Connector.superoffice_owed)
    assert in_app(admin.app, lambda: db.session.execute(known).all()) == [(None, None, None)]


def test_online_the_form_leads_to_the_sign_in_of_the_environment(admin: Visitor) -> None:
    answer = admin.post("/superoffice/", ONLINE)
    parts = urlsplit(str(answer.location))
    query = parse_qs(parts.query)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == "https://sod.superoffice.com/login/common/oauth/authorize"
    assert query["redirect_uri"] == ["http://localhost/superoffice/signed-in"]
    assert query["acr_values"] == ["tenant:Cust12345"]
    assert "hush" not in str(answer.location)
    assert "form-action 'self' https://sod.superoffice.com" in answer.headers["Content-Security-Policy"]


def test_what_is_missing_is_told_at_its_field_and_nothing_is_stored(admin: Visitor) -> None:
    answer = admin.post("/superoffice/", {"where": "online", "tenant": "12345"})
    assert answer.status_code == 422
    for says in ("A tenant is Cust and a number", "Enter the client ID", "Enter the client secret"):
        assert says in answer.text
    assert in_app(admin.app, lambda: db.session.get(SuperOfficeLink, 1)) is None


def test_a_saved_secret_is_kept_for_the_same_app_and_asked_for_anew_for_another(admin: Visitor) -> None:
    admin.post("/superoffice/", ONLINE)
    assert admin.post("/superoffice/", ONLINE | {"client_secret": ""}).status_code == 303
    page = admin.get("/superoffice/").text
    assert "It is never shown again." in page
    assert "hush" not in page
    assert admin.post("/superoffice/", ONLINE | {"client_secret": "", "client_id": "other"}).status_code == 422


def test_a_password_is_asked_for_anew_when_the_server_changes(admin: Visitor) -> None:
    onsite = {"where": "onsite", "address": "https://127.0.0.1:1/so", "username": "INBE", "password": "hush-hush"}
    assert "SuperOffice is not linked yet" in admin.post("/superoffice/", onsite, follow_redirects=True).text
    other = onsite | {"address": "https://127.0.0.2:1/so", "password": ""}
    assert "Enter the password." in admin.post("/superoffice/", other).text


def test_readers_see_the_state_and_can_change_nothing(admin: Visitor, served: PracticeSuperOffice) -> None:
    reader = sign_in(admin.app, "Rita Reader", role=Role.READER)
    assert "An administrator can link SuperOffice." in reader.get("/superoffice/").text
    link_practice(admin.app, served)
    page = reader.get("/superoffice/").text
    assert "Linked to Cust00001" in page
    assert "<form" not in page.partition("<main")[2]
    for path in ("", "sign-in", "check", "unlink", "password", "practise", "cancel"):
        assert reader.post(f"/superoffice/{path}").status_code == 403
    assert reader.get("/superoffice/signed-in").status_code == 403


def onsite(served: PracticeSuperOffice, **other: str) -> dict[str, str]:
    """The form for a server of one's own, on this machine."""
    typed = {"where": "onsite", "address": served.api.removesuffix("/api"), "username": "admin", "password": PASSWORD}
    return typed | other


def test_a_server_of_ones_own_is_linked_by_user_name_and_password(admin: Visitor, served: PracticeSuperOffice) -> None:
    page = admin.post("/superoffice/", onsite(served), follow_redirects=True).text
    assert "Linked to http://127.0.0.1" in page
    assert the_link(admin).access == LinkAccess.FULL
    assert f">{PASSWORD}<" not in page


def test_another_user_can_sign_in_to_the_server_that_is_linked(admin: Visitor, served: PracticeSuperOffice) -> None:
    admin.post("/superoffice/", onsite(served))
    wrong = {"username": "admin", "password": "not that one"}
    page = admin.post("/superoffice/password", wrong, follow_redirects=True).text
    assert "SuperOffice no longer accepts the sign-in" in page
    right = {"username": "admin", "password": PASSWORD}
    assert "Linked to http://127.0.0.1" in admin.post("/superoffice/password", right, follow_redirects=True).text
    assert admin.post("/superoffice/password", {"username": "admin"}).status_code == 422


def test_what_settings_give_is_shown_and_used_and_cannot_be_typed(template_instance: Path, tmp_path: Path) -> None:
    given = {"environment": "qaonline", "tenant": "Cust777", "client_id": "given-app", "client_secret": "given-secret"}
    settings = {f"superoffice_{name}": text for name, text in given.items()}
    app = make_app(template_instance, tmp_path / "instance", **settings)
    admin = sign_in(app, "Ingrid Berg")
    page = admin.get("/superoffice/").text
    assert "given-app" in page
    assert "given-secret" not in page
    assert 'name="client_id"' not in page
    leads_to = str(admin.post("/superoffice/", ONLINE).location)
    assert leads_to.startswith("https://qaonline.superoffice.com/")
    assert parse_qs(urlsplit(leads_to).query)["client_id"] == ["given-app"]
    assert in_app(app, lambda: db.session.get(SuperOfficeLink, 1).credentials) == {}
    close(app)


def test_the_card_on_the_sync_page_can_be_put_away(admin: Visitor) -> None:
    assert "Link SuperOffice" in admin.get("/").text
    assert "Link SuperOffice" not in admin.post("/superoffice/not-now", follow_redirects=True).text


def test_practising_leads_from_the_empty_sync_page_to_the_sign_in(admin: Visitor) -> None:
    assert "Practise with a made-up SuperOffice" in admin.get("/").text
    page = str(admin.post("/superoffice/practise").location)
    assert page.startswith("/practice/superoffice/login/common/oauth/authorize?")
    assert admin.get(page).status_code == 200


def test_practising_does_not_replace_what_is_typed_for_another_superoffice_unseen(admin: Visitor) -> None:
    typed = {"where": "onsite", "address": "https://127.0.0.1:1/SuperOffice", "username": "ola", "password": "wrong"}
    admin.post("/superoffice/", typed)

    page = admin.post("/superoffice/practise", follow_redirects=True).text

    assert "It replaces what is entered for your SuperOffice." in page
    assert "https://127.0.0.1:1/SuperOffice" in page


def test_without_practice_nothing_made_up_is_offered(template_instance: Path, tmp_path: Path) -> None:
    app = make_app(template_instance, tmp_path / "instance", practice=Practice.NO)
    admin = sign_in(app, "Ingrid Berg")
    assert "practise" not in admin.get("/superoffice/").text
    assert admin.post("/superoffice/", {"where": "practice"}).status_code == 404
    close(app)


def test_a_call_that_fails_as_every_other_would_is_told_until_one_works(
    admin: Visitor, served: PracticeSuperOffice
) -> None:
    link_practice(admin.app, served)
    served.behaviour.refresh_revoked = True
    served.end_access_tokens()
    admin.post("/users/read")
    assert "SuperOffice no longer accepts the sign-in" in admin.get("/superoffice/").text


def test_a_check_that_failed_for_what_passes_by_itself_is_repeated_after_a_while(
    admin: Visitor, served: PracticeSuperOffice
) -> None:
    link_practice(admin.app, served, api=f"{served.origin}/elsewhere/api")
    served.plan(Fault.MOVED, times=2)
    assert "is moving Cust00001 to another server" in admin.post("/superoffice/check", follow_redirects=True).text

    in_app(admin.app, repeat_failed_link_check)
    assert "is being moved" in admin.get("/").text
    change_rows(admin, CheckRun, lambda row: setattr(row, "created_at", row.created_at - timedelta(minutes=11)))
    in_app(admin.app, repeat_failed_link_check)

    assert "Linked to Cust00001" in admin.get("/").text


def test_a_running_check_is_shown_and_can_be_cancelled(admin: Visitor, served: PracticeSuperOffice) -> None:
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)
    page = admin.post("/superoffice/", onsite(served), follow_redirects=True).text
    assert "Checking the link" in page
    assert "Now we sign in and check" in page
    assert "Waiting for its turn" in admin.htmx("/superoffice/check").text

    page = admin.post("/superoffice/cancel", follow_redirects=True).text

    assert "The check was cancelled" in page
    assert "Link and check" in page
    assert admin.htmx("/superoffice/check").headers["HX-Redirect"] == "/superoffice/"


def test_what_waits_to_be_saved_there_is_named_while_the_link_does_not_work(
    admin: Visitor, served: PracticeSuperOffice
) -> None:
    link_practice(admin.app, served)
    served.end_access_tokens()
    served.behaviour.refresh_revoked = True
    make_connection(admin.app, make_connector(admin.app), superoffice_state=SuperOfficeState.WAITING)
    page = admin.post("/superoffice/check", follow_redirects=True).text
    assert "1 connection waits to be saved there." in page
    assert "Acme Norway" in page
    assert "1 connection waits to be saved there." in admin.get("/").text
