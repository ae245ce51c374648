"""The search of the page: what can be typed, what was, and what the connector is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request
from flask_babel import gettext as _

from wizard.domain.configuration import (
    OPERATORS,
    ActorField,
    ActorType,
    Criterion,
    Operator,
    Schema,
    TypeSettings,
    criterion_of,
)
from wizard.domain.fields import ConfigField, InvalidValue, in_language
from wizard.messages import OPERATOR_WORDS, criterion_text, refused_criterion

MAX_TYPED = 254
Options = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class SearchInput:
    """What was typed. Without a field, the text is looked for in every field that can be searched."""

    actor_type: str
    field: str = ""
    how: str = Operator.BEGINS
    value: str = ""
    second: str = ""
    page: int = 1
    outcome: str = ""

    @property
    def values(self) -> Mapping[str, str]:
        """What a form sends to search for the same again."""
        return {"type": self.actor_type, "by": self.field, "how": self.how, "what": self.value, "and": self.second}


@dataclass(frozen=True)
class Search:
    """What the connector is asked: a text, or a criterion, which `SearchInput.value` says as it was typed."""

    text: str = ""
    criterion: Criterion | None = None

    @property
    def wanted(self) -> str | Criterion:
        return self.criterion or self.text


def sent_search(actor_type: str) -> SearchInput:
    """Out of the form, which posts: addresses are logged, and what is searched for may be somebody's name."""
    page = request.form.get("page", "1")
    return SearchInput(
        actor_type=actor_type,
        field=request.form.get("by", ""),
        how=request.form.get("how", Operator.BEGINS.value),
        value=request.form.get("what", "")[:MAX_TYPED],
        second=request.form.get("and", "")[:MAX_TYPED],
        page=int(page) if page.isdecimal() and len(page) < 7 else 1,
        outcome=request.form.get("outcome", ""),
    )


def search_of(typed: SearchInput, actor_type: ActorType, schema: Schema, language: str) -> Search:
    """Raises InvalidValue for what cannot be searched for."""
    field = next((each for each in searchable(actor_type) if each.key == typed.field), None)
    if field is None:
        return Search(text=typed.value.strip())
    items = labels_of(field, schema, language)
    return Search(
        criterion=criterion_of(field.key, field.type, typed.how, (typed.value, typed.second), language, items)
    )


def searched_text(typed: SearchInput, search: Search, actor_type: ActorType, language: str) -> str:
    """What to enter in SuperOffice's search, in a sentence; empty for a search without a criterion."""
    if search.criterion is None:
        return _("Look for %(text)s.", text=search.text) if search.text else ""
    label = in_language(actor_type.field(search.criterion.key).name, language) or search.criterion.key
    shown = (typed.value, typed.second) if search.criterion.operator.takes_two else (typed.value,)
    return criterion_text(label, search.criterion.operator, shown)


def refusal(error: InvalidValue, typed: SearchInput, actor_type: ActorType, language: str) -> str:
    field = next(each for each in searchable(actor_type) if each.key == typed.field)
    label = in_language(field.name, language) or field.key
    return refused_criterion(error, ConfigField(field.key, field.type, label=label, max_length=field.max_length))


def searchable(actor_type: ActorType) -> list[ActorField]:
    """What the connector searches by and SuperOffice has operators for."""
    return [each for each in actor_type.fields if each.is_searchable and not each.is_missing and OPERATORS[each.type]]


def field_groups(actor_type: ActorType, settings: TypeSettings, language: str) -> Sequence[tuple[str, Options]]:
    """The fields to search by; those that SuperOffice does not offer, as they have no Show in Search, by themselves."""
    offered = {each.key for each in settings.fields if each.show_in_search}
    fields = [(each.key, in_language(each.name, language) or each.key) for each in searchable(actor_type)]
    groups = (
        (_("With Show in Search"), [each for each in fields if each[0] in offered]),
        (_("Without Show in Search: not in SuperOffice's search"), [each for each in fields if each[0] not in offered]),
    )
    return [(heading, options) for heading, options in groups if options]


def operators(actor_type: ActorType) -> Options:
    """Every criterion that one of the fields takes; two names of one meaning are one choice."""
    used = {operator for each in searchable(actor_type) for operator in OPERATORS[each.type]}
    words: dict[str, str] = {}
    for operator, text in OPERATOR_WORDS.items():
        if operator in used and str(text) not in words.values():
            words[operator.value] = str(text)
    return list(words.items())


def labels_of(field: ActorField, schema: Schema, language: str) -> dict[str, str]:
    """The items of a list field by key, in a language."""
    return {key: in_language(label, language) or key for key, label in schema.lists.get(field.list_name, {}).items()}
