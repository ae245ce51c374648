"""Makes a test of something that is watched. No transaction is open meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from ipaddress import ip_address
from threading import BoundedSemaphore

from flask import current_app

from wizard.domain.check import Outcome, Stage, StageResult, Verdict
from wizard.errors import DecryptionError
from wizard.extensions import db
from wizard.models import Connection
from wizard.models.columns import now
from wizard.models.database import DatabaseUnavailable, NoConnectionFree
from wizard.outside.connector import CheckLimits, Endpoint, KnownAnswers, certificate_end, check_briefly
from wizard.outside.http import Trust, is_this_machine
from wizard.services.checks import KnownSecrets, policy_for, request_of_saved
from wizard.services.watch.claim import LATER, Job

_known = KnownAnswers()
_loading = BoundedSemaphore(2)
"""When very many break at once, pages need connections to the database too."""
_ON_THE_WAY = (Stage.ADDRESS, Stage.DNS, Stage.CONNECT)


@dataclass(frozen=True, slots=True)
class Result:
    """What a test has found; `stages` are kept of the first failure in a row only.

    `is_void`: it says nothing of what was tested, which is due again after a pause.
    """

    job: Job
    at: datetime
    failure: StageResult | None = None
    stages: tuple[StageResult, ...] = ()
    certificate_until: datetime | None = None
    is_void: bool = False
    pause: timedelta = timedelta()
    has_left: bool = False
    """Whether the test has reached another machine."""


def perform(job: Job, cancelled: Callable[[], bool]) -> Result:
    """A test is void when it was cancelled, or when the database was away that has the secrets."""
    try:
        report = check_briefly(
            Endpoint(job.url, Trust(job.ca_pem or None)),
            _values_of(job),
            partial(_secrets_of, job),
            _known,
            policy=policy_for(job.url),
            limits=CheckLimits(current_app.config["CHECK_SECONDS"]),
            cancelled=cancelled,
        )
    except DecryptionError:
        return void(job, LATER)
    except (DatabaseUnavailable, NoConnectionFree):
        return void(job)
    if report.verdict == Verdict.CANCELLED:
        return void(job)
    failure = next((each for each in report.results if each.outcome == Outcome.FAILED), None)
    stages = report.results if failure and job.is_first else ()
    return Result(job, now(), failure, stages, certificate_end(report), has_left=_has_left(report.results))


def void(job: Job, pause: timedelta = timedelta()) -> Result:
    """The result of a test that has found nothing."""
    return Result(job, now(), is_void=True, pause=pause)


def _has_left(results: Sequence[StageResult]) -> bool:
    """Whether another machine was reached."""
    address = next((each.facts.get("address", "") for each in results if each.stage == Stage.CONNECT), "")
    return bool(address) and not _is_unreached(results) and not is_this_machine(ip_address(address))


def _is_unreached(results: Sequence[StageResult]) -> bool:
    return any(
        each.outcome == Outcome.FAILED and each.stage in _ON_THE_WAY and each.reason != "connect.refused"
        for each in results
    )


def _values_of(job: Job) -> dict[str, str] | None:
    """The saved values of a connection; None for a connector."""
    return None if job.connection_id is None else Connection.config.value_of(job.connection_id, job.config)


def _secrets_of(job: Job) -> Collection[str]:
    """What is blacked out in what is kept of a failure; of a further one nothing is."""
    if not job.is_first:
        return ()
    with _loading:
        connection = db.session.get(Connection, job.connection_id) if job.connection_id else None
        secrets = KnownSecrets(request_of_saved(connection) if connection else {"url": job.url}).at_start
        db.session.close()
    return secrets
