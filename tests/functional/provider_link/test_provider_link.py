"""A provider's link: what it says is shown first, fills in the forms, and never has a password."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask

from tests.factories import Visitor, form_fields, in_app
from wizard.extensions import db
from wizard.models import Setup
from wizard.security import fingerprint_of

FROM = "/setup/from"
QUERY = "name=Visma.net+Sync&url=https%3A%2F%2Fsync.example%2Fx.svc&v.Ledger=1&v.Vat=25.5"


def use(admin: Visitor, query: str) -> str:
    """Presses Use these values; the address of step 2."""
    shown = form_fields(admin.get(f"{FROM}?{query}").text)
    return str(admin.post(FROM, {"link": shown["link"], "action": "use"}).location)


def test_opening_a_link_shows_what_it_says_and_keeps_nothing(app: Flask, admin: Visitor) -> None:
    page = admin.get(f"{FROM}?{QUERY}").text

    assert "Visma.net Sync" in page
    assert "The link is not signed" in page
    assert in_app(app, lambda: db.session.query(Setup).count()) == 0


def test_the_values_fill_in_step_2_and_step_3(app: Flask, admin: Visitor, practice_url: str) -> None:
    query = f"name=Sync&url={practice_url}&v.Company=ACME-SE&v.Vat=25.5&v.BatchSize=250"
    step_2 = use(admin, query)

    assert form_fields(admin.get(step_2).text)["url"] == practice_url
    admin.send(step_2, {"action": "check"})
    step_3 = admin.send(step_2, {"action": "continue"})
    fields = form_fields(step_3.text)
    assert fields["cf:Company"] == "ACME-SE"


def test_a_value_for_a_password_field_is_never_taken(app: Flask, admin: Visitor, practice_url: str) -> None:
    step_2 = use(admin, f"name=Sync&url={practice_url}&v.ApiPassword=practice")

    admin.send(step_2, {"action": "check"})
    step_3 = admin.send(step_2, {"action": "continue"})
    assert "Saved" not in step_3.text
    draft = in_app(app, lambda: db.session.query(Setup).one().draft)
    assert "practice" not in str(draft.get("connection"))


def test_a_link_with_a_password_says_that_it_is_known_now(admin: Visitor) -> None:
    page = admin.get(f"{FROM}?{QUERY}&v.ApiPassword=hunter2").text

    assert "The link had passwords in it" in page
    assert "ApiPassword" in page


def test_a_link_can_be_pasted(admin: Visitor) -> None:
    assert "Open the link of your provider" in admin.get(FROM).text

    refused = admin.post(FROM, {"link": "hello"})
    assert refused.status_code == 422
    assert "This is no link of a provider" in refused.text
    assert "Visma.net Sync" in admin.post(FROM, {"link": f"https://sync.example/setup/from#{QUERY}"}).text


def test_a_signed_link_names_its_provider_once_the_key_is_accepted(admin: Visitor) -> None:
    key = Ed25519PrivateKey.generate()
    raw = key.public_key().public_bytes_raw()
    signed = f"{QUERY}&key={fingerprint_of(raw)}"
    link = f"{FROM}?{signed}&sig={base64.urlsafe_b64encode(key.sign(signed.encode())).decode()}"
    assert "The signature is not one that you know" in admin.get(link).text

    accepted = admin.send("/providers/", {"name": "Nordic Bridge", "key": base64.b64encode(raw).decode()})
    assert "Nordic Bridge" in accepted.text
    assert "Signed by Nordic Bridge" in admin.get(link).text
    assert "Signed by" not in admin.get(link.replace("25.5", "25.6")).text
    assert "Accepted the key of a provider" in admin.get("/activity/").text

    admin.post("/providers/1/remove")
    assert "Signed by" not in admin.get(link).text


@pytest.mark.parametrize(("key", "words"), [("hello", "no Ed25519 public key"), ("", "Paste the key")])
def test_what_is_no_key_is_refused_and_what_was_typed_stays(admin: Visitor, key: str, words: str) -> None:
    answer = admin.post("/providers/", {"name": "Nordic Bridge", "key": key})

    assert answer.status_code == 422
    assert words in answer.text
    assert form_fields(answer.text)["name"] == "Nordic Bridge"


def test_a_key_is_accepted_once(admin: Visitor) -> None:
    key = {"name": "Nordic Bridge", "key": base64.b64encode(bytes(32)).decode()}
    admin.post("/providers/", key)

    assert "This key was accepted before" in admin.post("/providers/", key).text


def test_a_provider_makes_a_link_without_an_account(app: Flask, admin: Visitor) -> None:
    stranger = Visitor(app, app.test_client())
    assert "Make a link for your customers" in stranger.get("/provider-link").text

    made = stranger.get(
        "/provider-link?name=Sync&url=app%3A%2F%2Fabc&real_url=https%3A%2F%2Fsync.example%2Fx.svc&values=Ledger%3D1"
    )
    assert "setup/from?name=Sync&amp;url=app%3A%2F%2Fabc" in made.text
    assert "&amp;v.Ledger=1" in made.text
    assert "field-bad" not in made.text
    for query, words in [
        ("values=Ledger", "Enter the connector URL"),
        ("url=x&values=Ledger", "This line is none: Ledger"),
        ("url=x&values=Password%3D1", "Leave out passwords: Password"),
    ]:
        assert words in stranger.get(f"/provider-link?{query}").text
