"""The form of a default value: what a new record of the ERP gets for a field that is not mapped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from wizard.domain.configuration import MAX_DEFAULT_LENGTH, ActorField, FieldSettings, Refusal, default_problems
from wizard.domain.fields import Access, ConfigField, ListItem
from wizard.forms.config_fields import ConfigForm, FieldView, typed_values
from wizard.messages import refusal_words

SET, ASK, MANDATORY = "set", "ask", "mandatory"
_PLACES: Mapping[Refusal, str] = {Refusal.DEFAULT_NEEDED: MANDATORY}


def field_of(erp: ActorField, items: Mapping[str, str] | None) -> ConfigField:
    """The field as the words and inputs for values take it; `items` are those of its list, None where not known."""
    choices = None if items is None else tuple(ListItem(key, label) for key, label in items.items())
    return ConfigField(
        key=erp.key,
        type=erp.type,
        access=erp.access,
        label=erp.name,
        description=erp.description,
        default=erp.default,
        list_name=erp.list_name,
        max_length=erp.max_length,
        items=choices if erp.list_name else None,
    )


def ticks_of(sent: MultiDict[str, str]) -> MultiDict[str, str]:
    """What was chosen of a form whatever its field is."""
    return MultiDict({name: sent[name] for name in (SET, ASK, MANDATORY) if name in sent})


class DefaultForm:
    """The three choices, and the input of the field's kind. `errors` are by the id of the input."""

    def __init__(
        self,
        erp: ActorField,
        items: Mapping[str, str] | None,
        saved: FieldSettings,
        language: str,
        sent: MultiDict[str, str] | None = None,
    ) -> None:
        self.erp, self._saved, self._items = erp, saved, items
        is_new = not saved.ask_user and not saved.mandatory
        self.sets = saved.default is not None or is_new if sent is None else SET in sent
        self.asks = saved.ask_user if sent is None else ASK in sent
        self.is_mandatory = saved.mandatory if sent is None else MANDATORY in sent
        typed = {} if sent is None else typed_values(sent)
        self._is_of_another = bool(typed) and erp.key not in typed
        """Whether the value was typed into the input of the field that was chosen before."""
        texts = self._saved_texts(language) if sent is None else typed
        if self._is_of_another:
            texts = {erp.key: next(iter(typed.values()))}
        field = replace(field_of(erp, items), access=Access.MANDATORY)
        self._config = ConfigForm([field], texts, {}, origin="", language=language)
        self.errors: dict[str, str] = {}

    def _saved_texts(self, language: str) -> Mapping[str, str]:
        """What is saved; without it the input has the connector's own default."""
        if self._saved.default is None:
            return {}
        return {self.erp.key: self.erp.type.value_type.format_encoded(self._saved.default, language)}

    @property
    def input(self) -> FieldView:
        """The input of the value."""
        return self._config.views({}, self.errors)[0]

    @property
    def settings(self) -> FieldSettings:
        default = self._config.values.get(self.erp.key) if self.sets else None
        return replace(self._saved, default=default, ask_user=self.asks, mandatory=self.is_mandatory)

    @property
    def summary(self) -> list[tuple[str, str]]:
        """The errors with the addresses of their inputs."""
        return [(text, f"#{id_}") for id_, text in self.errors.items()]

    def validate(self) -> bool:
        """Whether it can be saved; else `errors` says why not."""
        self.errors = self._config.errors_by_id() if self.sets else {}
        if self.sets and self._is_of_another:
            self.errors = {self.input.id: _("You have chosen another field: check its value, and save it.")}
        if not self.errors:
            self.refuse(default_problems(self.erp, self.settings, self._items))
        if not self.sets and not self.asks and not self.is_mandatory:
            self.errors[SET] = _("Set a default value, ask the user for one, or both.")
        return not self.errors

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Adds the words of what cannot be saved, at the input that it is about."""
        for refusal in refusals:
            self.errors.setdefault(_PLACES.get(refusal, self.input.id), self._words(refusal))

    def _words(self, refusal: Refusal) -> str:
        if refusal == Refusal.DEFAULT_TOO_LONG:
            return _("Too long: SuperOffice keeps %(count)s characters at most.", count=MAX_DEFAULT_LENGTH)
        return refusal_words(refusal)
