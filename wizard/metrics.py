"""What is counted, and how Prometheus reads it: the only module that imports its library.

Labels are words of the code (kinds, reasons, endpoints), never what somebody has typed: the number of series is
bounded. Several processes of one server count into files of a folder, if the library finds one in its variable.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    make_wsgi_app,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

METHODS = ("GET", "HEAD", "POST")
NONE = "none"

disable_created_metrics()  # type: ignore[no-untyped-call]  # a series more for each, and files have none
_counted = CollectorRegistry()
_pages = Histogram(
    "erp_wizard_http_request_duration_seconds",
    "How long pages took, by method, endpoint and the class of their status.",
    ("method", "endpoint", "status"),
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=_counted,
)
_checks = Counter(
    "erp_wizard_checks",
    "Checks that have ended, by kind, result and the reason of what failed or got a remark.",
    ("kind", "result", "reason"),
    registry=_counted,
)
_check_duration = Histogram(
    "erp_wizard_check_duration_seconds",
    "How long checks took, by kind.",
    ("kind",),
    buckets=(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60),
    registry=_counted,
)
_notices = Counter(
    "erp_wizard_notice_attempts",
    "Messages about what broke or works again, by channel and result: delivered, or why they could not be.",
    ("channel", "result"),
    registry=_counted,
)


class Gauge(NamedTuple):
    """A value that is read when it is asked for: `values` by the value of `label`, or one for an empty text."""

    name: str
    meaning: str
    values: Mapping[str, float]
    label: str = ""


def count_page(method: str, endpoint: str | None, status: int, seconds: float) -> None:
    """Counts an answer. What has no endpoint or an odd method is counted together: anybody can make these up."""
    known = method if method in METHODS else "other"
    _pages.labels(known, endpoint or NONE, f"{status // 100}xx").observe(seconds)


def count_check(kind: str, result: str, reason: str | None, seconds: float) -> None:
    """Counts a check that has ended after so many seconds of work."""
    count_result(kind, result, reason)
    _check_duration.labels(kind).observe(seconds)


def count_result(kind: str, result: str, reason: str | None = None) -> None:
    """Counts a check that has ended, and nobody knows after how long."""
    _checks.labels(kind, result, reason or NONE).inc()


def count_notice(channel: str, result: str) -> None:
    """Counts an attempt to deliver a message."""
    _notices.labels(channel, result).inc()


def exposition(gauges: Iterable[Gauge]) -> WSGIApplication:
    """Answers with everything counted, and with these, in the format that the client asks for."""
    registry = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:  # the library read it as it was imported
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(_counted)
        ProcessCollector(registry=registry)
    registry.register(_Gauges(gauges))
    return make_wsgi_app(registry)


class _Gauges:
    def __init__(self, gauges: Iterable[Gauge]) -> None:
        self._gauges = gauges

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for gauge in self._gauges:
            family = GaugeMetricFamily(gauge.name, gauge.meaning, labels=[gauge.label] if gauge.label else [])
            for value, number in gauge.values.items():
                family.add_metric([value] if gauge.label else [], number)
            yield family
