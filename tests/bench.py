"""Measures the bars of the product as ratios within one run: `make bench`. Writes bench.json.

Absolute times say little on another machine; each figure is a ratio of two medians (or p95) that were measured in turn.
"""

from __future__ import annotations

import gzip
import json
import multiprocessing
import re
import resource
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import requests
from flask import Flask, Response

from tests import factories
from tests.over_http import Browser
from tests.processes import wizard
from tests.wire.ways import WAYS
from wizard.domain.check import Health, Verdict
from wizard.domain.fields import Access, FieldType
from wizard.extensions import db
from wizard.models import Connection, ConnectionState, Connector
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.outside import soap as codec
from wizard.outside.connector import CheckLimits, Endpoint, check_connector
from wizard.outside.http import Policy
from wizard.outside.soap.contract import OPERATIONS, FieldMetadata, FieldsResult, Namespaces, NoRequest

GET_FIELDS = OPERATIONS["WSGetConfigData"]
POLICY = Policy(loopback=True)
BEFORE_THE_WISH = 0.3
"""Seconds that a check runs before it is cancelled."""


def fields(count: int) -> tuple[FieldMetadata, ...]:
    kinds = (FieldType.TEXT, FieldType.PASSWORD, FieldType.INTEGER, FieldType.DOUBLE, FieldType.DATETIME)
    return tuple(
        FieldMetadata(
            field_key=f"Field{number}",
            display_name=f'US:"Field {number}";NL:"Veld {number}"',
            display_description="What this field means to the ERP.",
            field_type=kinds[number % len(kinds)],
            access=Access.MANDATORY if number % 4 == 0 else Access.NORMAL,
            rank=number,
        )
        for number in range(count)
    )


ANSWER = codec.write_result(GET_FIELDS, FieldsResult(is_ok=True, field_meta_data_objects=fields(20)), Namespaces())


def _host(kind: str, ready: Any) -> None:
    """A connector in a process of its own: `healthy`, `slow` (never answers) or `bomb` (a gzip bomb)."""
    app = Flask("host")
    never = threading.Event()
    bomb = gzip.compress(b"<" + b"a" * (600 << 20)) if kind == "bomb" else b""

    @app.post("/")
    def answer() -> Response:
        if kind == "slow":
            never.wait(60)
        if kind == "bomb":
            return Response(bomb, content_type="text/xml", headers={"Content-Encoding": "gzip"})
        return Response(ANSWER, content_type="text/xml; charset=utf-8")

    with factories.serve_app(app, threads=80) as address:
        ready.put(address)
        never.wait()


@contextmanager
def host(kind: str) -> Iterator[str]:
    context = multiprocessing.get_context("spawn")
    ready = context.Queue()
    process = context.Process(target=_host, args=(kind, ready), daemon=True)
    process.start()
    try:
        yield ready.get(timeout=60) + "/"
    finally:
        process.kill()
        process.join()


def timed(do: Callable[[], Any]) -> float:
    started = time.perf_counter()
    do()
    return time.perf_counter() - started


def in_turn(ours: Callable[[], Any], theirs: Callable[[], Any], times: int) -> tuple[list[float], list[float]]:
    """Seconds of both, measured in turn, after a warm-up."""
    ours(), theirs()
    pairs = [(timed(ours), timed(theirs)) for _ in range(times)]
    return [a for a, _ in pairs], [b for _, b in pairs]


def p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def ratio(ours: Sequence[float], theirs: Sequence[float], of: Callable[[Sequence[float]], float]) -> dict[str, float]:
    """The ratio, and its spread over five slices of the run."""
    size = max(20, len(ours) // 5)
    slices = [of(ours[i : i + size]) / of(theirs[i : i + size]) for i in range(0, len(ours) - size + 1, size)]
    return {"ratio": of(ours) / of(theirs), "least": min(slices), "most": max(slices)}


def cost_of_a_check() -> dict[str, float]:
    """A passing check against one bare post of the same envelope to the same host."""
    envelope = codec.write_request(GET_FIELDS, NoRequest(), Namespaces())
    headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f'"{GET_FIELDS.action(Namespaces().service)}"'}
    with host("healthy") as url:
        ours, theirs = in_turn(
            lambda: check_connector(Endpoint(url), policy=POLICY),
            lambda: requests.post(url, data=envelope, headers=headers, timeout=10),
            200,
        )
    return ratio(ours, theirs, statistics.median)


