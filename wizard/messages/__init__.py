"""Words: what happened, what to do, who can do it. Wording lives here and in the templates, nowhere else."""

from wizard.messages.notes import Note, mailto, note
from wizard.messages.stages import Words, describe, heading, running, summary, who_can
from wizard.messages.times import date, duration, moment

__all__ = [
    "Note",
    "Words",
    "date",
    "describe",
    "duration",
    "heading",
    "mailto",
    "moment",
    "note",
    "running",
    "summary",
    "who_can",
]
