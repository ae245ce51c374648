"""The words for checks: what happened, what to do, who can do it. All other wording is in the templates and forms."""

from wizard.domain.urls import without_password
from wizard.messages.facts import one_line
from wizard.messages.notes import Note, mailto, note
from wizard.messages.stages import (
    Words,
    describe,
    heading,
    running,
    stage_code,
    stage_title,
    summary,
    titles,
    verdict_line,
    who_can,
)
from wizard.messages.times import date, duration, full_moment, moment

__all__ = [
    "Note",
    "Words",
    "date",
    "describe",
    "duration",
    "full_moment",
    "heading",
    "mailto",
    "moment",
    "note",
    "one_line",
    "running",
    "stage_code",
    "stage_title",
    "summary",
    "titles",
    "verdict_line",
    "who_can",
    "without_password",
]
