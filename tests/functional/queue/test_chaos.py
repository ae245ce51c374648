"""Whatever is killed: each run ends exactly once, nothing is half saved, and each notice is sent once."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from time import monotonic

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from tests import factories
from tests.factories import Visitor, form_fields, in_app
from tests.factories.receivers import serve_mail
from tests.functional.queue.chaos import SEED, Hand, Notices, Processes, SlowHost, processes
from tests.functional.queue.looking import comes, ended, jobs, registered
from tests.steps import RIGHT
from wizard.domain.check import RunState, Verdict
from wizard.extensions import db
from wizard.jobs.procrastinate import MAX_ATTEMPTS
from wizard.models import UNFINISHED, CheckRun, Connection, ConnectionState

pytestmark = pytest.mark.no_cover

ACCOUNTS = 40
"""Each may start 60 checks a minute."""
PATIENCE = 180
"""Seconds that are waited at most for what a busy machine does."""
PASSED = (RunState.FINISHED, Verdict.PASSED)

NOTE_EACH_END = """
CREATE TABLE run_end (run_id text, state text);
CREATE FUNCTION note_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO run_end VALUES (NEW.id, NEW.state);
    RETURN NEW;
END;
$$;
CREATE TRIGGER note_end AFTER UPDATE OF state ON check_run FOR EACH ROW
WHEN (NEW.state NOT IN ('waiting', 'running')) EXECUTE FUNCTION note_end();
CREATE TABLE given_up (run_id text, attempts int);
CREATE FUNCTION note_given_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO given_up VALUES (OLD.lock, OLD.attempts);
    RETURN OLD;