def _check_bomb(url: str, result: Any) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    report = check_connector(Endpoint(url), policy=POLICY, limits=CheckLimits(20))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    reason = next((each.reason for each in report.results if each.reason), None)
    result.put({"mb": most / 1024, "added_mb": (most - before) / 1024, "reason": reason})


def memory_of_a_check() -> dict[str, Any]:
    """Peak memory of a process that checks a connector which answers with 600 MB packed into half a megabyte."""
    context = multiprocessing.get_context("spawn")
    with host("bomb") as url:
        result = context.Queue()
        process = context.Process(target=_check_bomb, args=(url, result))
        process.start()
        found: dict[str, Any] = result.get(timeout=120)
        process.join()
    return found


def time_over_the_limit() -> dict[str, Any]:
    """By how many seconds the worst of all ways of tests/wire goes over its limit of 2 s; each runs by itself."""
    worst, name = 0.0, ""
    for way in (replace(way, seconds=min(way.seconds, 2.0)) for way in WAYS):
        with way.place() as url:
            over = timed(partial(way.go, url)) - way.seconds
        if over > worst:
            worst, name = over, f"{way.reason}: {way.name}"
    return {"over": worst, "worst": name or "none"}


def time_to_cancel() -> dict[str, float]:
    """Seconds from the wish to the end, for a connector that never answers: the median and the worst of 20."""
    found = []
    with host("slow") as url:
        for _ in range(20):
            wish = threading.Event()
            started = time.perf_counter()
            timer = threading.Timer(BEFORE_THE_WISH, wish.set)
            timer.start()
            check_connector(Endpoint(url), policy=POLICY, cancelled=wish.is_set)
            found.append(time.perf_counter() - started - BEFORE_THE_WISH)
    return {"median": statistics.median(found), "most": max(found)}


def fifty_at_once() -> dict[str, float]:
    """Seconds over their limit of 2 s, of 50 checks at once of a connector that never answers."""
    with host("slow") as url, ThreadPoolExecutor(50) as pool:
        one = partial(check_connector, Endpoint(url), policy=POLICY, limits=CheckLimits(2))
        over = list(pool.map(lambda _: timed(one) - 2, range(50)))
    return {"median": statistics.median(over), "most": max(over)}


def pages_beside_slow_checks() -> dict[str, float]:
    """p95 of the start page while 50 checks wait for a connector that never answers, against the idle wizard."""
    with host("slow") as url, tempfile.TemporaryDirectory() as folder, wizard(Path(folder) / "instance") as running:
        browser = Browser(running.address)
        browser.enter(running.link or "")

        def page() -> None:
            assert browser.get("/").status_code == 200

        page()
        idle = [timed(page) for _ in range(200)]
        token = {"csrf_token": re.search(r'csrf_token" value="([^"]+)"', browser.get("/").text)[1]}  # type: ignore[index]
        for number in range(50):
            setup = browser.session.post(running.address + "/connectors/new", data=token, timeout=20).url
            form = token | {"name": f"Slow {number}", "url": url, "action": "check"}
            browser.session.post(setup, data=form, timeout=20)
        busy = [timed(page) for _ in range(200)]
    return ratio(busy, idle, p95)


def throughput_of_step_3() -> dict[str, float]:
    """Requests a second of step 3 with 20 fields, against an empty view of the same app."""
    with tempfile.TemporaryDirectory() as folder:
        app, person = _app_with_person(Path(folder))
        declared = [
            {
                "key": each.field_key,
                "type": str(each.field_type),
                "access": str(each.access),
                "label": each.display_name,
                "description": each.display_description,
                "default": "",
                "list_name": "",
                "max_length": 0,
                "rank": each.rank,
                "items": None,
            }
            for each in fields(20)
        ]
        factories.make_connector(app, "Bench", fields=declared)
        page = str(person.post("/connections/new").location)
        person.post(page, {"connector_id": "1", "action": "fields"})
        ours, theirs = in_turn(lambda: person.get(page), lambda: person.get("/empty"), 150)
        factories.close(app)
    return {name: 1 / value for name, value in ratio(ours, theirs, statistics.median).items()}


