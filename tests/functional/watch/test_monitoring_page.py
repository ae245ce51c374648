"""The page Monitoring, of a connection and of a connector."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from tests.factories import Visitor, in_app, make_connection, make_connector, says, sign_in
from tests.factories.notices import make_recipient
from tests.factories.watches import make_outage, make_watch
from tests.steps import save
from wizard.domain.accounts import Role
from wizard.domain.check import Outcome, Stage, StageResult
from wizard.domain.watch import Interval
from wizard.extensions import db
from wizard.models import Connection, ConnectionState, Outage, Watch
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.services.lists import PAGE_SIZE

PAGE = "/connections/1/monitoring"


@pytest.fixture
def reader(admin: Visitor) -> Visitor:
    return sign_in(admin.app, "Ola Nordmann", role=Role.READER)


@pytest.fixture
def watched(admin: Visitor) -> Callable[..., int]:
    """Makes the watch of the first connection."""
    connection_id = make_connection(admin.app, make_connector(admin.app))
    return lambda **more: make_watch(admin.app, connection_id=connection_id, **more)


def interval_of(admin: Visitor) -> Interval:
    return in_app(admin.app, lambda: db.session.scalars(select(Watch.interval)).one())


def test_what_was_never_watched_says_so_and_offers_how_often(admin: Visitor) -> None:
    make_connection(admin.app, make_connector(admin.app))

    for page in (admin.get(PAGE).text, admin.get("/connectors/1/monitoring").text):
        assert "It is not tested automatically" in page
        assert '<option value="off" selected>Never</option>' in page
        assert 'role="img"' not in page


def test_what_is_not_tested_yet_says_when_it_will_be(admin: Visitor, watched: Callable[..., int]) -> None:
    watched(days=0)

    page = admin.get(PAGE).text

    assert "Not tested yet" in page
    assert "First test " in page


def test_what_works_shows_its_days_and_how_much_of_the_time_it_worked(
    admin: Visitor, watched: Callable[..., int]
) -> None:
    watched(down={3: 2100, 20: 300})

    page = admin.get(PAGE).text

    assert "It works" in page
    assert page.count('class="day ') == 30 + 3
    assert "failures on 2 days." in page
    assert "<b>99.9%</b> of the time" in page
    assert 'href="/connections/1/monitoring" aria-current="page">Monitoring' in page


def test_where_a_day_does_not_begin_at_midnight_it_is_said_when_it_does(
    admin: Visitor, watched: Callable[..., int]
) -> None:
    watched()
    assert "midnight in UTC" not in admin.get(PAGE).text

    admin.client.set_cookie("time_zone", "Asia/Kolkata")

    assert "Each day begins at 05:30, which is midnight in UTC." in admin.get(PAGE).text


def test_what_is_down_shows_the_stages_of_the_first_failure_with_its_repair(
    admin: Visitor, watched: Callable[..., int]
) -> None:
    make_outage(admin.app, watched(down={0: 25_000}))

    page = admin.get(PAGE).text

    assert "Down since " in page
    assert "stage-failed" in page
    assert "Your IT department" in page
    assert "Copy a note for them" in page
    assert "timeout after 10.0 s" in page


def test_a_failure_without_encryption_has_no_stage_of_it(admin: Visitor) -> None:
    connection_id = make_connection(admin.app, make_connector(admin.app, url="http://erp.example/x.svc"))
    watch = make_watch(admin.app, connection_id=connection_id)
    outage = make_outage(admin.app, watch)
    with admin.app.app_context(), writing():
        row = db.session.get_one(Outage, outage)
        row.stages = (StageResult(Stage.TLS, Outcome.SKIPPED, facts={"scheme": "http"}), *row.stages)
        db.session.commit()

    page = admin.get(PAGE).text

    assert 'id="check-http"' in page
    assert 'id="check-tls"' not in page


def test_a_single_failure_is_not_called_down(admin: Visitor, watched: Callable[..., int]) -> None:
    make_outage(admin.app, watched(), failures=1)

    assert "The last test failed. It is tested again soon." in admin.get(PAGE).text
    assert "is down" not in admin.get("/").text
    assert "Last test failed" in admin.get("/").text


def test_an_administrator_chooses_how_often_it_is_tested(admin: Visitor, watched: Callable[..., int]) -> None:
    watched()

    answer = admin.send(PAGE, {"interval": "five_minutes"})

    assert "Saved. Test automatically: Every 5 minutes" in answer.text
    assert '<option value="five_minutes" selected>' in answer.text
    assert interval_of(admin) == Interval.FIVE_MINUTES
    activity = admin.get("/activity/").text
    assert "Chose how often a connection is tested" in activity
    assert "Every 5 minutes" in activity


@pytest.mark.parametrize("sent", [{}, {"interval": ""}, {"interval": "second"}])
def test_an_interval_that_there_is_not_is_refused(
    admin: Visitor, watched: Callable[..., int], sent: dict[str, str]
) -> None:
    watched()

    assert admin.post(PAGE, sent).status_code == 400
    assert interval_of(admin) == Interval.HOUR


def test_a_reader_sees_how_often_and_cannot_change_it(reader: Visitor, watched: Callable[..., int]) -> None:
    watched()

    page = reader.get(PAGE).text

    assert "Every hour" in page
    assert "<select" not in page
    assert reader.post(PAGE, {"interval": "off"}).status_code == 403


def test_a_reader_does_not_see_what_a_server_has_answered(
    admin: Visitor, reader: Visitor, watched: Callable[..., int]
) -> None:
    refused = StageResult(Stage.CONFIG, Outcome.FAILED, "config.rejected", {"answer": "Wr0ng"}, (("body", "Wr0ng"),))
    watch = watched()
    past = make_outage(admin.app, watch, minutes=5, result=refused)
    make_outage(admin.app, watch, result=refused)

    for path in (PAGE, f"{PAGE}/{past}"):
        assert "Wr0ng" in admin.get(path).text
        assert "Wr0ng" not in reader.get(path).text


def test_failures_go_page_by_page_and_each_leads_to_its_stages(admin: Visitor, watched: Callable[..., int]) -> None:
    watch = watched()
    one = make_outage(admin.app, watch, minutes=5, failures=1)
    for _ in range(PAGE_SIZE):
        make_outage(admin.app, watch, minutes=35, notified=4)

    first, second = admin.get(PAGE).text, admin.get(f"{PAGE}?p=2").text

    assert first.count("35 min") == PAGE_SIZE
    assert "4 recipients" in first
    assert "Only 1 test failed" in second
    assert f'href="{PAGE}/{one}"' in second
    failure = admin.get(f"{PAGE}/{one}").text
    assert ", for 5 min" in failure
    assert "timeout after 10.0 s" in failure


def test_an_old_failure_says_where_it_was_and_why_without_its_stages(
    admin: Visitor, watched: Callable[..., int]
) -> None:
    past = make_outage(admin.app, watched(), minutes=5, keeps_stages=False)

    assert "Connection" in admin.get(PAGE).text
    assert "Your IT department" in admin.get(f"{PAGE}/{past}").text


def test_the_failure_of_another_is_not_found(admin: Visitor, watched: Callable[..., int]) -> None:
    past = make_outage(admin.app, watched(), minutes=5)
    make_connection(admin.app, 1, "Acme Sweden")
    make_watch(admin.app, connection_id=2)

    assert admin.get(f"/connections/2/monitoring/{past}").status_code == 404
    assert admin.get(f"/connectors/1/monitoring/{past}").status_code == 404
    assert admin.get(f"{PAGE}/99").status_code == 404


def test_test_now_is_a_check_like_every_other(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)

    assert 'action="/connections/1/test"' in admin.get(PAGE).text
    assert 'action="/connectors/1/check"' in admin.get("/connectors/1/monitoring").text


@pytest.mark.parametrize(("failures", "is_hastened"), [(2, True), (0, False)])
def test_who_tests_by_hand_what_is_down_need_not_wait_for_the_watch(
    admin: Visitor, practice_url: str, failures: int, is_hastened: bool
) -> None:
    save(admin, practice_url)
    watch = make_watch(admin.app, connection_id=1)
    if failures:
        make_outage(admin.app, watch, failures=failures)

    admin.post("/connections/1/test")

    due = in_app(admin.app, lambda: db.session.scalars(select(Watch.due_at)).one())
    assert (due is not None and due <= now()) == is_hastened


def test_what_is_deleted_is_shown_without_anything_to_press(admin: Visitor, watched: Callable[..., int]) -> None:
    watched()
    admin.post("/connections/1/delete")

    page = admin.get(PAGE).text

    assert "Test now" not in page
    assert "<select" not in page
    assert admin.post(PAGE, {"interval": "off"}).status_code == 404


def test_the_recipients_of_a_connection_are_sent_a_test_from_here(admin: Visitor, watched: Callable[..., int]) -> None:
    watched()
    make_connection(admin.app, 1, "Acme Sweden")
    make_recipient(admin.app, name="Kari Lund")
    make_recipient(admin.app, name="Lars Holm", connection_ids=[2])

    page = admin.get(PAGE).text

    assert "Kari Lund" in page
    assert "Lars Holm" not in page
    assert "Lars Holm" in admin.get("/connectors/1/monitoring").text
    assert 'href="/notices/"' in page
    sent = admin.client.post(
        "/notices/1/test", data={"csrf_token": admin.token}, headers={"Referer": f"http://localhost{PAGE}"}
    )
    assert str(sent.location) == PAGE
    assert "Not delivered" in admin.get(PAGE).text


def test_a_reader_does_not_see_who_is_told(admin: Visitor, reader: Visitor, watched: Callable[..., int]) -> None:
    watched()
    make_recipient(admin.app, name="Kari Lund")

    assert "Kari Lund" not in reader.get(PAGE).text


def test_what_is_down_says_how_many_are_notified(admin: Visitor, watched: Callable[..., int]) -> None:
    watch = watched()
    outage = make_outage(admin.app, watch)
    assert "Nobody is notified yet." in admin.get(PAGE).text
    with admin.app.app_context(), writing():
        db.session.get_one(Outage, outage).notified = 3
        db.session.commit()

    assert "3 recipients are notified." in admin.get(PAGE).text


def test_what_is_not_tested_any_more_says_when_it_was_last(admin: Visitor, watched: Callable[..., int]) -> None:
    watched(interval=Interval.OFF)

    page = says(admin.get(PAGE).text)

    assert "Last test " in page
    assert ", next " not in page


def test_an_outage_of_a_connector_has_a_page(admin: Visitor) -> None:
    outage = make_outage(admin.app, make_watch(admin.app, connector_id=make_connector(admin.app)), minutes=35)

    assert "35 min" in admin.get(f"/connectors/1/monitoring/{outage}").text


def test_a_connection_that_is_being_saved_for_the_first_time_is_not_monitored_yet(admin: Visitor) -> None:
    connection_id = make_connection(admin.app, make_connector(admin.app))
    with admin.app.app_context(), writing():
        db.session.get_one(Connection, connection_id).state = ConnectionState.SAVING
        db.session.commit()

    assert admin.get(PAGE).status_code == 404


def test_how_often_a_connector_is_tested_is_chosen(admin: Visitor) -> None:
    make_connector(admin.app)
    admin.post("/connectors/1/monitoring", {"interval": "day"})

    assert interval_of(admin) is Interval.DAY