END;
$$;
CREATE TRIGGER note_given_up AFTER DELETE ON procrastinate_jobs FOR EACH ROW
WHEN (OLD.status = 'doing') EXECUTE FUNCTION note_given_up();
"""


@dataclass(frozen=True)
class Chaos:
    """For how many seconds how many checks run, while how many connections are saved and so many processes killed.

    `every_seconds` one of them is killed. A check whose worker is killed each time is given up in the end.
    """

    seconds: float
    every_seconds: float
    checks: int
    saves: int
    workers: int
    webs: int
    answer_seconds: float
    silence_seconds: float


@pytest.fixture
def chaos(request: pytest.FixtureRequest, template_instance: Path) -> Chaos:
    """A minute of it with `--postgresql`, which takes only what asks for a `template_instance`; else a short one."""
    is_long = request.config.getoption("--postgresql")
    return Chaos(60, 3, 200, 20, 3, 2, 15, 10) if is_long else Chaos(0, 1.2, 10, 2, 2, 1, 4, 5)


def prepared(admin: Visitor, url: str, count: int) -> dict[str, dict[str, str]]:
    """Connections that are tested, and only have to be saved: their pages, with what is in the form."""
    registered(admin, url)
    forms = {}
    for number in range(count):
        page = str(admin.post("/connections/new").location)
        admin.send(page, {"connector_id": "1", "action": "fields"})
        admin.send(page, RIGHT | {"name": f"Acme {number}", "action": "test"})
        assert ended(admin.app).verdict == Verdict.PASSED
        forms[page] = form_fields(admin.get(page).text) | {"action": "ok"}
    return forms


@contextmanager
def set_at_last(event: threading.Event) -> Iterator[None]:
    try:
        yield
    finally:
        event.set()


def unfinished(app: Flask) -> int:
    count = select(func.count()).where(CheckRun.state.in_(UNFINISHED))
    return int(in_app(app, lambda: db.session.scalar(count)))


def keep_checking(app: Flask, hands: Sequence[Hand], checks: int, over: threading.Event) -> None:
    """Starts checks whenever fewer run, at whichever web process answers."""
    turns = cycle(hands)
    with ThreadPoolExecutor(8) as pool:
        while not over.wait(0.1):
            missing = min(checks - unfinished(app), 20)
            list(pool.map(lambda hand: hand.post("/connectors/1/check"), [next(turns) for _ in range(missing)]))


def press_ok(hand: Hand, forms: Mapping[str, dict[str, str]], seconds: float, over: threading.Event) -> None:
    """For one connection after the other, and again where nobody answers, as people do."""
    for page, form in forms.items():
        while not hand.post(page, form):
            over.wait(0.2)
        over.wait(seconds / len(forms) / 2)


def kill_again_and_again(running: Processes, chaos: Chaos, notices: Notices) -> Counter[int]:
    """Each at least once, each time while notices are sent."""
    chance, until, killed = random.Random(SEED), monotonic() + chaos.seconds, Counter[int]()
    pause = threading.Event()
    while monotonic() < until or len(killed) < len(running):
        number = min(chance.sample(range(len(running)), 2), key=lambda each: killed[each])
        notices.add()
        pause.wait(chance.uniform(0.5, 1.5) * chaos.every_seconds)
        running.kill(number)
        killed[number] += 1
    return killed


def test_each_run_ends_once_each_save_is_whole_and_each_notice_sent_once_whichever_processes_are_killed(
    app: Flask, environment: dict[str, str], tmp_path: Path, chaos: Chaos
) -> None:
    host, over = SlowHost(tmp_path, chaos.answer_seconds), threading.Event()
    admin = factories.sign_in(app, "Ingrid Berg")
    visitors = [factories.sign_in(app, f"Hand {number}") for number in range(ACCOUNTS)]
    with app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql(NOTE_EACH_END)
    silence = str(chaos.silence_seconds)
    environment |= {"ERP_WIZARD_SILENCE_SECONDS": silence, "ERP_WIZARD_CHECK_SECONDS": "300"}

    with ExitStack() as stack:
        notices = Notices(app, stack.enter_context(serve_mail()))
        environment |= {"ERP_WIZARD_MAIL_URL": notices.mail_url}
        stack.enter_context(host.serve())
        running = stack.enter_context(processes(tmp_path, environment, chaos.workers, chaos.webs))
        forms = prepared(admin, host.url, chaos.saves)
        host.is_slow = True
        hands = [Hand(visitor, running.ports) for visitor in visitors]
        with ThreadPoolExecutor(2) as pool, set_at_last(over):
            checking = pool.submit(keep_checking, app, hands, chaos.checks, over)
            comes(lambda: unfinished(app), lambda count: count >= chaos.checks * 0.9, PATIENCE)
            saving = pool.submit(press_ok, Hand(admin, running.ports), forms, chaos.seconds, over)
            killed = kill_again_and_again(running, chaos, notices)
            saving.result(PATIENCE)
            over.set()
            checking.result(PATIENCE)
        comes(lambda: unfinished(app), lambda count: count == 0, PATIENCE)
        comes(lambda: saved(app), lambda connections: len(connections) == chaos.saves, PATIENCE)
        comes(notices.waiting, lambda count: count == 0, PATIENCE)
        assert comes(lambda: jobs(app), lambda left: not left) == []

    ends = Counter(ends_of(app))
    print(f"{killed.total()} killed, {len(ends)} runs, {len(notices.recipients)} notices")
    assert len(ends) > chaos.checks
    assert [address for address, _ in notices.sent()] == sorted(notices.recipients)
    assert {run_id: count for run_id, count in ends.items() if count > 1} == {}
    others = {run_id: outcome for run_id, outcome in outcomes(app).items() if outcome != PASSED}
    assert set(others.values()) <= {(RunState.INTERRUPTED, None)}
    assert others.keys() <= given_up(app)
    assert sorted(each.guid for each in saved(app)) == host.kept()
    assert all(each.config["ApiPassword"] == "practice" and each.pending is None for each in saved(app))


def ends_of(app: Flask) -> list[str]:
    return list(in_app(app, lambda: db.session.scalars(text("SELECT run_id FROM run_end")).all()))


def outcomes(app: Flask) -> dict[str, tuple[RunState, Verdict | None]]:
    rows = in_app(app, lambda: db.session.execute(select(CheckRun.id, CheckRun.state, CheckRun.verdict)).all())
    return {run_id: (state, verdict) for run_id, state, verdict in rows}


def given_up(app: Flask) -> set[str]:
    """The runs whose worker was killed as often as a run is executed at most."""
    tried = text(f"SELECT run_id FROM given_up WHERE attempts + 1 >= {MAX_ATTEMPTS}")
    return set(in_app(app, lambda: db.session.scalars(tried).all()))


def saved(app: Flask) -> list[Connection]:
    rows = select(Connection).where(Connection.state == ConnectionState.SAVED)
    return list(in_app(app, lambda: db.session.scalars(rows).all()))
