"""The one error tree.

::

    WizardError
    ├── ConfigError        a setting is wrong; every problem in one message
    ├── InstanceError      the instance folder, its database or its keys cannot be used
    │   ├── KeysGone       the key file cannot be used just now
    │   └── Unreadable     a value that none of the keys can read
    ├── BadFile            a file that was given cannot be used; every problem in one message
    ├── NotFound           no such row
    ├── InvalidInput       what was typed cannot be taken: `errors` by field
    ├── StaleVersion       the row has changed since its form was rendered: `theirs` and `yours`
    ├── ReceiptMissing     what is to be saved has no receipt: `reasons`
    ├── InUse              something else needs it: `names`
    ├── Refused            not possible in this state
    └── ConnectorError     a connector did not do what it was asked: the reason's code
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class WizardError(Exception):
    """Everything that this package raises on purpose."""


class ConfigError(WizardError):
    """A setting is wrong."""


class InstanceError(WizardError):
    """The instance folder, its database or its keys cannot be used."""


class KeysGone(InstanceError):
    """The key file cannot be used just now."""


class Unreadable(InstanceError):
    """A value that none of the keys can read."""


class BadFile(WizardError):
    """A file that was given cannot be used."""


class NotFound(WizardError):
    """There is no such row."""


class InvalidInput(WizardError):
    """What was typed cannot be taken; `errors` has a code by field, for example `{"name": "taken"}`."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(dict(errors))
        self.errors = dict(errors)


class StaleVersion(WizardError):
    """The row has changed since its form was rendered; `theirs` and `yours` where the two versions are compared."""

    def __init__(self, theirs: Mapping[str, Any] | None = None, yours: Mapping[str, Any] | None = None) -> None:
        super().__init__()
        self.theirs, self.yours = dict(theirs or {}), dict(yours or {})


class ReceiptMissing(WizardError):
    """What is to be saved has no receipt: no test has passed with just these values."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(*reasons)
        self.reasons = tuple(reasons)


class InUse(WizardError):
    """Others need it; `names` says which."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(*names)
        self.names = tuple(names)


class Refused(WizardError):
    """Not possible in the state that it is in."""


class ConnectorError(WizardError):
    """A connector did not do what it was asked; `args[0]` is the reason's code."""
