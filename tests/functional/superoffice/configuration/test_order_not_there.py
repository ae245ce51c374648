"""An order that SuperOffice does not have, and what is said of it."""

from __future__ import annotations

from tests.factories import Visitor, make_connection, says
from tests.factories.queues import InlineQueue
from tests.functional.superoffice.configuration.configuring import Configuring
from wizard.domain.mapping import Direction

RANK, PRIORITY = "/connections/1/rank", "/connections/1/priority"


def order_here(admin: Visitor, sides: Configuring) -> None:
    """The order of all connections is one that was chosen here."""
    sweden = make_connection(sides.app, sides.both.connector_id, "Sverige")
    admin.post(PRIORITY, {"move": f"first:{sweden}"}, htmx=True)


class ClosingQueue(InlineQueue):
    """Of a process that is being stopped."""

    def is_closing(self) -> bool:
        return True


def test_nothing_is_said_of_a_rank_that_was_never_written(admin: Visitor, sides: Configuring) -> None:
    admin.post("/connections/1/fields")
    sides.write()
    sides.change_state(waiting=False, written_at=None)

    page = says(admin.get(f"{RANK}?type=Customer").text)

    assert "In SuperOffice since" not in page
    assert "Not in SuperOffice yet" not in page


def test_a_rank_that_is_written_without_script_is_said_on_the_page(admin: Visitor, sides: Configuring) -> None:
    page = admin.post(f"{RANK}/there", follow_redirects=True).text

    assert "In SuperOffice too." in says(page)


def test_a_rank_beside_a_row_that_is_refused_leads_to_the_connection(admin: Visitor, sides: Configuring) -> None:
    sides.set("Customer", Town={"crm_key": "contact/nowhere", "direction": Direction.NONE})

    page = admin.post(f"{RANK}/there", follow_redirects=True).text

    assert "SuperOffice did not take everything: see the page of the connection." in says(page)


def test_a_priority_waits_while_superoffice_does_not_answer(admin: Visitor, sides: Configuring) -> None:
    order_here(admin, sides)
    sides.host.plan("unavailable", "", None)

    page = admin.post(f"{PRIORITY}/there", follow_redirects=True).text

    assert "Not in SuperOffice yet; it is tried again. " in says(page)


def test_a_priority_waits_while_the_wizard_is_stopped(admin: Visitor, sides: Configuring) -> None:
    order_here(admin, sides)
    sides.app.extensions["job_queue"] = ClosingQueue(sides.app)

    page = admin.post(f"{PRIORITY}/there", follow_redirects=True).text

    assert "Not in SuperOffice yet; it is tried again." in says(page)


def test_without_a_link_nothing_is_said_of_superoffice(admin: Visitor, sides: Configuring) -> None:
    order_here(admin, sides)
    sides.both.unlink()

    page = admin.post(f"{PRIORITY}/there", follow_redirects=True).text

    assert "In SuperOffice too." not in says(page)
    assert "Not in SuperOffice yet" not in says(page)
