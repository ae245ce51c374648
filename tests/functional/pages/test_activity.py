"""Activity: who did what, and when."""

from __future__ import annotations

import csv
import re
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest

import wizard
from tests.factories import Visitor, make_connector, make_welcome_path, says
from wizard.extensions import db
from wizard.models import AuditEvent, CheckRun
from wizard.models.database import writing
from wizard.services.lists import PAGE_SIZE
from wizard.services.source import from_command_line
from wizard.views.activity import action_texts


def test_deeds_are_reported_in_words_the_newest_first(admin: Visitor) -> None:
    make_connector(admin.app, "Visma")
    admin.post("/connectors/1/delete")
    admin.post("/connectors/1/restore")

    page = " ".join(re.sub(r"<[^>]+>", " ", admin.get("/activity/").text).split())

    assert "Ingrid Berg 127.0.0.1 Deleted a connector: Visma" in page
    assert page.index("Restored a connector") < page.index("Deleted a connector")


@pytest.mark.parametrize("query", ["visma", "Ingrid", "deleted a conn", "DELETED"])
def test_a_search_looks_into_who_did_what_to_what(admin: Visitor, query: str) -> None:
    make_connector(admin.app, "Visma")
    admin.post("/connectors/1/delete")
    admin.post("/users/groups/new", {"name": "Sales"})

    page = admin.get("/activity/", query_string={"q": query}).text

    assert "Deleted a connector" in page
    assert ("Saved a group" in page) == (query == "Ingrid")


def test_each_deed_has_where_it_came_from_on_the_page_and_in_the_file(admin: Visitor) -> None:
    admin.client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    admin.post("/users/groups/new", {"name": "Sales"})
    with from_command_line():
        make_welcome_path(admin.app, "Ingrid Berg")

    rows = list(csv.reader(admin.get("/activity/activity.csv").text.splitlines()))
    page = admin.get("/activity/?q=192.0.2").text

    assert [(row[2], row[6]) for row in rows[1:]] == [
        ("made a one-time link for an account", "Command line"),
        ("saved a group", "192.0.2.7"),
    ]
    assert "Saved a group" in page
    assert "Made a one-time link" not in page


def test_a_search_that_finds_nothing_says_so(admin: Visitor) -> None:
    assert "Nothing found." in admin.get("/activity/?q=%25").text


def test_somebody_who_could_not_sign_in_has_no_name(admin: Visitor) -> None:
    admin.app.test_client().get("/login")
    stranger = Visitor(admin.app, admin.app.test_client())
    stranger.post("/login", {"username": "<b>x</b>", "password": "wrong"})

    page = admin.get("/activity/").text

    assert "Could not sign in" in page
    assert "Somebody" in page
    assert "<b>x</b>" not in page


def test_ten_thousand_deeds_go_page_by_page(admin: Visitor) -> None:
    with admin.app.app_context(), writing():
        db.session.add_all(AuditEvent(who="Lars", action="app.described", subject=str(n)) for n in range(10_000))
        db.session.commit()

    page = admin.get("/activity/?q=lars&p=9999").text.replace(",", "")

    assert "to 10000 of 10000" in page
    assert f'href="/activity/?q=lars&amp;p={-(-10000 // PAGE_SIZE) - 1}#events"' in page


def test_every_deed_that_is_noted_has_words(admin: Visitor) -> None:
    services = "".join(path.read_text() for path in Path(wizard.__file__).parent.glob("services/**/*.py"))
    noted = set(re.findall(r'"((?:account|app|connector|connection|setup|user|users|group)\.[a-z_]+)"', services))

    with admin.app.test_request_context():
        assert noted <= set(action_texts())
    assert len(noted) > 15


def test_a_period_holds_both_of_its_days(admin: Visitor) -> None:
    with admin.app.app_context(), writing():
        for day in range(1, 6):
            at = datetime(2026, 3, day, 12).astimezone()
            db.session.add(AuditEvent(who="Lars", action="app.described", subject=f"day {day}", at=at))
        db.session.commit()

    page = admin.get("/activity/?from=2026-03-02&to=2026-03-04").text

    assert re.findall(r"day \d", page) == ["day 4", "day 3", "day 2"]
    assert 'value="2026-03-02"' in page
    assert "day 5" in admin.get("/activity/?from=nonsense&to=9999-12-31").text