def lists_of_10_000() -> dict[str, dict[str, float]]:
    """p95 of the start page and of a search with 10,000 connectors and connections, against 10 of each."""
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as small, tempfile.TemporaryDirectory() as large:
        few, person_few = _app_with_person(Path(small))
        many, person_many = _app_with_person(Path(large))
        _fill(few, 10)
        _fill(many, 10_000)
        for name, path in (
            ("page", "/?np=1"),
            ("last page", "/?cp=99999&np=99999"),
            ("search", "/?cq=0000&nq=0000"),
            ("search for nothing", "/?cq=nothing&nq=nothing"),
        ):
            ours, theirs = in_turn(lambda: person_many.get(path), lambda: person_few.get(path), 100)  # noqa: B023
            found[name] = ratio(ours, theirs, p95)
        factories.close(few)
        factories.close(many)
    return found


def weight_of_the_first_load() -> dict[str, int]:
    """Bytes that the sign-in page and everything it names take on the wire, compressed where the wizard compresses."""
    with tempfile.TemporaryDirectory() as folder, wizard(Path(folder) / "instance") as running:
        session = requests.Session()
        session.trust_env = False
        page = session.get(running.address + "/login", timeout=10)
        total = len(page.content)
        for path in sorted(set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page.text))):
            answer = session.get(running.address + path, stream=True, timeout=10)
            total += len(answer.raw.read(decode_content=False))
    return {"bytes": total}


def _app_with_person(folder: Path) -> tuple[Flask, factories.Visitor]:
    template = factories.make_template(folder / "template")
    app = factories.make_app(template, folder / "instance")
    app.add_url_rule("/empty", "static_empty", lambda: "")
    return app, factories.sign_in(app, "Ingrid Berg")


def _fill(app: Flask, count: int) -> None:
    with app.app_context(), writing():
        for number in range(count):
            health = Health(Verdict.PASSED, None, now(), 40, "x")
            at = now() - timedelta(minutes=number)
            name, url = f"Connector {number:05}", f"https://erp{number}.example/x.svc"
            db.session.add(Connector(id=number + 1, name=name, url=url, health=health, updated_at=at))
            if number % 1000 == 999:
                db.session.flush()
        db.session.flush()
        for number in range(count):
            db.session.add(
                Connection(
                    guid=f"{number:032}",
                    name=f"Connection {number:05}",
                    connector_id=number + 1,
                    state=ConnectionState.SAVED,
                )
            )
        db.session.commit()


BARS = {
    # first: a process that is started by a large one counts as large itself
    "memory of a check": (memory_of_a_check, "under 300 MB"),
    "cost of a check / bare post": (cost_of_a_check, "at most 1.5"),
    "any check, seconds over its limit": (time_over_the_limit, "at most 1.5"),
    "cancelling, seconds": (time_to_cancel, "at most 1"),
    "50 checks at once, seconds over their limit": (fifty_at_once, "at most 1.5"),
    "pages beside 50 slow checks, p95 / idle": (pages_beside_slow_checks, "at most 2"),
    "step 3 with 20 fields / empty view": (throughput_of_step_3, "at least 0.1"),
    "10,000 rows / 10 rows, p95": (lists_of_10_000, "at most 1.5"),
    "first load": (weight_of_the_first_load, "at most 60,000 bytes"),
}


def main() -> None:
    found = {}
    for name, (measure, bar) in BARS.items():
        found[name] = {"bar": bar, "found": measure()}
        print(f"{name} ({bar}): {_shown(found[name]['found'])}", flush=True)
    Path("bench.json").write_text(json.dumps(found, indent=2))


def _shown(found: Any) -> str:
    if isinstance(found, float):
        return f"{found:.2f}"
    if isinstance(found, dict):
        return ", ".join(f"{name} {_shown(value)}" for name, value in found.items())
    return str(found)


if __name__ == "__main__":
    main()
