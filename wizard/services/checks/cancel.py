"""Cancels a check."""

from __future__ import annotations

from wizard.domain.check import SAVES, RunKind, RunState
from wizard.errors import InvalidState
from wizard.extensions import db
from wizard.jobs.queue import job_queue
from wizard.models import Account, CheckRun, Continuation
from wizard.services import audit


def cancel_check(account: Account, run: CheckRun) -> None:
    """Sets the state at once; the process that executes the run ends it soon. Leaves a run that has ended as it is.

    Raises InvalidState for a save: the connector or SuperOffice may have stored already what is saved.
    """
    if run.kind in (*SAVES, RunKind.REGISTER):
        raise InvalidState("saving")
    if not run.unfinished:
        return
    run.cancel_requested = True
    run.continuation = Continuation.NONE
    run.state = RunState.CANCELLED
    audit.note(account, f"{run.kind}.check_cancelled", run.request["name"])
    db.session.commit()
    job_queue().cancel(run.id)
