"""The one tree of errors.

::

    WizardError
    ├── ConfigError             a setting is invalid; every problem in one message
    ├── InstanceError           the instance folder, its database or its keys cannot be used
    │   ├── KeysUnavailable     the key file cannot be used at the moment
    │   └── DecryptionError     no key decrypts a value
    ├── InvalidFile             a file cannot be used; every problem in one message
    ├── NotFound                there is no such row
    ├── InvalidInput            a form is invalid: `errors` by field
    ├── StaleVersion            the row has changed since its form was rendered: `theirs` and `yours`
    │   └── RowsChanged         rows of a table have: `theirs` and `yours` by row
    ├── RowsRefused             rows of a table cannot be saved: `problems`
    ├── ReceiptMissing          no receipt covers these values: `reasons`
    ├── InUse                   other rows refer to it: `names`
    ├── NotInSuperOffice        SuperOffice does not know users or groups, or they have left: `names`
    ├── InvalidState            not possible in the present state of the row
    └── TooBusy                 too many ask for the same at once: a later try succeeds
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

MAX_LINE, MAX_LINES = 500, 200
"""The length of a message about a file."""


class WizardError(Exception):
    """The base of every error that this package raises on purpose."""


class ConfigError(WizardError):
    """A setting is invalid."""


class InstanceError(WizardError):
    """The instance folder, its database or its keys cannot be used."""


class KeysUnavailable(InstanceError):
    """The key file cannot be used at the moment."""


class DecryptionError(InstanceError):
    """No key decrypts a value."""


class InvalidFile(WizardError):
    """A file cannot be used. The message repeats no more of it than can be read."""

    def __init__(self, message: str) -> None:
        lines = [line if len(line) <= MAX_LINE else f"{line[:MAX_LINE]}…" for line in message.split("\n")]
        super().__init__("\n".join([*lines[:MAX_LINES], *(["…"] if len(lines) > MAX_LINES else [])]))


class NotFound(WizardError):
    """There is no such row."""


class InvalidInput(WizardError):
    """A form is invalid; `errors` has a code by field, for example `{"name": "taken"}`."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(dict(errors))
        self.errors = dict(errors)


class StaleVersion(WizardError):
    """The row has changed since its form was rendered; `theirs` and `yours` where the two versions are compared."""

    def __init__(self, theirs: Mapping[str, Any] | None = None, yours: Mapping[str, Any] | None = None) -> None:
        super().__init__()
        self.theirs, self.yours = dict(theirs or {}), dict(yours or {})


class RowsChanged(StaleVersion):
    """Rows of a table have changed since it was rendered, and on the page as well; by the key of the row."""


class RowsRefused(WizardError):
    """Rows of a table cannot be saved; `problems` says which, and why."""

    def __init__(self, problems: Sequence[Any]) -> None:
        super().__init__(*problems)
        self.problems = tuple(problems)


class ReceiptMissing(WizardError):
    """No receipt covers these values: only values whose test has passed may be saved."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(*reasons)
        self.reasons = tuple(reasons)


class InUse(WizardError):
    """Other rows refer to it; `names` says which."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(*names)
        self.names = tuple(names)


class NotInSuperOffice(WizardError):
    """SuperOffice does not know these users or groups, or they have left there; `names` says which."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(*names)
        self.names = tuple(names)


class InvalidState(WizardError):
    """Not possible in the present state of the row."""


class TooBusy(WizardError):
    """Too many ask for the same at once; a later try succeeds."""
