"""What Prometheus reads of an answer of `/metrics`: samples by their name and labels."""

from __future__ import annotations

from prometheus_client.openmetrics.parser import text_string_to_metric_families

OPEN_METRICS = {"Accept": "application/openmetrics-text; version=1.0.0"}

Key = tuple[str, tuple[tuple[str, str], ...]]


def readings(text: str) -> dict[Key, float]:
    """Parsed by the strict rules of OpenMetrics."""
    families = text_string_to_metric_families(text)  # type: ignore[no-untyped-call]
    return {(each.name, tuple(sorted(each.labels.items()))): each.value for one in families for each in one.samples}


def key(name: str, **labels: str) -> Key:
    return name, tuple(sorted(labels.items()))