def test_the_file_has_every_page_of_what_was_asked_for_and_no_formula(admin: Visitor) -> None:
    with admin.app.app_context(), writing():
        for number in range(2 * PAGE_SIZE):
            db.session.add(AuditEvent(who="=1+1", action="app.described", subject=f"app, {number}"))
        db.session.add(AuditEvent(who="Lars", action="group.saved", subject="Sales"))
        db.session.commit()

    answer = admin.get("/activity/activity.csv?q=app")

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment; filename=activity-" in answer.headers["Content-Disposition"]
    rows = list(csv.reader(answer.text.removeprefix("\ufeff").splitlines()))
    assert rows[0] == ["When", "Who", "What", "To what", "Detail", "Result", "Address"]
    assert len(rows) == 1 + 2 * PAGE_SIZE
    assert rows[1][1:4] == ["'=1+1", "described the sync app", f"app, {2 * PAGE_SIZE - 1}"]
    assert datetime.fromisoformat(rows[1][0]).tzinfo is not None


@pytest.mark.parametrize(
    ("typed", "cell"),
    [
        ("=1+1", "'=1+1"),
        (" @SUM(A1)", "' @SUM(A1)"),
        ("\uff1d1\uff0b1", "'\uff1d1\uff0b1"),
        ("Visma;=1+1", "Visma;'=1+1"),
        ("Visma\t -1", "Visma\t' -1"),
        ("Visma\n+1", "Visma\n'+1"),
        ("Visma - the ERP; a=b", "Visma - the ERP; a=b"),
    ],
)
def test_nothing_in_the_file_is_a_formula_whatever_separates_its_cells(admin: Visitor, typed: str, cell: str) -> None:
    with admin.app.app_context(), writing():
        db.session.add(AuditEvent(who="Ingrid", action="app.described", subject=typed))
        db.session.commit()

    text = admin.get("/activity/activity.csv").text

    (_, row) = csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""))
    assert row[3] == cell
    assert all(line.startswith('"') for line in text.removeprefix("\ufeff").split("\r\n") if line)


def test_a_check_is_listed_with_its_result_which_leads_to_it(admin: Visitor, practice_url: str) -> None:
    make_connector(admin.app, "Practice", practice_url)
    make_connector(admin.app, "Nothing there", "http://127.0.0.1:1/x.svc")
    run = str(admin.post("/connectors/1/check").location)
    admin.post("/connectors/2/check")

    page = says(admin.get("/activity/").text)

    assert re.search(r"Checked a connector: Practice \S.*? Answers(, with a remark)? See the check", page)
    assert re.search(r"Checked a connector: Nothing there \S.*? Does not work See the check", page)
    assert f'href="{run}"' in admin.get("/activity/").text


def test_the_result_of_a_check_stays_when_the_check_is_deleted(admin: Visitor, practice_url: str) -> None:
    make_connector(admin.app, "Practice", practice_url)
    admin.post("/connectors/1/check")
    with admin.app.app_context(), writing():
        db.session.execute(db.delete(CheckRun))
        db.session.commit()

    page = says(admin.get("/activity/").text)

    assert re.search(r"Checked a connector: Practice \S.*? Answers", page)
    assert "See the check" not in page
    assert "Answers" in admin.get("/activity/activity.csv").text


def test_a_discarded_draft_is_listed_by_its_name(admin: Visitor) -> None:
    page = str(admin.post("/setup/new").location)
    admin.post(page + "/draft", {"erp": "Visma.net"}, htmx=True)
    admin.post("/setup/1/discard")
    admin.post("/setup/1/restore")

    page = says(admin.get("/activity/").text)

    assert "Discarded a draft: Visma.net" in page
    assert "Took a draft back: Visma.net" in page
