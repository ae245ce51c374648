"""Requests to the hosts of a SuperOffice over the guarded transport, at a bearable pace, and the reading of answers."""

from wizard.outside.superoffice.calls.answers import AnswerReader
from wizard.outside.superoffice.calls.caller import Caller, CallOptions
from wizard.outside.superoffice.calls.errors import SuperOfficeError, refusal
from wizard.outside.superoffice.calls.pace import Pace, pace_of

__all__ = [
    "AnswerReader",
    "CallOptions",
    "Caller",
    "Pace",
    "SuperOfficeError",
    "pace_of",
    "refusal",
]
