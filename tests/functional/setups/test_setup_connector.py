"""Step 2: add a Sync Connector."""

from __future__ import annotations

from tests.factories import ForgetfulQueue, Visitor, form_fields, make_connector
from tests.steps import REFUSED, connectors, open_step_2
from wizard.extensions import db
from wizard.models import CheckRun


def test_continue_runs_the_check_and_goes_on_when_it_passes(admin: Visitor, practice_url: str) -> None:
    page = open_step_2(admin)

    answer = admin.send(page, {"name": "Practice", "url": practice_url, "action": "continue"})

    assert answer.request.path.endswith("/connection")
    assert [connector.name for connector in connectors(admin)] == ["Practice"]


def test_the_back_button_leads_back_to_step_2_after_going_on(admin: Visitor, practice_url: str) -> None:
    page = open_step_2(admin)
    admin.send(page, {"name": "Practice", "url": practice_url, "action": "continue"})

    back = admin.get(page)

    assert back.status_code == 200
    assert "The connector works" in back.text


def test_a_wrong_address_is_named_and_its_repair_leads_on(admin: Visitor, practice_url: str) -> None:
    page = open_step_2(admin)

    failed = admin.send(page, {"name": "Practice", "url": REFUSED, "action": "continue"})

    assert "This connector cannot be used yet" in failed.text
    assert "refuses connections on port 1" in failed.text
    assert "First compare the address with the provider" in failed.text
    assert "connect.refused" in failed.text
    assert connectors(admin) == []
    repaired = admin.send(page, {"url": practice_url, "action": "continue"})
    assert repaired.request.path.endswith("/connection")


def test_a_check_shows_which_fields_the_connector_will_ask_for(admin: Visitor, practice_url: str) -> None:
    page = open_step_2(admin)

    answer = admin.send(page, {"name": "Practice", "url": practice_url, "action": "check"})

    assert "The connector works" in answer.text
    assert "Practice will ask for" in answer.text
    assert "Text, 20 characters at most" in answer.text
    assert connectors(admin) == []


def test_a_changed_address_voids_the_receipt_and_putting_it_back_restores_it(admin: Visitor, practice_url: str) -> None:
    page = open_step_2(admin)
    admin.send(page, {"name": "Practice", "url": practice_url, "action": "check"})
    fields = form_fields(admin.get(page).text)

    changed = admin.post(page + "/draft", fields | {"url": practice_url + "?ConnectorName=Continental"}, htmx=True)
    back = admin.post(page + "/draft", fields, htmx=True)

    assert "No longer valid" in changed.text
    assert "Test receipt" in back.text


def test_an_address_tested_before_takes_back_what_was_said_of_another(admin: Visitor, practice_url: str) -> None:
    page = open_step_2(admin)
    admin.send(page, {"name": "Practice", "url": practice_url, "action": "check"})
    wrong = admin.send(page, {"url": "http://", "action": "check"}).text
    assert "This connector cannot be used yet" in wrong
    assert 'id="url-error"' in wrong

    typed = admin.post(page + "/draft", form_fields(wrong) | {"url": practice_url}, htmx=True).text

    assert "The connector works" in typed
    assert "This connector cannot be used yet" not in typed.partition('hx-target="#news"')[2]
    assert 'id="url"' in typed
    assert 'id="url-error"' not in typed


def test_what_a_refused_form_lacks_is_taken_back_piece_by_piece_while_it_is_filled_in(admin: Visitor) -> None:
    page = open_step_2(admin)
    refused = admin.send(page, {"action": "continue"}).text

    typed = admin.post(page + "/draft", form_fields(refused) | {"name": "Practice"}, htmx=True).text

    assert "Enter the Sync Connector URL." in typed
    assert "Enter a name for the connector." not in typed
    assert "data-focus" not in typed
    untouched = admin.post(page + "/draft", form_fields(admin.get(page).text) | {"name": "P"}, htmx=True).text
    assert "Enter the Sync Connector URL." not in untouched


def test_an_unreachable_connector_is_added_only_when_that_is_said(admin: Visitor) -> None:
    page = open_step_2(admin)
    before = admin.send(page, {"name": "Warehouse", "url": REFUSED, "action": "check"})
    assert "Add anyway, not reachable yet" in before.text

    answer = admin.send(page, {"action": "anyway"})

    assert answer.request.path.endswith("/connection")
    assert "Does not work" in admin.get("/").text


def test_one_that_was_added_before_is_saved_anyway_and_not_added(admin: Visitor) -> None:
    page = open_step_2(admin)
    admin.send(page, {"name": "Warehouse", "url": REFUSED, "action": "check"})
    admin.send(page, {"action": "anyway"})

    edited = str(admin.post("/connectors/1/edit").location)

    assert "Save anyway, not reachable yet" in admin.send(edited, {"action": "check"}).text


def test_names_and_addresses_are_needed_and_limited(admin: Visitor) -> None:
    page = open_step_2(admin)

    empty = admin.send(page, {"name": "  ", "url": "", "action": "continue"})
    long = admin.send(page, {"name": "n" * 255, "url": "https://" + "u" * 1016, "action": "continue"})

    assert "Enter a name for the connector." in empty.text
    assert "Enter the Sync Connector URL." in empty.text
    assert "254 characters at most" in long.text
    assert "1023 characters at most" in long.text
    assert form_fields(long.text)["name"] == "n" * 255


