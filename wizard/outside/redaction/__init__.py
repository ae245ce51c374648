"""Masks secrets in texts that come from a server, however they are spelled there."""

from wizard.outside.redaction.later import LaterRedactor
from wizard.outside.redaction.redactor import MASK, Redactor, Secrets

__all__ = [
    "MASK",
    "LaterRedactor",
    "Redactor",
    "Secrets",
]
