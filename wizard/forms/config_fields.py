"""The form that a connector's fields ask for.

A connector may call a field anything, so every input's name is the key behind a prefix, and its id a hash of the key:
what the connector asks for meanwhile never takes the place of another field.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from wizard.domain.fields import ConfigField, FieldType, InvalidValue, in_language, in_rank_order
from wizard.domain.invisible import has_invisible, without_invisible
from wizard.messages import choices_of, display_value, hint_of, missing_value, refused_value

PREFIX = "cf:"


class Control(StrEnum):
    """What the template renders for a field."""

    TEXT = "text"
    CHECKBOX = "checkbox"
    SECRET = "secret"  # noqa: S105 - the name of a control
    INPUT = "input"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """What the macro `config_field` renders of one field; `macros/config.html` says what its values mean."""

    id: str
    name: str
    control: Control
    label: str
    hint: str
    value: str
    type: str = "text"
    options: Sequence[tuple[str, str]] = ()
    size: str = ""
    inputmode: str | None = None
    step: str | None = None
    max: str | None = None
    read_only: bool = False
    optional: bool = False
    saved: str | None = None
    error: str | None = None
    changed: bool = False
    has_unseen: bool = False


@dataclass(frozen=True, slots=True)
class _Input:
    """How a type's input differs from a line of text; `picker`: the browser's input of a date and time."""

    control: Control = Control.INPUT
    size: str = ""
    inputmode: str | None = None
    picker: bool = False


_TEXT_LINE = _Input()
_INPUTS: Mapping[FieldType, _Input] = {
    FieldType.CHECKBOX: _Input(Control.CHECKBOX),
    FieldType.PASSWORD: _Input(Control.SECRET),
    FieldType.INTEGER: _Input(size="short", inputmode="numeric"),
    FieldType.DOUBLE: _Input(size="short", inputmode="decimal"),
    FieldType.LIST: _Input(size="medium"),
    FieldType.DATETIME: _Input(size="medium", picker=True),
}
_MAX_MEDIUM_LENGTH = 30
"""Characters that the input of medium size has room for."""
_MINUTES, _SECONDS = len("2026-12-31T23:59"), len("2026-12-31T23:59:59")
"""Lengths of a date and time."""


class ConfigForm:
    """A connector's fields with what was typed into them.

    `typed` has plain texts by key (a ticked box is "1"), `secrets` what was typed into password fields before, as
    `{key: {"value", "origin", "at"}}`; one given to another origin does not count. What is not typed yet is the
    field's default. `language` is that of the person, `typed_in` that of the texts.
    """

    def __init__(
        self,
        fields: Sequence[ConfigField],
        typed: Mapping[str, str],
        secrets: Mapping[str, Mapping[str, str]],
        *,
        origin: str,
        language: str,
        typed_in: str | None = None,
    ) -> None:
        self.fields = in_rank_order(fields)
        self.language = language
        self._secrets = {key: secret for key, secret in secrets.items() if secret["origin"] == origin}
        self._texts = {field.key: self._text(field, typed, typed_in or language) for field in self.fields}
        self.errors: dict[str, str] = {}
        self.missing: list[ConfigField] = []
        self.values: dict[str, str] = {}
        for field in self.fields:
            if field.takes_input:
                self._encode(field)

    @property
    def complete(self) -> bool:
        """Whether every value can be sent: no mandatory one is missing and none is refused."""
        return not self.errors and not self.missing

    @property
    def texts(self) -> Mapping[str, str]:
        """What the inputs show, by key; secrets are never shown."""
        return {field.key: self._texts[field.key] for field in self.fields if field.takes_input and not field.is_secret}

    def has_unseen(self, field: ConfigField) -> bool:
        """Whether what was typed has something that may have been copied along and that nobody sees.

        A blank around it counts for a password only: elsewhere it can be seen in the input.
        """
        if field.is_read_only:
            return False
        if field.is_secret:
            secret = self._secrets.get(field.key, {}).get("value", "")
            return secret != without_invisible(secret)
        return has_invisible(self._texts[field.key])

    def id_of(self, field: ConfigField) -> str:
        return f"field-{sha256(field.key.encode()).hexdigest()[:16]}"

    def label_of(self, field: ConfigField) -> str:
        return in_language(field.label, self.language) or field.key

    def errors_by_id(self) -> dict[str, str]:
        """Errors and missing values, for the summary and the fields, by input id in the order of the page."""
        missing = {field.key: missing_value(field, self.label_of(field)) for field in self.missing}
        found = {**missing, **self.errors}
        return {self.id_of(field): found[field.key] for field in self.fields if field.key in found}

    def views(
        self,
        saved_at: Mapping[str, str],
        errors: Mapping[str, str] | None = None,
        changed: Collection[str] = (),
    ) -> list[FieldView]:
        """What the page renders. `saved_at`: words for saved secrets, `errors`: by input id, `changed`: keys."""
        return [self._view(field, saved_at.get(field.key), errors or {}, field.key in changed) for field in self.fields]

    def display(self, field: ConfigField, encoded: str) -> str:
        """An encoded value in a person's words."""
        return display_value(field, encoded, self.language)

    def _text(self, field: ConfigField, typed: Mapping[str, str], typed_in: str) -> str:
        if field.is_read_only or not field.takes_input or field.key not in typed:
            return field.default_text(self.language)
        return field.type.value_type.reformat(typed[field.key], typed_in, self.language)

    def _encode(self, field: ConfigField) -> None:
        text = self._secrets.get(field.key, {}).get("value", "") if field.is_secret else self._texts[field.key]
        if text == "" and not field.type.value_type.empty_is_value:
            self.values[field.key] = ""
            if field.is_mandatory:
                self.missing.append(field)
            return
        try:
            self.values[field.key] = field.encode_input(text, self.language)
        except InvalidValue as error:
            self.errors[field.key] = refused_value(error, field)

    def _view(self, field: ConfigField, saved_at: str | None, errors: Mapping[str, str], changed: bool) -> FieldView:
        if not field.takes_input:
            return self._text_view(field)
        field_id = self.id_of(field)
        look = _INPUTS.get(field.type, _TEXT_LINE)
        value = "" if field.is_secret else self._texts[field.key]
        choices = choices_of(field, self.language)
        type = _input_type(field, value, look)
        is_saved = field.is_secret and field.key in self._secrets and field.key not in self.errors
        return FieldView(
            id=field_id,
            name=PREFIX + field.key,
            control=Control.INPUT if look.control == Control.SECRET and field.is_read_only else look.control,
            label=self.label_of(field),
            hint=hint_of(field, self.language),
            value=value if type == "select" else choices.get(value, value),
            type=type,
            options=_options(choices, value) if type == "select" else (),
            size=look.size or ("medium" if 0 < field.max_length <= _MAX_MEDIUM_LENGTH else ""),
            inputmode=look.inputmode,
            step="1" if type == "datetime-local" and len(value) == _SECONDS else None,
            max="9999-12-31T23:59:59" if type == "datetime-local" else None,
            read_only=field.is_read_only,
            optional=not field.is_mandatory and not field.is_read_only,
            saved=saved_at if is_saved else None,
            error=errors.get(field_id),
            changed=changed,
            has_unseen=self.has_unseen(field),
        )

    def _text_view(self, field: ConfigField) -> FieldView:
        """A label's text below its title; a title without a text is the text."""
        title, text = in_language(field.label, self.language), self._texts[field.key]
        return FieldView(
            id=self.id_of(field),
            name=PREFIX + field.key,
            control=Control.TEXT,
            label=title if text else "",
            hint=hint_of(field, self.language),
            value=text or title,
        )


def typed_values(form: MultiDict[str, str]) -> dict[str, str]:
    """What a page sent into the connector's fields, by key. A box sends its hidden "" first and "1" when ticked."""
    return {name[len(PREFIX) :]: form.getlist(name)[-1] for name in form if name.startswith(PREFIX)}


def _input_type(field: ConfigField, value: str, look: _Input) -> str:
    """The input's type, "select" or "textarea"; text where the browser's own input could not hold the value."""
    if field.items is not None and not field.is_read_only:
        return "select"
    if "\n" in value or "\r" in value:
        return "textarea"
    if look.picker and not field.is_read_only and _fits_picker(value):
        return "datetime-local"
    return "text"


def _fits_picker(value: str) -> bool:
    return value == "" or (value[10:11] == "T" and len(value) in (_MINUTES, _SECONDS))


def _options(choices: Mapping[str, str], value: str) -> list[tuple[str, str]]:
    """The choices of a list, "Choose one" before them, and the present value where it is not offered any more."""
    none = [] if "" in choices else [("", _("Choose one"))]
    gone = [(value, _("%(choice)s (not offered any more)", choice=value))] if value and value not in choices else []
    return [*none, *choices.items(), *gone]
