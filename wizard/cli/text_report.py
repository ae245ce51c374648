"""How the command line shows a check: as JSON for programs, and as lines of text for people."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, TextIO

import click
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wizard.domain.check import Outcome, RunKind, RunState, Stage, StageResult, Verdict
from wizard.messages import describe, duration, heading, one_line, running, stage_code, stage_title, without_password
from wizard.outside.connector import CheckReport
from wizard.outside.running_check import Report

_GLYPHS = {Outcome.PASSED: "✓", Outcome.WARNING: "!", Outcome.FAILED: "✗", Outcome.SKIPPED: "–"}
_PLAIN_GLYPHS = {Outcome.PASSED: "+", Outcome.WARNING: "!", Outcome.FAILED: "x", Outcome.SKIPPED: "-"}
_COLORS = {Outcome.PASSED: "green", Outcome.WARNING: "yellow", Outcome.FAILED: "red", Outcome.SKIPPED: None}
_WORDS = {
    Outcome.PASSED: _l("passed"),
    Outcome.WARNING: _l("remark"),
    Outcome.FAILED: _l("failed"),
    Outcome.SKIPPED: _l("skipped"),
}
_RUNNING_GLYPH, _PLAIN_RUNNING_GLYPH = "◌", "*"
_MAX_ROW_LENGTH = 400
"""Characters of one row of the technical detail; `--json` has all of them."""


def word_of(outcome: Outcome) -> str:
    """An outcome in a word."""
    return str(_WORDS[outcome])


def in_text(result: StageResult) -> str:
    """A stage in the lines that a TextReport writes where there is no terminal."""
    stream = io.StringIO()
    TextReport(stream, [result.stage], terminal=False, color=False).ended(result)
    return stream.getvalue()


def render_json(url: str, report: Report) -> dict[str, Any]:
    """A report as `--json` prints it. Rows of the detail that share a label become one text of several lines."""
    return {
        "url": without_password(url),
        "verdict": report.verdict,
        "stages": [_stage_json(result) for result in report.results],
        "fields": [field.to_json() for field in (report.fields if isinstance(report, CheckReport) else None) or ()],
    }


def echo_json(value: Any, margin: str = "") -> None:
    """Prints it as JSON, piece by piece: as one text it would be in memory twice. No line break follows."""
    pieces = json.JSONEncoder(indent=2).iterencode(value)
    while batch := "".join(islice(pieces, 10_000)):
        click.echo(batch.replace("\n", f"\n{margin}"), nl=False)


def _stage_json(result: StageResult) -> dict[str, Any]:
    detail: dict[str, str] = {}
    for label, text in result.evidence:
        detail[label] = f"{detail[label]}\n{text}" if label in detail else text
    return {
        "id": result.stage.value,
        "outcome": result.outcome.value,
        "reason": result.reason,
        "owner": result.owner.value if result.owner else None,
        "message": _says(result),
        "detail": detail,
        "elapsed_ms": result.elapsed_ms,
    }


class TextReport:
    """Writes one line a stage. On a terminal the stage that runs has a line too, which is drawn anew in its place.

    What comes from a connector is written without control characters, so that it cannot steer the terminal.
    """

    def __init__(
        self,
        stream: TextIO,
        stages: Sequence[Stage],
        kind: RunKind = RunKind.CONNECTOR,
        *,
        terminal: bool,
        color: bool,
    ) -> None:
        self._stream = stream
        self._kind = kind
        self._terminal = terminal
        self._color = color
        self._drawn = False
        self._title_width = max(len(_title(stage)) for stage in stages)
        self._word_width = max(len(str(word)) for word in _WORDS.values())
        unicode = _can_write(stream, "".join(_GLYPHS.values()) + _RUNNING_GLYPH)
        self._glyphs = _GLYPHS if unicode else _PLAIN_GLYPHS
        self._running_glyph = _RUNNING_GLYPH if unicode else _PLAIN_RUNNING_GLYPH

    @classmethod
    def on_stdout(cls, stages: Sequence[Stage], kind: RunKind = RunKind.CONNECTOR) -> TextReport:
        """On the standard output, with color where that is a terminal that nobody has asked to go without."""
        stream = sys.stdout or io.StringIO()  # none at all where it was closed
        terminal = stream.isatty() and os.environ.get("TERM") != "dumb"
        return cls(stream, stages, kind, terminal=terminal, color=terminal and not os.environ.get("NO_COLOR"))

    def begin(self, url: str) -> None:
        """The line above the stages of one URL."""
        self.line(click.style(one_line(without_password(url), 1023), bold=True))

    def running(self, stage: Stage, elapsed_ms: int, limit_seconds: float) -> None:
        """The stage that is under way; nothing where lines cannot be drawn anew."""
        if not self._terminal:
            return
        says = running(stage, limit_seconds, self._kind)
        line = f"{self._head(self._running_glyph, stage, _('running'), elapsed_ms)}  {says}"
        self._write(f"\r\x1b[2K{line[: self._width - 1]}")
        self._drawn = True

    def ended(self, result: StageResult) -> None:
        """One line for a stage, and for a failed one what to do, who can and the technical detail."""
        elapsed = result.elapsed_ms if result.outcome != Outcome.SKIPPED else None
        head = self._head(self._glyphs[result.outcome], result.stage, str(_WORDS[result.outcome]), elapsed)
        says = describe(result).says
        lines = self._wrapped(says, len(head) + 2) if says else [""]
        painted = click.style(head, fg=_COLORS[result.outcome]) if _COLORS[result.outcome] else head
        self.line(f"{painted}  {lines[0]}".rstrip())
        for line in (*lines[1:], *self._more(result)):
            self.line(line)

    def end(self, report: Report) -> None:
        """The verdict over one URL."""
        state = RunState.CANCELLED if report.verdict == Verdict.CANCELLED else RunState.FINISHED
        line = heading(self._kind, state, report.results)
        self.line(click.style(f"  {line}", bold=True))
        self.line("")

    def problem(self, text: str) -> None:
        """Why nothing could be found out; `text` may have several lines."""
        for line in text.splitlines():
            self.line(click.style(f"  {one_line(line)}", fg="red"))
        self.line("")

    def count(self, verdicts: Sequence[Verdict]) -> None:
        """How many of several can be used."""
        good = sum(verdict in (Verdict.PASSED, Verdict.WARNING) for verdict in verdicts)
        self.line(_("%(good)s of %(all)s connectors can be used.", good=good, all=len(verdicts)))

    def clear(self) -> None:
        """Takes the line of the running stage away."""
        if self._drawn:
            self._write("\r\x1b[2K")
            self._drawn = False

    def _more(self, result: StageResult) -> Iterator[str]:
        words = describe(result)
        if words.what_to_do is None:
            return
        label_width = max(len(_("What to do")), len(_("Who can do it")))
        for label, text in ((_("What to do"), words.what_to_do), (_("Who can do it"), words.who or "")):
            first, *rest = self._wrapped(text, label_width + 6)
            yield f"    {label:<{label_width}}  {first}"
            yield from rest
        if result.outcome == Outcome.FAILED:
            yield from (
                f"    | {one_line(label)}: {one_line(text, _MAX_ROW_LENGTH)}" for label, text in result.evidence
            )

    def _head(self, glyph: str, stage: Stage, word: str, elapsed_ms: int | None) -> str:
        time = duration(elapsed_ms) if elapsed_ms is not None else ""
        return f"  {glyph} {_title(stage):<{self._title_width}}  {word:<{self._word_width}}  {time:>8}"

    def _wrapped(self, text: str, indent: int) -> list[str]:
        """Lines that fit the terminal, all but the first indented; elsewhere one line, for grep."""
        if not self._terminal or self._width - indent < 20:
            return [text]
        first, *rest = textwrap.wrap(text, self._width - indent) or [""]
        return [first, *(" " * indent + line for line in rest)]

    @property
    def _width(self) -> int:
        return shutil.get_terminal_size().columns

    def line(self, text: str) -> None:
        """Any line; characters that the output cannot write become question marks."""
        self.clear()
        self._write(f"{text if self._color else click.unstyle(text)}\n")

    def _write(self, text: str) -> None:
        encoding = self._stream.encoding or "utf-8"
        self._stream.write(text.encode(encoding, "replace").decode(encoding))
        self._stream.flush()


def _title(stage: Stage) -> str:
    code = stage_code(stage)
    return f"{stage_title(stage)} ({code})" if code else stage_title(stage)


def _says(result: StageResult) -> str:
    return describe(result).says or _("Not reached.")


def _can_write(stream: TextIO, text: str) -> bool:
    try:
        text.encode(stream.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
