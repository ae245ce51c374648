"""The types of fields, one class each: how its values are encoded, typed by a person, written in a file and checked.

A new type is a member of `FieldType`, a class and a line in `_VALUE_TYPES`; its words are in `wizard.messages.fields`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, Generic, TypeVar

from wizard.domain.fields import numbers
from wizard.domain.fields.encoding import (
    UNSENDABLE,
    decode_datetime,
    decode_decimal,
    decode_integer,
    encode_datetime,
    length_of,
)
from wizard.domain.fields.errors import DecodeError, NotOffered, TooLong, Unsendable
from wizard.domain.fields.multilang import in_language

V = TypeVar("V")


class FieldType(StrEnum):
    """FieldMetadataTypeInfoWS; the values are the names on the wire."""

    CHECKBOX = "Checkbox"
    TEXT = "Text"
    PASSWORD = "Password"  # noqa: S105 - the name of a type
    INTEGER = "Integer"
    DOUBLE = "Double"
    LIST = "List"
    DATETIME = "Datetime"
    LABEL = "Label"

    @property
    def value_type(self) -> ValueType[Any]:
        """The class that handles the values of this type."""
        return _VALUE_TYPES[self]


class ValueType(ABC, Generic[V]):
    """Handles the values of one type of field.

    A value has three texts: encoded for the connector, formatted for a person's input, and plain in a file.
    """

    is_secret: ClassVar[bool] = False
    takes_input: ClassVar[bool] = True
    has_max_length: ClassVar[bool] = False
    empty_is_value: ClassVar[bool] = False
    """Whether an empty input is a value; else it means that there is none."""
    fallback: ClassVar[Any] = None
    """The default value where the declared one cannot be decoded, as in SuperOffice."""

    @abstractmethod
    def encode(self, value: V) -> str:
        """The value as the connector is sent it."""

    @abstractmethod
    def decode(self, text: str) -> V:
        """Raises DecodeError."""

    @abstractmethod
    def parse(self, text: str, language: str) -> V:
        """What a person of this language meant by an input. Raises InvalidValue."""

    def format(self, value: V, language: str) -> str:
        """The value as a person of this language would type it."""
        return str(value)

    def read(self, text: str) -> V:
        """A plain value of a file. Raises ValueError."""
        return self.decode(text)

    def write(self, value: V) -> str:
        """The plain value for a file."""
        return str(value)

    def check(self, text: str, max_length: int = 0, choices: Collection[str] | None = None) -> None:
        """Raises InvalidValue for an input that the field does not take or that cannot be sent."""
        if self.has_max_length and 0 < max_length < length_of(text):
            raise TooLong(text)
        if UNSENDABLE.search(text):
            raise Unsendable(text)

    def default(self, declared: str) -> V | None:
        """The value that a field has before anything is typed; None for an empty one."""
        if declared == "" and not self.empty_is_value:
            return None
        try:
            return self.decode(declared)
        except DecodeError:
            fallback: V | None = self.fallback
            return fallback

    def format_default(self, declared: str, language: str) -> str:
        """The input that a field has before anything is typed. Template tags stay as they are."""
        value = self.default(declared)
        return "" if value is None else self.format(value, language)

    def format_encoded(self, encoded: str, language: str) -> str:
        """An encoded value as it would be typed; one that cannot be decoded, as it is."""
        try:
            return "" if encoded == "" else self.format(self.decode(encoded), language)
        except DecodeError:
            return encoded

    def same(self, one: str, other: str) -> bool:
        """Whether two encoded values are the same value: `[F:1.50]` and `[F:1.5]` are, and `[I:1]` and `1`."""
        return one == other or self._comparable(one) == self._comparable(other)

    def _comparable(self, encoded: str) -> V | str:
        """The value; what cannot be decoded, as it is. Nothing is a value only where an empty input is one."""
        try:
            if encoded == "":
                return self.parse("", "en") if self.empty_is_value else ""
            return self.decode(encoded)
        except DecodeError:
            return encoded

    def reformat(self, text: str, typed_in: str, language: str) -> str:
        """An input, rewritten for another language's format; one that cannot be parsed, as it is."""
        if typed_in == language or text == "":
            return text
        try:
            return self.format(self.parse(text, typed_in), language)
        except ValueError:
            return text

    def encode_plain(self, text: str) -> str:
        """A plain value of a file, encoded; one that is encoded already stays so. Raises ValueError."""
        if text == "" and not self.empty_is_value:
            return ""
        if text.startswith("["):
            self.decode(text)
            return text
        return self.encode(self.read(text.strip()))

    def decode_plain(self, encoded: str) -> str:
        """The plain value for a file; what cannot be decoded, as it is. `encode_plain` reads it back."""
        try:
            return "" if encoded == "" else self.write(self.decode(encoded))
        except DecodeError:
            return encoded


