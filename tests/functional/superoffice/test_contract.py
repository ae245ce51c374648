"""One contract for the practice SuperOffice and a real tenant (docs/superoffice-sandbox.md)."""

from __future__ import annotations

import os
from typing import Any

import pytest

from tests.factories import PracticeSuperOffice
from tests.functional.superoffice import contract_steps as steps
from tests.functional.superoffice.contract_sites import (
    POLICY,
    VARIABLE,
    WHOLE_SECONDS,
    ContractSite,
    practice_site,
    real_site,
)
from tests.superoffice_judge import api_path, objections
from wizard.outside.http import Deadline
from wizard.outside.superoffice import SuperOffice


def _register(at: ContractSite) -> None:
    """A whole registration, as the wizard makes it, and what can be configured."""
    with SuperOffice(at.site, at.credentials, policy=POLICY, deadline=Deadline(WHOLE_SECONDS)) as so:
        run = steps.Registration(so, at)
        steps.look_around(run)
        with steps.cleaning_up(run):
            steps.save_connector(run)
            steps.save_connection(run)
            steps.edit_texts(run)
            ready = steps.map_fields(run)
            steps.map_list_items(run)
            if ready:
                steps.set_default_and_rank(run, ready[0])
                steps.preview_import(run, ready[0])
            steps.keep_priorities(run)
            steps.activate(run)
            steps.delete_and_restore(run)


OTHER_READINGS: dict[str, Any] = {
    "keeps_sent_guid": True,
    "tests_config_of_connection": True,
    "saves_at_connector": False,
    "deletes_at_connector": True,
    "obeys_active": True,
    "unsupported_type": "null",
    "crm_fields": "headings",
    "absent": None,
    "number": 3,
}
SITES = ["practice", "practice, read otherwise", *(["real"] if VARIABLE in os.environ else [])]


@pytest.mark.parametrize("where", SITES)
def test_a_superoffice_registers_and_configures_as_documented(host: PracticeSuperOffice, where: str) -> None:
    if where == "practice, read otherwise":
        vars(host.behaviour).update(OTHER_READINGS)
    _register(real_site() if where == "real" else practice_site(host))

    judged = [exchange for exchange in host.traffic if api_path(exchange)]
    assert [each for exchange in judged for each in objections(exchange)] == []
