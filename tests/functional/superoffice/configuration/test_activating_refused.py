"""The pages of a connection that cannot be activated or deactivated, and what its checklist then says."""

from __future__ import annotations

import pytest

from tests.factories import Visitor, in_app, says
from tests.factories.queues import InlineQueue
from tests.functional.superoffice.calls import GOOD
from tests.functional.superoffice.configuration.activating import Activating, ready_to_activate
from tests.functional.superoffice.configuration.configuring import Configuring
from wizard.app import execute
from wizard.domain.check import Outcome, Stage
from wizard.extensions import db
from wizard.models import CheckRun
from wizard.models.database import writing

PAGE = "/connections/1"


@pytest.fixture
def ready(sides: Configuring) -> Activating:
    return ready_to_activate(sides)


def test_without_a_link_nothing_is_checked(admin: Visitor, ready: Activating) -> None:
    ready.sides.both.unlink()

    answer = admin.post(f"{PAGE}/activate", {"action": "activate"})

    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"{PAGE}/activate")
    assert in_app(admin.app, lambda: db.session.scalars(db.select(CheckRun)).all()) == []


def test_secrets_for_another_host_are_not_sent_to_be_checked(admin: Visitor, ready: Activating) -> None:
    ready.sides.both.change_here(origin="https://elsewhere.example")

    page = admin.post(f"{PAGE}/activate", {"action": "activate"}, follow_redirects=True).text

    assert "its connector has moved to another host" in says(page)
    assert not ready.is_active_there


@pytest.mark.parametrize("page", ["activated", "deactivate"])
def test_a_page_for_active_connections_leads_back_from_one_that_is_not(
    admin: Visitor, ready: Activating, page: str
) -> None:
    assert admin.get(f"{PAGE}/{page}").headers["Location"].endswith(PAGE)


def test_a_connection_that_is_gone_there_is_not_deactivated_and_it_says_why(admin: Visitor, ready: Activating) -> None:
    ready.run()
    ready.sides.api.agent("ErpSync/DeleteConnection", {"ErpConnectionId": ready.sides.both.there_id})

    page = says(admin.post(f"{PAGE}/deactivate", follow_redirects=True).text)

    assert "Norge is not deactivated. Norge is not in SuperOffice any more" in page


def test_without_a_link_nothing_is_deactivated(admin: Visitor, ready: Activating) -> None:
    ready.run()
    ready.sides.both.unlink()

    page = says(admin.post(f"{PAGE}/deactivate", follow_redirects=True).text)

    assert "Norge is not deactivated." in page
    assert ready.is_active_there


def test_a_connection_that_somebody_activates_each_time_is_not_deactivated(admin: Visitor, ready: Activating) -> None:
    ready.run()
    ready.sides.host.plan("toggled_meanwhile", "ToggleErpConnectionActive", None)

    page = says(admin.post(f"{PAGE}/deactivate", follow_redirects=True).text)

    assert "Norge is not deactivated." in page
    assert ready.is_active_there


def test_an_activation_by_nobody_known_says_only_when_it_was(admin: Visitor, ready: Activating) -> None:
    ready.run()
    ready.sides.change_state(activated_by="")

    page = says(admin.get(PAGE).text)

    assert "Activated today at" in page
    assert "by Ingrid Berg." not in page


def test_a_connection_that_is_off_for_a_change_says_that_it_is_activated_again(
    admin: Visitor, ready: Activating
) -> None:
    ready.sides.change_state(reactivate=True)

    assert "It was switched off in SuperOffice for a change" in says(admin.get(PAGE).text)


def test_the_checklist_says_that_the_last_test_has_failed(admin: Visitor, ready: Activating) -> None:
    ready.sides.both.change_here(config=dict(GOOD) | {"ApiPassword": "wrong"})
    admin.post(f"{PAGE}/test")

    assert "The last test failed" in says(admin.get(PAGE).text)


def test_a_connection_that_the_connector_refuses_is_not_activated(ready: Activating) -> None:
    ready.sides.both.change_here(config=dict(GOOD) | {"ApiPassword": "wrong"})

    results = ready.run()

    assert [each.stage for each in results.values() if each.outcome == Outcome.FAILED] == [Stage.ERP]
    assert not ready.is_active_there


def test_a_connection_that_superoffice_has_not_got_is_not_activated(ready: Activating) -> None:
    ready.sides.both.change_here(superoffice_id=None)

    assert "superoffice.not_linked" in ready.reasons().values()


def test_an_activation_that_is_cancelled_leaves_it_inactive(ready: Activating) -> None:
    ready.sides.app.extensions["job_queue"] = CancelledQueue(ready.sides.app)

    results = ready.run()

    assert Outcome.FAILED not in {each.outcome for each in results.values()}
    assert not ready.is_active_there


class CancelledQueue(InlineQueue):
    """Somebody cancels each run before its connector is called."""

    def submit(self, run_id: str) -> None:
        with self._app.app_context(), writing():
            execute(run_id, cancelled=lambda: True, interrupted=lambda: False)
