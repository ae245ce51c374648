"""An active connection that is to be changed, and does not become inactive or active again as it should."""

from __future__ import annotations

import pytest

from tests.functional.superoffice.configuration.configuring import Configuring
from wizard.services.configuration import Written


@pytest.fixture
def changed(sides: Configuring) -> Configuring:
    """Active, with a change that is not written yet."""
    sides.activate()
    sides.set("Customer", Phone={"show_in_tab": True})
    return sides


def test_nothing_is_written_while_somebody_keeps_it_active(changed: Configuring) -> None:
    changed.host.plan("toggled_meanwhile", "ToggleErpConnectionActive")

    assert changed.write().state is Written.WAITING

    assert not changed.there("Phone")["ShowInGui"]
    changed.retry()
    assert changed.there("Phone")["ShowInGui"]
    assert changed.both.there()["Active"]


def test_it_stays_inactive_until_superoffices_test_passes(changed: Configuring) -> None:
    changed.host.behaviour.tests_pass = False

    assert changed.write().state is Written.WAITING

    assert not changed.both.there()["Active"]
    changed.host.behaviour.tests_pass = True
    changed.retry()
    assert changed.both.there()["Active"]


def test_a_refusal_to_activate_it_again_is_kept_in_superoffices_words(changed: Configuring) -> None:
    changed.api.agent("ErpSync/ToggleErpConnectionActive", {"ErpConnectionId": changed.both.there_id})
    changed.change_state(reactivate=True)
    changed.host.plan("refused", "ToggleErpConnectionActive")

    result = changed.write()

    assert result.state is Written.WAITING
    assert "SuperOffice refuses this on purpose." in result.refused[""][""]


def test_an_error_while_it_is_activated_again_is_the_failure(changed: Configuring) -> None:
    changed.api.agent("ErpSync/ToggleErpConnectionActive", {"ErpConnectionId": changed.both.there_id})
    changed.change_state(reactivate=True)
    changed.host.plan("forbidden", "ToggleErpConnectionActive", None)

    result = changed.write()

    assert result.state is Written.WAITING
    assert result.failure is not None
