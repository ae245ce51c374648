"""The example rules and the dashboard: they are read, and ask for metrics and labels that there are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask

from tests.factories import make_connector
from tests.factories.notices import break_down, make_recipient, make_watched, send
from tests.factories.visitors import Visitor
from wizard.domain.check import RunState, Verdict

DOCS = Path(__file__).parents[2] / "docs"
RULES = DOCS / "monitoring" / "alerts.yaml"
DASHBOARD = DOCS / "monitoring" / "dashboard.json"
LABELS_OF_PROMETHEUS = {"instance", "job", "le"}
METRIC = re.compile(r"\berp_wizard_\w+")


def rules() -> list[dict[str, Any]]:
    return [rule for group in yaml.safe_load(RULES.read_text())["groups"] for rule in group["rules"]]


def panels() -> list[dict[str, Any]]:
    return [each for each in json.loads(DASHBOARD.read_text())["panels"] if each["type"] != "row"]


def expressions() -> Iterator[str]:
    yield from (rule["expr"] for rule in rules())
    yield from (target["expr"] for panel in panels() for target in panel["targets"])


def labels_in(expression: str) -> set[str]:
    """Those that it selects or groups by."""
    selected = re.findall(r"[{,]\s*(\w+)\s*(?:=|!=|=~|!~)", expression)
    grouped = re.findall(r"\bby \(([^)]*)\)", expression)
    return {*selected, *(name.strip() for each in grouped for name in each.split(","))}


@pytest.fixture
def exposed(app: Flask, admin: Visitor) -> str:
    """What Prometheus reads once a page was opened, a check has failed and a message could not be sent."""
    make_connector(app, "Nowhere", "http://127.0.0.1:9/x.svc")
    make_recipient(app)
    break_down(app, make_watched(app))
    send(app)
    admin.post("/connectors/1/check")
    return app.test_client().get("/metrics").text


def test_every_metric_that_a_file_names_is_exposed_with_its_labels(exposed: str) -> None:
    samples = set(re.findall(r"^(\w+)(?=[{ ])", exposed, re.MULTILINE))
    labels = set(re.findall(r'[{,](\w+)="', exposed)) | LABELS_OF_PROMETHEUS
    named = {name for expression in expressions() for name in METRIC.findall(expression)}

    assert len(named) > 5
    assert named <= samples
    assert {label for expression in expressions() for label in labels_in(expression)} <= labels


def test_the_document_has_every_metric_and_no_other(exposed: str) -> None:
    families = set(re.findall(r"^# TYPE (erp_wizard_\w+)", exposed, re.MULTILINE))
    table = re.findall(r"^\| `(erp_wizard_\w+)` \| (\w+)", (DOCS / "monitoring.md").read_text(), re.MULTILINE)
    kinds = dict(re.findall(r"^# TYPE (erp_wizard_\w+) (\w+)", exposed, re.MULTILINE))

    assert {name for name, _ in table} == families
    assert dict(table) == kinds


def test_every_value_that_an_expression_selects_is_one_of_the_program(app: Flask) -> None:
    classes = {f"{digit}xx" for digit in range(1, 6)}
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    selected = {value for each in expressions() for value in re.findall(r'!?="([\w.]+)"', each)}
    assert selected - {"erp-wizard"} <= {*RunState, *Verdict, *classes, *endpoints}


def test_every_rule_says_what_is_the_matter() -> None:
    assert all(
        re.fullmatch(r"ErpWizard\w+", rule["alert"])
        and rule["annotations"]["summary"]
        and rule["labels"]["severity"] in ("critical", "warning")
        and rule["expr"].count("(") == rule["expr"].count(")")
        for rule in rules()
    )


def test_every_panel_has_a_place_of_its_own() -> None:
    taken = [
        (x, y)
        for panel in panels()
        for x in range(panel["gridPos"]["x"], panel["gridPos"]["x"] + panel["gridPos"]["w"])
        for y in range(panel["gridPos"]["y"], panel["gridPos"]["y"] + panel["gridPos"]["h"])
    ]
    assert len(taken) == len(set(taken))
    assert len({panel["id"] for panel in panels()}) == len(panels())
