"""Why a value is refused. The words for it are in `wizard.messages.fields`."""

from __future__ import annotations


class DecodeError(ValueError):
    """An encoded text that is no value of the field's type."""


class InvalidValue(ValueError):
    """What a person typed is no value of the field's type."""


class NotANumber(InvalidValue):
    """It is no number, or not a whole one where one is needed."""


class AmbiguousNumber(InvalidValue):
    """It can be read in two ways."""


class TooLarge(InvalidValue):
    """It does not fit the contract's 32 bits."""


class NotADate(InvalidValue):
    """It is no date, or its order of day and month is not certain."""


class TooLong(InvalidValue):
    """It has more characters than the field's maximum."""


class TooLongToStore(InvalidValue):
    """Encoded, it has more characters than SuperOffice stores."""


class Unsendable(InvalidValue):
    """It has a character that XML cannot carry."""


class NotOffered(InvalidValue):
    """It is none of the list's choices."""
