"""The form that a connector's fields ask for.

A connector may call a field anything, so every input's name is the key behind a prefix, and its id a hash of the key:
what the connector asks for meanwhile never takes the place of another field.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from wizard.domain.fields import typed as typed_text
from wizard.domain.fields.encoding import MAX_VALUE_LENGTH, UNSENDABLE, decode, encode, length_of
from wizard.domain.fields.field import ConfigField, FieldType, in_rank_order
from wizard.domain.fields.multilang import in_language
from wizard.messages.times import plain_moment

PREFIX = "cf:"


@dataclass(frozen=True)
class FieldView:
    """What `connections/_config_fields.html` shows of one field."""

    id: str
    name: str
    kind: str
    label: str
    hint: str
    value: str
    saved: str | None
    needed: bool
    read_only: bool
    options: Sequence[tuple[str, str]] | None
    error: str | None
    changed: bool
    max_length: int


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
        self._secrets = {key: kept for key, kept in secrets.items() if kept["origin"] == origin}
        self._texts = {field.key: self._text(field, typed, typed_in or language) for field in self.fields}
        self.errors: dict[str, str] = {}
        self.missing: list[ConfigField] = []
        self.values: dict[str, str] = {}
        for field in self.fields:
            if field.takes_input:
                self._read(field)

    @property
    def complete(self) -> bool:
        """Whether every value can be sent: nothing needed is missing and nothing is wrong."""
        return not self.errors and not self.missing

    def id_of(self, field: ConfigField) -> str:
        return f"field-{sha256(field.key.encode()).hexdigest()[:16]}"

    def label_of(self, field: ConfigField) -> str:
        return in_language(field.label, self.language) or field.key

    def errors_by_id(self) -> dict[str, str]:
        """Errors and missing values, for the summary and the fields, by input id in the order of the page."""
        missing = {field.key: self._missing_words(field) for field in self.missing}
        found = {**missing, **self.errors}
        return {self.id_of(field): found[field.key] for field in self.fields if field.key in found}

    def views(
        self,
        saved_at: Mapping[str, str],
        errors: Mapping[str, str] | None = None,
        changed: Collection[str] = (),
    ) -> list[FieldView]:
        """What the page shows. `saved_at`: words for kept secrets, `errors`: by input id, `changed`: keys."""
        return [self._view(field, saved_at.get(field.key), errors or {}, field.key in changed) for field in self.fields]

    def display(self, field: ConfigField, encoded: str) -> str:
        """An encoded value in a person's words: a list's label, yes or no, a number in their format."""
        if field.is_secret:
            return "••••"
        if field.type == FieldType.CHECKBOX:
            return _("Yes") if encoded == encode(FieldType.CHECKBOX, True) else _("No")
        if field.type == FieldType.LIST:
            return dict(self._options(field) or ()).get(encoded, encoded)
        if field.type == FieldType.DATETIME:
            return _date_and_time(encoded)
        return typed_text.show_encoded(field.type, encoded, self.language)

    def _text(self, field: ConfigField, typed: Mapping[str, str], typed_in: str) -> str:
        if field.is_read_only or not field.takes_input or field.key not in typed:
            return typed_text.default_text(field, self.language)
        return typed_text.in_other_language(field.type, typed[field.key], typed_in, self.language)

    def _read(self, field: ConfigField) -> None:
        text = self._secrets.get(field.key, {}).get("value", "") if field.is_secret else self._texts[field.key]
        if text == "" and field.type != FieldType.CHECKBOX:
            self.values[field.key] = ""
            if field.is_mandatory:
                self.missing.append(field)
            return
        try:
            self._check(field, text)
            encoded = encode(field.type, typed_text.parse(field.type, text, self.language))
        except ValueError as error:
            self.errors[field.key] = _words_of(error, field)
            return
        if length_of(encoded) > MAX_VALUE_LENGTH:
            self.errors[field.key] = _(
                "Too long: SuperOffice keeps %(count)s characters at most.", count=MAX_VALUE_LENGTH
            )
        else:
            self.values[field.key] = encoded

    def _check(self, field: ConfigField, text: str) -> None:
        if 0 < field.max_length < length_of(text) and field.type in (FieldType.TEXT, FieldType.PASSWORD):
            raise ValueError(_("Too long: %(count)s characters at most.", count=field.max_length))
        if UNSENDABLE.search(text):
            raise ValueError(_("There is an invisible control character in it that cannot be sent. Type it anew."))
        if field.type == FieldType.LIST and field.items is not None and text not in {item.key for item in field.items}:
            raise ValueError(_("This choice is not offered any more. Choose another."))

    def _view(self, field: ConfigField, saved_at: str | None, errors: Mapping[str, str], changed: bool) -> FieldView:
        field_id = self.id_of(field)
        secret = field.is_secret
        kept = secret and field.key in self._secrets and field.key not in self.errors
        return FieldView(
            id=field_id,
            name=PREFIX + field.key,
            kind=field.type.value.lower(),
            label=self.label_of(field) if field.takes_input else in_language(field.label, self.language),
            hint=in_language(field.description, self.language),
            value="" if secret else self._texts[field.key],
            saved=saved_at if kept else None,
            needed=field.is_mandatory,
            read_only=field.is_read_only,
            options=self._options(field),
            error=errors.get(field_id),
            changed=changed,
            max_length=field.max_length,
        )

    def _options(self, field: ConfigField) -> list[tuple[str, str]] | None:
        if field.type != FieldType.LIST or field.items is None:
            return None
        return [(item.key, in_language(item.label, self.language) or item.key) for item in field.items]

    def _missing_words(self, field: ConfigField) -> str:
        if field.type == FieldType.LIST and field.items is not None:
            return _("Choose %(field)s.", field=self.label_of(field))
        return _("Enter %(field)s.", field=self.label_of(field))


def typed_values(form: MultiDict[str, str]) -> dict[str, str]:
    """What a page sent into the connector's fields, by key. A box sends its hidden "" first and "1" when ticked."""
    return {name[len(PREFIX) :]: form.getlist(name)[-1] for name in form if name.startswith(PREFIX)}


def _words_of(error: ValueError, field: ConfigField) -> str:
    match getattr(error, "code", None):
        case "ambiguous":
            return _("This can be read in two ways. Write it without separators between thousands.")
        case "too_large":
            return _("This number is too large. The largest is 2147483647.")
        case "not_a_date" | "ambiguous_date":
            return _("Write the date and time as 2026-12-31 23:59.")
        case None:
            return str(error)
        case _ if field.type == FieldType.INTEGER:
            return _("Enter a whole number, digits only.")
        case _:
            return _("Enter a number.")


def _date_and_time(encoded: str) -> str:
    try:
        value = decode(FieldType.DATETIME, encoded)
    except ValueError:
        return encoded
    return plain_moment(value) if isinstance(value, datetime) else encoded
