"""What it costs to watch very many connectors."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import requests
from flask import Flask
from sqlalchemy import func, insert, select, update

from tests import factories, postgres
from tests.bench.hosts import GET_FIELDS
from tests.bench.ratios import p95, timed
from tests.bench.watched_hosts import Hosts, hosts
from tests.over_http import Browser
from tests.processes import wizard, worker
from wizard import create_app
from wizard.config import Settings
from wizard.domain.watch import Interval, next_due
from wizard.extensions import db
from wizard.models import Connector, Watch, WatchDay
from wizard.models.columns import name_key, now, search_key
from wizard.models.database import writing
from wizard.outside import soap as codec
from wizard.outside.connector import Endpoint, KnownAnswers, check_briefly
from wizard.outside.http import Policy, Trust
from wizard.outside.soap.contract import Namespaces, NoRequest

CONNECTORS, AUTHORITIES = 10_000, 2_000
WARM_UP_SECONDS, SECONDS = 8.0, 15.0
"""A part of the minute in which all are tested once; they are spread evenly over it."""
PAGES = 150


def cost_of_a_test() -> dict[str, float]:
    """CPU time of a test that passes, against a bare post of the same envelope: plain, and with a private authority."""
    return {name: _cost(is_encrypted) for name, is_encrypted in (("plain", False), ("with TLS", True))}


def _cost(is_encrypted: bool) -> float:
    envelope = codec.write_request(GET_FIELDS, NoRequest(), Namespaces())
    headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f'"{GET_FIELDS.action(Namespaces().service)}"'}
    known = KnownAnswers()
    with hosts(1, is_encrypted=is_encrypted) as found, tempfile.NamedTemporaryFile(suffix=".pem") as authority:
        authority.write(found.pems[0].encode())
        authority.flush()
        endpoint = Endpoint(found.url(0), Trust(found.pems[0] if is_encrypted else None))

        def ours() -> None:
            assert check_briefly(endpoint, None, list, known, policy=Policy(loopback=True)).verdict == "passed"

        def theirs() -> None:
            requests.post(endpoint.url, data=envelope, headers=headers, timeout=10, verify=authority.name)

        ours()
        theirs()
        pairs = [(_cpu(ours), _cpu(theirs)) for _ in range(200)]
    return statistics.median(a for a, _ in pairs) / statistics.median(b for _, b in pairs)


def _cpu(do: Callable[[], Any]) -> float:
    started = time.thread_time()
    do()
    return time.thread_time() - started


def ten_thousand_every_minute() -> dict[str, float]:
    """Tests a second, the processors that all needs for them, and pages meanwhile, against before anything was due.

    One machine has all: a process that serves, a worker, and PostgreSQL.
    """
    with ExitStack() as running:
        found = running.enter_context(hosts(AUTHORITIES))
        folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
        url = running.enter_context(postgres.server())
        settings = Settings(instance=folder / "instance", database_url=url, keys=(factories.KEY,))
        shared = {
            "ERP_WIZARD_QUEUE": "procrastinate",
            "ERP_WIZARD_DATABASE_URL": url,
            "ERP_WIZARD_KEYS": factories.KEY,
        }
        web = running.enter_context(wizard(settings.instance, **shared))
        watching = running.enter_context(worker(settings.instance, **shared))
        browser = Browser(web.address)
        browser.enter(web.link or "")
        app = create_app(settings)
        running.callback(factories.close, app)
        _fill(app, found)
        idle = _pages(browser)
        _spread(app)
        measured = _measure(app, [web.process.pid, watching.process.pid, postgres.process_of(url)])
        return measured | {"failed": _sum(app, WatchDay.failed), "pages, p95 / idle": p95(_pages(browser)) / p95(idle)}


def _measure(app: Flask, pids: Sequence[int]) -> dict[str, float]:
    time.sleep(WARM_UP_SECONDS)
    tests, cpu, started = _sum(app, WatchDay.tests), _cpu_of_all(pids), time.monotonic()
    time.sleep(SECONDS)
    seconds = time.monotonic() - started
    processors = (_cpu_of_all(pids) - cpu) / seconds
    return {"tests a second": (_sum(app, WatchDay.tests) - tests) / seconds, "processors": processors}


def _cpu_of_all(pids: Sequence[int]) -> float:
    """Seconds of CPU time of processes and their children, those that have ended too."""
    found = 0.0
    for process in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended meanwhile
            fields = process.read_text().rpartition(")")[2].split()
            if int(process.parent.name) in pids or int(fields[1]) in pids:
                found += sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    return found


def _pages(browser: Browser) -> list[float]:
    """Seconds that each of many pages took."""
    return [timed(partial(_open_page, browser)) for _ in range(PAGES)]


def _open_page(browser: Browser) -> None:
    assert browser.get("/").status_code == 200


def _fill(app: Flask, found: Hosts) -> None:
    """Half of the connectors have one authority, the others one of many."""
    connectors, watches = [], []
    for number in range(CONNECTORS):
        authority = 0 if number % 2 else number // 2 % AUTHORITIES
        name, url = f"Connector {number:05}", found.url(authority)
        keys = {"name_key": name_key(name), "search_key": search_key(name, url)}
        connectors.append({"id": number + 1, "name": name, "url": url, "ca_pem": found.pems[authority], **keys})
        watches.append({"id": number + 1, "connector_id": number + 1, "interval": Interval.MINUTE})
    with app.app_context(), writing():
        db.session.execute(insert(Connector), connectors)
        db.session.execute(insert(Watch), watches)
        db.session.commit()


def _spread(app: Flask) -> None:
    """Lets them be due from now on, as they would be after the last minute."""
    at = now() + timedelta(seconds=3)
    with app.app_context(), writing():
        ids = range(1, CONNECTORS + 1)
        due = [{"id": each, "due_at": next_due(each, Interval.MINUTE, 0, at)} for each in ids]
        db.session.execute(update(Watch), due)
        db.session.commit()


def _sum(app: Flask, column: Any) -> int:
    with app.app_context():
        return db.session.scalar(select(func.sum(column))) or 0
