"""What the process that leads does for the runs in Procrastinate's tables: none is lost, and none stays behind."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app
from sqlalchemy import Enum, Interval, Select, cast, column, delete, func, literal, or_, select, table, update

from wizard.domain.check import RunState
from wizard.extensions import db
from wizard.jobs.procrastinate import MAX_ATTEMPTS, TASK, stalled_seconds
from wizard.jobs.queue import job_queue
from wizard.models import UNFINISHED, CheckRun
from wizard.models.columns import now
from wizard.models.database import writing

jobs = table(
    "procrastinate_jobs",
    column("id"),
    column("task_name"),
    column("lock"),
    column("status", Enum("todo", "doing", name="procrastinate_job_status")),
    column("attempts"),
    column("worker_id"),
)
"""A job's lock is the id of its run."""
workers = table("procrastinate_workers", column("id"), column("last_heartbeat"))


def take_up_runs() -> None:
    """Gives the runs of killed workers to others, and those that wait a sign of life; queues what nobody has queued."""
    with writing():
        _release_stalled()
        _forget_ended()
        _renew_heartbeats()
        lost = db.session.scalars(_lost()).all()
        db.session.commit()
    for run_id in lost:
        job_queue().submit(run_id)


def _release_stalled() -> None:
    """Lets any worker fetch the jobs of workers that are silent. One that was tried too often is given up."""
    heartbeat_limit = func.now() - cast(literal(_stalled()), Interval)
    stalled = (
        select(jobs.c.id, jobs.c.attempts)
        .outerjoin_from(jobs, workers, workers.c.id == jobs.c.worker_id)
        .where(jobs.c.task_name == TASK, jobs.c.status == "doing")
        .where(or_(workers.c.id.is_(None), workers.c.last_heartbeat < heartbeat_limit))
        .with_for_update(of=jobs, skip_locked=True)
    )
    for job_id, attempts in db.session.execute(stalled).all():
        if attempts + 1 < MAX_ATTEMPTS:
            db.session.execute(select(func.procrastinate_retry_job_v2(job_id, func.now(), None, None, None)))
        else:
            db.session.execute(delete(jobs).where(jobs.c.id == job_id))


def _forget_ended() -> None:
    """Deletes the jobs whose runs ended a while ago, as when their worker could not say so."""
    ended = select(CheckRun.id).where(CheckRun.id == jobs.c.lock, CheckRun.finished_at < now() - _silence())
    db.session.execute(delete(jobs).where(jobs.c.task_name == TASK, jobs.c.status == "doing", ended.exists()))


def _renew_heartbeats() -> None:
    """Of the runs that wait for a worker. The others are renewed by the worker that executes them."""
    queued = select(jobs.c.lock).where(jobs.c.task_name == TASK, jobs.c.status == "todo")
    waiting = CheckRun.state.in_(UNFINISHED) & CheckRun.id.in_(queued)
    db.session.execute(update(CheckRun).where(waiting).values(heartbeat_at=now()))


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
