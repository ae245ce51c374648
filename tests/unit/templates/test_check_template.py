from __future__ import annotations

import pytest

from wizard.views.checks.check_view import CheckView
from wizard.views.checks.receipt_view import ReceiptView
from wizard.views.checks.stage_view import RepairView, StageView


def a_stage(state="passed", **given):
    return StageView(**{"id": "tls", "title": "Encryption", "code": "TLS", "state": state} | given)


def a_check(**given):
    return CheckView(**{"title": "The connector works", "poll_url": "/poll"} | given)


@pytest.fixture
def draw(render):
    return lambda check, **given: render("checks/_check.html", check=check, **given)


def test_a_running_check_polls(draw):
    check = draw(a_check(running=True, stages=[a_stage("running")])).one("div", id="check")
    assert (check["hx-get"], check["hx-swap"]) == ("/poll", "outerMorph")


def test_a_check_that_has_ended_does_not_poll(draw):
    assert "hx-get" not in draw(a_check(stages=[a_stage()])).one("div", id="check")


def test_within_a_part_only_the_part_polls(render):
    page = render(
        "{% from 'macros/ui.html' import part %}{% set in_part = true %}"
        "{% call part('test-part', check) %}{% include 'checks/_check.html' %}{% endcall %}",
        check=a_check(running=True, stages=[a_stage("running")]),
    )
    assert page.one("div", id="test-part")["hx-get"] == "/poll"
    assert "hx-get" not in page.one("div", id="check")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("passed", "passed"),
        ("warning", "remark"),
        ("failed", "failed"),
        ("skipped", "Not reached"),
        ("running", "running"),
    ],
)
def test_a_stage_says_its_outcome_in_words(draw, state, words):
    page = draw(a_check(stages=[a_stage(state), a_stage("passed", id="dns")]))
    assert words in page.find("p", class_="stage-head")[0].text


def test_before_the_first_run_no_stage_claims_to_be_under_way(draw):
    page = draw(a_check(hint="It takes a few seconds.", stages=[a_stage("waiting")]))
    assert page.one("span", class_="visually-hidden").text == "Waiting"


def test_a_failed_stage_opens_its_detail(draw):
    page = draw(a_check(stages=[a_stage("failed", evidence=[("reason", "tls.expired")])]))
    assert "open" in page.one("details")
    assert page.one("dd").text == "tls.expired"


def test_beside_a_form_a_passed_stage_is_brief(draw):
    stage = a_stage(says="TLS 1.3.", evidence=[("subject", "CN=x")])
    page = draw(a_check(stages=[stage]), compact=True)
    assert "TLS 1.3." not in page.html
    assert not page.find("details")


def test_passed_stages_fold_away_and_a_remark_stays_in_sight(draw):
    stages = [a_stage(id="dns"), a_stage(id="http"), a_stage("warning", says="The licence ends soon.")]
    page = draw(a_check(folded=True, stages=stages))
    assert page.one("summary").text == "Show the other 2 stages, all passed"
    assert page.html.index("The licence ends soon.") < page.html.index("<details>")


def test_a_repair_has_a_note_to_copy_and_to_read(draw):
    repair = RepairView(
        "Have it renewed.", "The provider", contact="it@x.example", note="Hello", mailto="mailto:it@x.example"
    )
    page = draw(a_check(stages=[a_stage("failed", repair=repair)]))
    assert page.one("button")["data-copy"] == page.one("pre")["id"]
    assert page.one("a")["href"] == "mailto:it@x.example"


def test_a_repair_leads_to_the_field(draw):
    repair = RepairView("Enter the API password again.", "You", link=("API password", "#field-2"))
    page = draw(a_check(stages=[a_stage("failed", repair=repair)]))
    assert page.one("a", href="#field-2").text == "API password"
    assert not page.find("button")


def test_a_connector_s_words_are_shown_as_text(draw):
    nasty = "<img src=x onerror=alert(1)>"
    stage = a_stage("failed", says=nasty, evidence=[(nasty, nasty)], repair=RepairView(nasty, nasty, note=nasty))
    page = draw(a_check(title=nasty, announce=nasty, stages=[stage]))
    assert not page.find("img")
    assert page.one("pre").text == nasty


def test_a_receipt_says_who_when_what_and_until(draw):
    receipt = ReceiptView("C-7F3A-21C9", "Ingrid Berg", "Today at 09:44", covers="The URL", until="Tomorrow at 09:44")
    page = draw(a_check(receipt=receipt))
    assert [item.text for item in page.find("dd")] == ["Ingrid Berg", "Today at 09:44", "The URL", "Tomorrow at 09:44"]


def test_a_void_receipt_says_what_changed_and_how_it_holds_again(draw):
    changes = [("Company code", "#field-1", "ACME-NO", "ACME-SE")]
    page = draw(a_check(receipt=ReceiptView("K-1", "Ingrid Berg", "Today at 09:44", void=True, changes=changes)))
    assert " ".join(page.one("b").text.split()) == "Changed since the test: Company code."
    assert "Put ACME-NO back and the receipt is valid again." in page.html


def test_each_change_stands_beside_its_field(draw):
    changes = [("Company code", "#field-1", "ACME-NO", "ACME-SE"), ("Free of VAT", "#field-2", "Yes", "")]
    page = draw(a_check(receipt=ReceiptView("K-1", "Ingrid Berg", "Today at 09:44", void=True, changes=changes)))
    terms = [item.text for item in page.find("dt")]
    said = [" ".join(item.text.split()) for item in page.find("dd")]
    assert (terms[2:], said[2:]) == (["Company code", "Free of VAT"], ["ACME-NO → Now: ACME-SE", "Yes → Now: (empty)"])


def test_a_changed_secret_is_named_without_its_values(draw):
    changes = [("API password", "#field-2", None, None)]
    page = draw(a_check(receipt=ReceiptView("K-1", "Ingrid Berg", "Today at 09:44", void=True, changes=changes)))
    assert page.one("a").text == "API password"
    assert [item.text for item in page.find("dt")] == ["Tested by", "When"]


def test_a_receipt_that_is_too_old_says_so(draw):
    receipt = ReceiptView("K-1", "Ingrid Berg", "Today", void=True, reason="It held until today at 09:55.")
    assert "It held until today at 09:55. Test again." in draw(a_check(receipt=receipt)).one("b").text


@pytest.mark.parametrize(("state", "words"), [("cancelled", "Cancelled."), ("interrupted", "Interrupted,")])
def test_an_early_end_is_explained(draw, state, words):
    assert words in draw(a_check(**{state: True}, stages=[a_stage("skipped")])).html


def test_the_gate_names_what_is_open_and_links_to_it(render):
    items = [
        {"met": True, "text": "Name and scope", "link": None},
        {"met": False, "text": "Ledger is not chosen", "link": ("Ledger", "#field-3")},
    ]
    page = render("connections/_gate.html", gate=items, can_save=False)
    assert page.one("section", id="gate")["tabindex"] == "-1"
    assert page.one("a", href="#field-3").text == "Ledger"


def test_a_gate_with_everything_met_says_so_in_one_line(render):
    page = render("connections/_gate.html", gate=[{"met": True, "text": "Name", "link": None}], can_save=True)
    assert "Everything is ready to save" in page.one("div", id="gate").text
