"""What the process that leads does for the runs in Procrastinate's tables: none is lost, and none stays behind."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app
from sqlalchemy import Interval, Select, cast, column, delete, func, literal, or_, select, table

from wizard.domain.check import RunState
from wizard.extensions import db
from wizard.jobs.procrastinate import MAX_ATTEMPTS, TASK, jobs, stalled_seconds
from wizard.jobs.queue import job_queue
from wizard.models import UNFINISHED, CheckRun
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.services.checks import end_abandoned_runs, renew_heartbeats_of

workers = table("procrastinate_workers", column("id"), column("last_heartbeat"))


def take_up_runs() -> None:
    """Gives the runs of killed workers to others, queues what nobody has queued, and ends what was given up."""
    with writing():
        _release_stalled()
        _forget_ended()
        _renew_heartbeats()
        lost = db.session.scalars(_lost()).all()
        renew_heartbeats_of(CheckRun.id.in_(lost))
        db.session.commit()
    for run_id in lost:
        job_queue().submit(run_id)
    end_abandoned_runs()


def _release_stalled() -> None:
    """Lets any worker fetch the jobs of workers that are silent, as a whole or about this run.

    One that was tried too often is given up.
    """
    is_silent = or_(workers.c.id.is_(None), workers.c.last_heartbeat < func.now() - cast(literal(_stalled()), Interval))
    is_forgotten = CheckRun.state.in_(UNFINISHED) & (CheckRun.heartbeat_at < now() - _silence())
    stalled = (
        select(jobs.c.id, jobs.c.attempts)
        .outerjoin_from(jobs, workers, workers.c.id == jobs.c.worker_id)
        .outerjoin(CheckRun, CheckRun.id == jobs.c.lock)
        .where(jobs.c.task_name == TASK, jobs.c.status == "doing", or_(is_silent, is_forgotten))
        .with_for_update(of=jobs, skip_locked=True)
    )
    for job_id, attempts in db.session.execute(stalled).all():
        if attempts + 1 < MAX_ATTEMPTS:
            db.session.execute(select(func.procrastinate_retry_job_v2(job_id, func.now(), None, None, None)))
        else:
            db.session.execute(delete(jobs).where(jobs.c.id == job_id))


def _forget_ended() -> None:
    """Deletes the jobs whose runs ended a while ago, as when their worker could not say so."""
    has_ended = CheckRun.state.not_in(UNFINISHED) & (CheckRun.heartbeat_at < now() - _silence())
    ended = select(CheckRun.id).where(CheckRun.id == jobs.c.lock, has_ended)
    db.session.execute(delete(jobs).where(jobs.c.task_name == TASK, ended.exists()))


def _renew_heartbeats() -> None:
    """Of the runs that wait for a worker. The others are renewed by the worker that executes them."""
    waiting = select(jobs.c.lock).where(jobs.c.task_name == TASK, jobs.c.status == "todo")
    renew_heartbeats_of(CheckRun.id.in_(waiting))


def _lost() -> Select[str]:
    """The runs whose process was killed before it had queued them."""
    queued = select(jobs.c.id).where(jobs.c.lock == CheckRun.id, jobs.c.status.in_(("todo", "doing")))
    is_waiting = CheckRun.state == RunState.WAITING
    return select(CheckRun.id).where(is_waiting, CheckRun.heartbeat_at < now() - _stalled(), ~queued.exists())


def _silence() -> timedelta:
    silence: timedelta = current_app.config["SILENCE"]
    return silence


def _stalled() -> timedelta:
    return timedelta(seconds=stalled_seconds(_silence().total_seconds()))
