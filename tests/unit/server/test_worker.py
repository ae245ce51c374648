"""A worker needs a queue that it shares, and that one a database that is shared."""

from __future__ import annotations

from pathlib import Path

import pytest

from wizard import create_app
from wizard.config import Queue, Settings
from wizard.errors import ConfigError
from wizard.server.worker import work


def test_without_the_queue_there_is_nothing_to_work_on(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="A worker needs ERP_WIZARD_QUEUE=procrastinate"):
        work(Settings(instance=tmp_path), None, print)


def test_the_queue_needs_a_database_that_several_machines_can_share(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"needs a PostgreSQL database: set ERP_WIZARD_DATABASE_URL"):
        create_app(Settings(instance=tmp_path, queue=Queue.PROCRASTINATE))


@pytest.mark.parametrize(("value", "queue"), [("pool", Queue.POOL), ("Procrastinate", Queue.PROCRASTINATE)])
def test_it_is_chosen_by_its_name(value: str, queue: Queue) -> None:
    assert Settings.from_environment({"ERP_WIZARD_QUEUE": value}).queue is queue


def test_another_name_is_refused() -> None:
    with pytest.raises(ConfigError, match="ERP_WIZARD_QUEUE has to be pool or procrastinate, not celery"):
        Settings.from_environment({"ERP_WIZARD_QUEUE": "celery"})