def test_a_name_that_differs_only_in_case_is_taken(admin: Visitor, practice_url: str) -> None:
    make_connector(admin.app, "PRACTICE  Connector")
    page = open_step_2(admin)
    admin.send(page, {"name": "Practice connector", "url": practice_url, "action": "check"})

    answer = admin.send(page, {"action": "continue"})

    assert answer.status_code == 422
    assert "Another connector has this name" in answer.text
    assert form_fields(answer.text)["url"] == practice_url


def test_an_app_address_asks_for_the_real_one_beside_it_and_both_are_kept(admin: Visitor, practice_url: str) -> None:
    page = open_step_2(admin)

    alone = admin.send(page, {"name": "Cloud", "url": "app://1a2b3c", "action": "continue"})
    both = admin.send(page, {"real_url": practice_url, "action": "continue"})

    assert "Enter the real address behind the app:// URL" in alone.text
    assert both.request.path.endswith("/connection")
    assert [(c.url, c.real_url) for c in connectors(admin)] == [("app://1a2b3c", practice_url)]


def test_an_own_authority_that_is_no_certificate_is_refused(admin: Visitor, practice_url: str) -> None:
    page = open_step_2(admin)

    answer = admin.send(page, {"name": "P", "url": practice_url, "ca_pem": "not a certificate", "action": "check"})

    assert answer.status_code == 422
    assert form_fields(answer.text)["ca_pem"] == "not a certificate"


def test_the_practice_connector_can_be_filled_in(admin: Visitor) -> None:
    page = open_step_2(admin)

    answer = admin.post(page, {"action": "practice"}, follow_redirects=True)

    assert form_fields(answer.text)["url"].endswith("/practice/Services/ERPConnectorWS.svc")


def test_a_check_whose_process_was_killed_is_shown_as_interrupted(admin: Visitor, practice_url: str) -> None:
    from datetime import timedelta

    from wizard.models.columns import now
    from wizard.models.database import writing

    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)
    page = open_step_2(admin)
    running = admin.send(page, {"name": "Practice", "url": practice_url, "action": "check"})
    assert "Checking the connector" in running.text

    with admin.app.app_context(), writing():
        db.session.execute(db.update(CheckRun).values(heartbeat_at=now() - timedelta(seconds=30)))
        db.session.commit()

    assert "Interrupted" in admin.get(page).text


def test_a_running_check_can_be_cancelled_and_the_form_stays(admin: Visitor, practice_url: str) -> None:
    admin.app.extensions["job_queue"] = ForgetfulQueue(admin.app)
    page = open_step_2(admin)
    admin.send(page, {"name": "Practice", "url": practice_url, "action": "check"})

    answer = admin.send(page, {"action": "cancel"})

    assert "Cancelled. Your entries are as they were." in answer.text
    assert form_fields(answer.text)["url"] == practice_url


def test_a_stale_edit_shows_both_versions_and_may_then_be_saved(admin: Visitor, practice_url: str) -> None:
    from tests.factories import sign_in

    connector_id = make_connector(admin.app, "Visma", practice_url)
    other = sign_in(admin.app, "Lars Nilsson")
    mine = str(admin.post(f"/connectors/{connector_id}/edit").location)
    theirs = str(other.post(f"/connectors/{connector_id}/edit").location)
    assert mine != theirs
    other.send(theirs, {"name": "Visma by Lars", "action": "check"})
    assert other.send(theirs, {"action": "continue"}).request.path == "/"

    refused = admin.send(mine, {"name": "Visma by Ingrid", "action": "continue"})

    assert refused.status_code == 409
    assert "Visma by Lars" in refused.text
    assert form_fields(refused.text)["name"] == "Visma by Ingrid"
    assert admin.send(mine, {"action": "continue"}).request.path == "/"
    assert [connector.name for connector in connectors(admin)] == ["Visma by Ingrid"]


def test_a_password_in_an_address_is_not_noted(admin: Visitor, practice_url: str) -> None:
    page = open_step_2(admin)

    admin.send(
        page,
        {"name": "Visma", "url": "app://bob:s3cret@visma", "real_url": practice_url, "action": "continue"},
    )

    assert [connector.name for connector in connectors(admin)] == ["Visma"]
    assert "app://visma" in admin.get("/activity/activity.csv").text
    assert "s3cret" not in admin.get("/activity/").text


def test_what_belongs_elsewhere_is_refused_beside_the_field_where_it_was_pasted(
    admin: Visitor, practice_url: str
) -> None:
    page = open_step_2(admin)
    key = "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----"

    refused = admin.send(page, {"name": "Practice", "url": practice_url, "ca_pem": key, "action": "check"})

    assert "This holds a private key. Paste the certificate only" in refused.text
    again = admin.send(page, {"ca_pem": "", "url": "app://erp", "real_url": "app://erp", "action": "check"})
    assert "Enter the real address here, one that begins with https://." in again.text
