"""One contract for the practice SuperOffice and a real tenant (docs/superoffice-sandbox.md)."""

from __future__ import annotations

import os

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


SITES = ["practice", *(["real"] if VARIABLE in os.environ else [])]


@pytest.mark.parametrize("where", SITES)
def test_a_superoffice_registers_and_configures_as_documented(host: PracticeSuperOffice, where: str) -> None:
    _register(practice_site(host) if where == "practice" else real_site())

    judged = [exchange for exchange in host.traffic if api_path(exchange)]
    assert [each for exchange in judged for each in objections(exchange)] == []
