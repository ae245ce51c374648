"""A practice SuperOffice on a real socket for the tests of this folder, with nothing in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories import PracticeSuperOffice, Visitor, serve_superoffice, type_practice
from tests.factories.traffic import Exchange
from tests.superoffice_judge import api_path, objections_to_answer


@pytest.fixture
def host(tmp_path: Path) -> Iterator[PracticeSuperOffice]:
    with serve_superoffice(folder=tmp_path) as served:
        yield served
        if not served.behaviour.planned:
            assert [
                each for exchange in served.traffic if _is_judged(exchange) for each in objections_to_answer(exchange)
            ] == []


def _is_judged(exchange: Exchange) -> bool:
    """Requests of tests are not always documented ones, nor are answers to what cannot be answered."""
    return exchange.status in (200, 204) and api_path(exchange) != ""


@pytest.fixture
def served(admin: Visitor) -> Iterator[PracticeSuperOffice]:
    """Beside an administrator's app."""
    with serve_superoffice(admin.app) as served:
        yield served


@pytest.fixture
def typed(admin: Visitor, served: PracticeSuperOffice) -> PracticeSuperOffice:
    """One that is entered as what is to be linked; nobody has signed in yet."""
    type_practice(admin.app, served)
    return served
