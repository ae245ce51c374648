"""Processes that are killed, people who go on all the same, and a connector that takes its time."""

from __future__ import annotations

import random
import socket
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from itertools import cycle
from pathlib import Path

import requests
from flask import Flask
from sqlalchemy import func, select

from tests import factories
from tests.factories.notices import make_recipient
from tests.factories.receivers import Mailbox
from tests.processes import Wizard, Worker
from wizard.domain.check import Stage
from wizard.domain.notices import DeliveryState, NoticeKind
from wizard.domain.watch import Interval
from wizard.extensions import db
from wizard.models import Delivery, Notice, Outage, Watch
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.practice import PATH, create_blueprint

SEED = 16


class Processes:
    """Workers, and then web processes at the `ports`."""

    def __init__(self, folder: Path, environment: Mapping[str, str], workers: int, webs: int) -> None:
        self._folder, self._environment = folder, environment
        self.ports = [_free_port() for _ in range(webs)]
        self._starts: list[Callable[[], Worker | Wizard]] = []
        self._starts += [partial(self._worker, number) for number in range(workers)]
        self._starts += [partial(self._web, port) for port in self.ports]
        with ThreadPoolExecutor(len(self._starts)) as pool:
            self._running = list(pool.map(lambda start: start(), self._starts))

    def __len__(self) -> int:
        return len(self._running)

    def kill(self, number: int) -> None:
        """Kills one, and starts another in its place."""
        self._running[number].kill()
        self._running[number] = self._starts[number]()

    def stop(self) -> None:
        with ThreadPoolExecutor(len(self)) as pool:
            list(pool.map(lambda each: each.stop(), self._running))

    def _worker(self, number: int) -> Worker:
        return Worker(self._folder / f"worker{number}", **self._environment)

    def _web(self, port: int) -> Wizard:
        folder = self._folder / f"web{port}"
        return Wizard(folder, has_accounts=True, **{**self._environment, "ERP_WIZARD_PORT": str(port)})


@contextmanager
def processes(folder: Path, environment: Mapping[str, str], workers: int, webs: int) -> Iterator[Processes]:
    running = Processes(folder, environment, workers, webs)
    try:
        yield running
    finally:
        running.stop()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Hand:
    """Somebody who is signed in, with each of the web processes."""

    def __init__(self, visitor: factories.Visitor, ports: Sequence[int]) -> None:
        cookie = visitor.client.get_cookie("session")
        assert cookie is not None
        self._headers = {"Cookie": f"session={cookie.value}"}
        self._token = visitor.token
        self._ports = cycle(ports)

    def post(self, path: str, form: Mapping[str, str] | None = None) -> bool:
        """Whether it was answered; if not, it may have been done all the same."""
        address = f"http://127.0.0.1:{next(self._ports)}{path}"
        fields = {**(form or {}), "csrf_token": self._token}
        try:
            answer = requests.post(address, fields, headers=self._headers, allow_redirects=False, timeout=30)
        except requests.RequestException:
            return False
        assert answer.status_code in (303, 503), answer.text
        return answer.status_code == 303


class SlowHost:
    """The practice connector, whose answers take up to so many seconds each from when it `is_slow`."""

    def __init__(self, folder: Path, seconds: float) -> None:
        self._seconds = seconds
        self._store = folder / "practice.sqlite3"
        self._over = threading.Event()
        self.url = ""
        self.is_slow = False

    @contextmanager
    def serve(self) -> Iterator[None]:
        app, chance = Flask("slow-host"), random.Random(SEED)
        app.register_blueprint(create_blueprint(self._store))

        @app.before_request
        def _wait() -> None:
            if self.is_slow:
                self._over.wait(chance.uniform(self._seconds / 4, self._seconds))

        with factories.serve_app(app, threads=250) as address:
            self.url = address + PATH
            try:
                yield
            finally:
                self._over.set()

    def kept(self) -> list[str]:
        """The GUIDs of the connections that it has."""
        with closing(sqlite3.connect(self._store)) as database:
            return sorted(guid for (guid,) in database.execute("SELECT guid FROM connection"))


class Notices:
    """Outages of the connector, each told to recipients of its own by a mail server that takes its time."""

    RECIPIENTS = 4

    def __init__(self, app: Flask, mailbox: Mailbox) -> None:
        self._app, self._mailbox = app, mailbox
        mailbox.answer_seconds = 0.5
        self.mail_url = f"mailto://127.0.0.1:{mailbox.port}?from=erp-sync@acme.example"
        self.recipients: list[str] = []

    def add(self) -> None:
        """Notes another outage."""
        first = len(self.recipients)
        addresses = [f"recipient{first + number}@acme.example" for number in range(self.RECIPIENTS)]
        ids = [make_recipient(self._app, address) for address in addresses]
        self.recipients += addresses
        with self._app.app_context(), writing():
            known = db.session.scalar(select(Watch).where(Watch.connector_id == 1))
            watch = known or Watch(connector_id=1, interval=Interval.HOUR)
            outage = Outage(watch=watch, stage=Stage.CONNECT, reason="connect.refused", since=now(), failures=2)
            db.session.add(outage)
            db.session.flush()
            notice = Notice(kind=NoticeKind.BROKEN, key=f"broken:{outage.id}", outage_id=outage.id)
            db.session.add_all(Delivery(notice=notice, recipient_id=recipient_id) for recipient_id in ids)
            db.session.commit()

    def waiting(self) -> int:
        """How many are not delivered yet."""
        with self._app.app_context():
            undelivered = select(func.count()).where(Delivery.state != DeliveryState.DELIVERED)
            return db.session.scalar(undelivered) or 0

    def sent(self) -> list[tuple[str, str]]:
        """Recipient and Message-ID of all mails; one that was taken just before its sender was killed comes again."""
        return sorted(
            {(str(mail["To"].addresses[0].addr_spec), str(mail["Message-ID"])) for mail in self._mailbox.mails}
        )
