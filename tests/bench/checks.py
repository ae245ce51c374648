"""What a check costs, and how well it keeps its limits."""

from __future__ import annotations

import multiprocessing
import resource
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any

import requests

from tests.bench.hosts import GET_FIELDS, host
from tests.bench.ratios import in_turn, ratio, timed
from tests.wire.ways import WAYS
from wizard.outside import soap as codec
from wizard.outside.connector import CheckLimits, Endpoint, check_connector
from wizard.outside.http import Policy
from wizard.outside.soap.contract import Namespaces, NoRequest

POLICY = Policy(loopback=True)
BEFORE_THE_WISH = 0.3
"""Seconds that a check runs before it is cancelled."""


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


def time_of_very_many_lists() -> float:
    """Seconds for a connector that declares 5,000 fields, each with a list of its own."""
    with host("lists") as url:
        return timed(lambda: check_connector(Endpoint(url), policy=POLICY))


def fifty_at_once() -> dict[str, float]:
    """Seconds over their limit of 2 s, of 50 checks at once of a connector that never answers."""
    with host("slow") as url, ThreadPoolExecutor(50) as pool:
        one = partial(check_connector, Endpoint(url), policy=POLICY, limits=CheckLimits(2))
        over = list(pool.map(lambda _: timed(one) - 2, range(50)))
    return {"median": statistics.median(over), "most": max(over)}
