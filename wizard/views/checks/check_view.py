"""Prepares a check run for the template `checks/_check.html`: stages, repair advice and receipt in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from wizard.domain.check import (
    ACTIVATE_STAGES,
    CONNECTION_STAGES,
    CONNECTOR_STAGES,
    LINK_STAGES,
    LINKED_STAGE,
    REGISTER_STAGES,
    SAVE_BOTH_STAGES,
    SAVE_STAGES,
    Outcome,
    RunKind,
    RunState,
    Stage,
    StageResult,
)
from wizard.messages import duration, heading, running, titles
from wizard.models import CheckRun
from wizard.models.columns import now
from wizard.views.checks.receipt_view import ReceiptView, receipt_of, when_checked
from wizard.views.checks.stage_view import StageView, Tested, as_may_be_seen, ended_stage

STAGES = {
    RunKind.CONNECTOR: CONNECTOR_STAGES,
    RunKind.CONNECTION: CONNECTION_STAGES,
    RunKind.SAVE: SAVE_STAGES,
    RunKind.LINK: LINK_STAGES,
    RunKind.SAVE_BOTH: SAVE_BOTH_STAGES,
    RunKind.REGISTER: REGISTER_STAGES,
    RunKind.ACTIVATE: ACTIVATE_STAGES,
}

RECEIPTS = (RunKind.CONNECTOR, RunKind.CONNECTION)
"""The kinds whose pass proves something that is saved later."""


@dataclass(frozen=True)
class CheckView:
    title: str
    id: str = "check"
    hint: str | None = None
    status_line: str | None = None
    announce: str | None = None
    running: bool = False
    stages: Sequence[StageView] = field(default_factory=tuple)
    receipt: ReceiptView | None = None
    folded: bool = False
    cancelled: bool = False
    interrupted: bool = False
    poll_url: str | None = None

    @property
    def passed_stages(self) -> Sequence[StageView]:
        return [stage for stage in self.stages if stage.state == "passed"]

    @property
    def other_stages(self) -> Sequence[StageView]:
        return [stage for stage in self.stages if stage.state != "passed"]

    @property
    def not_run(self) -> bool:
        """Whether no stage has begun."""
        return not self.running and all(stage.state == "waiting" for stage in self.stages)

    @property
    def in_title(self) -> str | None:
        """What the window's title says of it."""
        if self.running:
            return _("checking")
        return _("test passed") if self.receipt and not self.receipt.void else None


def check_view(
    run: CheckRun,
    *,
    poll_url: str,
    covers: str = "",
    provider: tuple[str, str] = ("", ""),
    link: tuple[str, str] | None = None,
) -> CheckView:
    """`covers` says what a pass proves, `provider` is name and contact, `link` leads to the field to correct."""
    seen = [as_may_be_seen(result) for result in run.stages]
    results = {result.stage: result for result in seen}
    title = _title(run, results)
    request = run.request
    connector, at = request.get("connector", request["name"]), run.finished_at or now()
    tested = Tested(run.kind, connector, request["url"], at, seen, provider, link)
    stages = [
        ended_stage(tested, results[stage]) if stage in results else _open_stage(run, stage) for stage in _stages(run)
    ]
    return CheckView(
        title=title,
        status_line=_status_line(run),
        announce=_announce(run, title),
        running=run.unfinished,
        stages=stages,
        receipt=receipt_of(run, covers) if run.passed and run.kind in RECEIPTS else None,
        folded=run.passed,
        cancelled=run.state == RunState.CANCELLED,
        interrupted=run.state == RunState.INTERRUPTED,
        poll_url=poll_url,
    )


def _title(run: CheckRun, results: Mapping[Stage, StageResult]) -> str:
    found = results.get(Stage.SUPEROFFICE)
    if run.passed and found is not None and found.reason == "superoffice.url_not_answering":
        return _("It works from here, but not from SuperOffice")
    return heading(run.kind, run.state, results.values())


def _on_the_way(kind: RunKind, url: str) -> tuple[Stage, ...]:
    """The stages on the way to this address; http has no encryption to look at."""
    plain = url.lower().startswith("http:")
    return tuple(stage for stage in STAGES[kind] if not (plain and stage == Stage.TLS))


def _stages(run: CheckRun) -> tuple[Stage, ...]:
    """Those of a run, with the one that SuperOffice itself makes where it is linked."""
    stages = _on_the_way(run.kind, run.request["url"])
    return (*stages, LINKED_STAGE[stages[-1]]) if "superoffice_url" in run.request else stages


def ended_check(tested: Tested, title: str, status_line: str) -> CheckView:
    """A test without a run, of which only the results were kept."""
    seen = [as_may_be_seen(result) for result in tested.results]
    results = {result.stage: result for result in seen if result.outcome != Outcome.SKIPPED}
    stages = [
        ended_stage(tested, results[stage]) if stage in results else _unreached(stage)
        for stage in dict.fromkeys((*_on_the_way(tested.kind, tested.url), *results))
    ]
    return CheckView(title=title, status_line=status_line, stages=stages)


def _unreached(stage: Stage) -> StageView:
    return StageView(stage.value, *titles()[stage], state="skipped")


def not_run_yet(kind: RunKind, title: str, hint: str, void: ReceiptView | None = None) -> CheckView:
    """What stands there before the first run, or when nothing of the last one holds."""
    words = titles()
    stages = [StageView(stage.value, *words[stage], state="waiting") for stage in STAGES[kind]]
    announce = _("The receipt is no longer valid. Test again.") if void else None
    return CheckView(title=title, hint=hint, announce=announce, stages=() if void else stages, receipt=void)


def _open_stage(run: CheckRun, stage: Stage) -> StageView:
    title, code = titles()[stage]
    if stage == _stopped_at(run):
        return StageView(stage.value, title, code, run.state.value)
    if run.unfinished and run.stage == stage:
        since = now() - (run.stage_started_at or now())
        time = duration(round(since.total_seconds() * 1000))
        return StageView(stage.value, title, code, "running", running(stage, run.limit_seconds, run.kind), time)
    return StageView(stage.value, title, code, "waiting" if run.unfinished or run.passed else "skipped")


def _stopped_at(run: CheckRun) -> Stage | None:
    """The stage in which a run came to an early end."""
    if run.state not in (RunState.CANCELLED, RunState.INTERRUPTED) or run.started_at is None:
        return None
    ended = {result.stage for result in run.stages}
    return next((stage for stage in _stages(run) if stage not in ended), None)


def _status_line(run: CheckRun) -> str | None:
    stages = _stages(run)
    if run.unfinished:
        if run.stage is None or run.started_at is None:
            return _("Waiting for its turn")
        number = stages.index(Stage(run.stage)) + 1
        so_far = duration(round((now() - run.started_at).total_seconds() * 1000))
        return _(
            "Stage %(number)s of %(count)s, %(duration)s so far", number=number, count=len(stages), duration=so_far
        )
    if run.state != RunState.FINISHED:
        return None
    if run.passed:
        remarks = sum(result.outcome == Outcome.WARNING for result in run.stages)
        done = sum(result.outcome != Outcome.SKIPPED for result in run.stages)
        if remarks:
            return _("%(done)s stages, %(remarks)s with a remark", done=done, remarks=remarks)
        return _("All %(done)s stages passed", done=done)
    return when_checked(run)


def _announce(run: CheckRun, title: str) -> str:
    if run.unfinished and run.stage:
        stages = _stages(run)
        stage = Stage(run.stage)
        number = stages.index(stage) + 1
        return _("Stage %(number)s of %(count)s: %(stage)s", number=number, count=len(stages), stage=titles()[stage][0])
    return title
