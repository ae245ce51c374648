"""What a run of kind `activate` does: everything that could stop an activation is checked, SuperOffice comes last."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from wizard.domain.check import ACTIVATE_STAGES, Outcome, Stage, StageResult, Verdict
from wizard.domain.configuration import Part, Schema
from wizard.extensions import db
from wizard.models import CheckRun, Connection
from wizard.outside.connector import CheckOptions, CheckReport, Endpoint, check_connection
from wizard.outside.http import Cancelled, Trust
from wizard.outside.superoffice import registry
from wizard.services.checks import persistently
from wizard.services.configuration.activating.toggle import set_active
from wizard.services.configuration.progress import ConfigurationSummary, summary
from wizard.services.configuration.there import Written, WrittenThere, write_there
from wizard.services.superoffice.saving import Recorder, Refused, Target, superoffice_of

MAX_NAMES = 5
"""Of fields in a sentence."""


@dataclass(frozen=True)
class _Task:
    """What the run needs of our rows, read before anybody is called."""

    target: Target
    found: ConfigurationSummary


def activate_in_superoffice(run: CheckRun, secrets: Collection[str], options: CheckOptions) -> CheckReport:
    """Checks whether the connection can be activated; where the run asks for it, activates it too."""
    activate = bool(run.request["activate"])  # read here: the row may be out of reach later
    recorder = Recorder(ACTIVATE_STAGES if activate else ACTIVATE_STAGES[:-1], secrets, options)
    with recorder.running():
        task = persistently(lambda: _load(run))
        _check_here(recorder, task.found)
        _check_connector(recorder, run, secrets, options)
        with superoffice_of(run, options) as so:
            if not registry.test_connection_by_id(so, task.target.target_id or 0):
                raise Refused("superoffice.test_failed", {"operation": "TestConnectionById"})
            engine = "on" if registry.engine_status(so).is_running else "off"
        recorder.passed({"engine": engine})
        _require_same(write_there(run.account, _connection(run), seconds=run.limit_seconds), task.found)
        recorder.passed()
        if activate:
            _activate(recorder, run, task.target, options, engine)
    return recorder.report()


def _load(run: CheckRun) -> _Task:
    connection = _connection(run)
    target = Target(
        run.account_id,
        connection.name,
        connector_id=connection.connector_id,
        connection_id=connection.id,
        target_id=connection.superoffice_id,
    )
    task = _Task(target, summary(connection))
    db.session.commit()  # no transaction is open while others are called
    if target.target_id is None:
        raise Refused("superoffice.not_linked")
    return task


def _connection(run: CheckRun) -> Connection:
    return db.session.get_one(Connection, run.connection_id, populate_existing=True)


# --- what is chosen here


def _check_here(recorder: Recorder, found: ConfigurationSummary) -> None:
    _require_complete("mandatory_fields.incomplete", found, Part.MAPPINGS)
    recorder.passed()
    _require_complete("lists.incomplete", found, Part.LISTS)
    facts = {name: str(found.parts[Part.LISTS].facts[name]) for name in ("mapped", "items")}
    is_left = facts["mapped"] != facts["items"]
    recorder.passed({} if facts["items"] == "0" else facts, reason="lists.items_left" if is_left else None)
    _require_complete("defaults.incomplete", found, Part.DEFAULTS)
    recorder.passed()


def _require_complete(reason: str, found: ConfigurationSummary, part: Part) -> None:
    left = [gap for gap in found.gaps if gap.part == part]
    if left or found.schema is None:
        raise Refused(reason, _fields([(gap.actor_type, gap.key) for gap in left], found.schema))


def _fields(places: Collection[tuple[str, str]], schema: Schema | None) -> dict[str, str]:
    """The fact that names them, by their labels; of an actor type as a whole, its name."""
    of_fields = [place for place in places if place[1]]
    names = dict.fromkeys(_label(*place, schema) for place in of_fields or places)
    shown = [name for name in names if name][:MAX_NAMES]
    return {"fields": ", ".join(shown) + (" …" if len(names) > MAX_NAMES else "")} if shown else {}


def _label(actor_type: str, key: str, schema: Schema | None) -> str:
    return (schema or Schema()).type(actor_type).field(key).name_in("en") or actor_type


# --- the connector and the ERP


def _check_connector(recorder: Recorder, run: CheckRun, secrets: Collection[str], options: CheckOptions) -> None:
    """The connector's own check and the test of the saved values, as two stages."""
    request, progress = run.request, _TwoStages(recorder)
    endpoint = Endpoint(request["url"], Trust(request["ca_pem"] or None))
    ours: CheckOptions = {**options, "observer": progress}
    report = check_connection(endpoint, request["values"], secrets, **ours)
    if report.verdict == Verdict.CANCELLED:
        raise Cancelled
    failed = next((each for each in report.results if each.outcome == Outcome.FAILED), None)
    if failed is not None:
        raise Refused(failed.reason or "", dict(failed.facts), failed.evidence)
    progress.end(Stage.CONFIG)


class _TwoStages:
    """Follows a connector's check: all before the test of the values is stage `connector`, that test is stage `erp`."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._results: list[StageResult] = []

    def started(self, stage: Stage) -> None:
        if stage == Stage.CONFIG:
            self.end(stage)

    def ended(self, result: StageResult) -> None:
        self._results.append(result)

    def end(self, _: Stage) -> None:
        """Ends the stage, with the first remark of its layers."""
        remark = next((each for each in self._results if each.outcome == Outcome.WARNING), None)
        self._results = []
        if remark is None:
            self._recorder.passed()
        else:
            self._recorder.passed(dict(remark.facts), remark.evidence, remark.reason)


# --- SuperOffice


def _require_same(written: WrittenThere, found: ConfigurationSummary) -> None:
    """Raises Refused where SuperOffice does not have what is chosen here, or nobody knows."""
    if written.refused:
        places = [(name, key) for name, rows in written.refused.items() for key in rows]
        answer = " ".join(dict.fromkeys(words for rows in written.refused.values() for words in rows.values() if words))
        facts = _fields(places, found.schema)
        raise Refused("same_there.refused", facts | ({"answer": answer} if answer else {}))
    if written.conflicts:
        places = [(each.actor_type, each.key) for each in written.conflicts]
        raise Refused("same_there.differs", _fields(places, found.schema))
    if written.failure is not None:
        raise Refused(written.failure.reason or "", dict(written.failure.facts), written.failure.evidence)
    if written.state is not Written.DONE:
        raise Refused("same_there.waiting")


def _activate(recorder: Recorder, run: CheckRun, target: Target, options: CheckOptions, engine: str) -> None:
    with superoffice_of(run, options) as so:
        reasons = set_active(so, target, is_active=True)
    evidence = (("operation", "ToggleErpConnectionActive"), *(("reason", each) for each in reasons if each))
    if reasons:
        answer = "\n".join(filter(None, reasons))
        raise Refused("superoffice.activation_refused", {"answer": answer} if answer else {}, evidence)
    recorder.passed({}, evidence, "accepted.engine_off" if engine == "off" else None)