class Text(ValueType[str]):
    """Texts are never encoded: square brackets are part of them."""

    has_max_length = True

    def encode(self, value: str) -> str:
        return value

    def decode(self, text: str) -> str:
        return text

    def parse(self, text: str, language: str) -> str:
        return text

    def encode_plain(self, text: str) -> str:
        return text


class Password(Text):
    """A text that is encrypted and never displayed."""

    is_secret = True

    def default(self, declared: str) -> None:
        """None: a connector's own secret is not for display, for storage or for sending back."""


class List(Text):
    """The key of one of the list's choices."""

    has_max_length = False

    def check(self, text: str, max_length: int = 0, choices: Collection[str] | None = None) -> None:
        super().check(text)
        if choices is not None and text not in choices:
            raise NotOffered(text)


class Label(Text):
    """A text among the fields, its default, which may be multi-language."""

    takes_input = False
    has_max_length = False

    def format(self, value: str, language: str) -> str:
        return in_language(value, language)


class Checkbox(ValueType[bool]):
    """Encoded as an integer. A browser sends "1" for a ticked box and "" for another."""

    empty_is_value = True
    fallback = False
    _PLAIN: ClassVar[Mapping[str, bool]] = {
        **dict.fromkeys(("true", "yes", "on", "1"), True),
        **dict.fromkeys(("false", "no", "off", "0", ""), False),
    }

    def encode(self, value: bool) -> str:
        return f"[I:{int(value)}]"

    def decode(self, text: str) -> bool:
        return decode_integer(text) != 0

    def parse(self, text: str, language: str) -> bool:
        return text == "1"

    def format(self, value: bool, language: str) -> str:
        return "1" if value else ""

    def read(self, text: str) -> bool:
        if text.lower() not in self._PLAIN:
            raise ValueError(text)
        return self._PLAIN[text.lower()]

    def write(self, value: bool) -> str:
        return "true" if value else "false"


class Integer(ValueType[int]):
    """A whole number of 32 bits."""

    fallback = 0

    def encode(self, value: int) -> str:
        return f"[I:{value}]"

    def decode(self, text: str) -> int:
        return decode_integer(text)

    def parse(self, text: str, language: str) -> int:
        return numbers.parse_integer(text)


class Double(ValueType[Decimal]):
    """A number that keeps its digits."""

    fallback = Decimal("0.00")

    def encode(self, value: Decimal) -> str:
        return f"[F:{value:f}]"

    def decode(self, text: str) -> Decimal:
        return decode_decimal(text)

    def parse(self, text: str, language: str) -> Decimal:
        return numbers.parse_decimal(text)

    def format(self, value: Decimal, language: str) -> str:
        return numbers.format_decimal(value, language)

    def write(self, value: Decimal) -> str:
        return f"{value:f}"


class Datetime(ValueType[datetime]):
    """A date and time without a time zone, as SuperOffice's are."""

    def encode(self, value: datetime) -> str:
        return encode_datetime(value)

    def decode(self, text: str) -> datetime:
        return decode_datetime(text)

    def parse(self, text: str, language: str) -> datetime:
        return numbers.parse_datetime(text, language)

    def format(self, value: datetime, language: str) -> str:
        return numbers.format_datetime(value)

    def read(self, text: str) -> datetime:
        value = datetime.fromisoformat(text)
        if value.tzinfo is not None:
            raise ValueError(text)
        return value

    def write(self, value: datetime) -> str:
        return value.isoformat(" ")


_VALUE_TYPES: Mapping[FieldType, ValueType[Any]] = {
    FieldType.CHECKBOX: Checkbox(),
    FieldType.TEXT: Text(),
    FieldType.PASSWORD: Password(),
    FieldType.INTEGER: Integer(),
    FieldType.DOUBLE: Double(),
    FieldType.LIST: List(),
    FieldType.DATETIME: Datetime(),
    FieldType.LABEL: Label(),
}
