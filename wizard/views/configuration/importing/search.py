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
from wizard.services.configuration import MAX_PARTS

MAX_TYPED = 254
MAX_CRITERIA = 5
Options = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class CriterionInput:
    """A row of the search as it was typed. Without a field, the text is looked for in every field that can be
    searched."""

    field: str = ""
    how: str = Operator.BEGINS
    value: str = ""
    second: str = ""


@dataclass(frozen=True)
class SearchInput:
    """What was typed, and which part, page and kind of what is found is asked for."""

    actor_type: str
    criteria: Sequence[CriterionInput] = (CriterionInput(),)
    part: int = 0
    page: int = 1
    outcome: str = ""

    @property
    def values(self) -> Mapping[str, str]:
        """What a form sends to search for the same again."""
        found = {"type": self.actor_type, "part": str(self.part)}
        for number, each in enumerate(self.criteria):
            texts = (each.field, each.how, each.value, each.second)
            found |= dict(zip(names_of(number), texts, strict=True))
        return found


@dataclass(frozen=True)
class Search:
    """What the connector is asked: a text, or criteria, which the `SearchInput` says as they were typed."""

    text: str = ""
    criteria: Sequence[tuple[CriterionInput, Criterion]] = ()

    @property
    def query(self) -> str | Sequence[Criterion]:
        return [each for _, each in self.criteria] or self.text


class CriteriaRefused(Exception):
    """Some of the criteria cannot be searched for; `words` says why, by their numbers."""

    def __init__(self, words: Mapping[int, str]) -> None:
        super().__init__(words)
        self.words = words


def names_of(number: int) -> tuple[str, str, str, str]:
    """The names of the inputs of a row: those of the first one have no number."""
    end = f"-{number}" if number else ""
    return f"by{end}", f"how{end}", f"what{end}", f"and{end}"


def sent_search(actor_type: str) -> SearchInput:
    """Out of the form, which posts: addresses are logged, and what is searched for may be somebody's name."""
    return SearchInput(
        actor_type=actor_type,
        criteria=_sent_criteria(),
        part=min(_number("part", 0), MAX_PARTS - 1),
        page=_number("page", 1),
        outcome=request.form.get("outcome", ""),
    )


def changes_rows() -> bool:
    """Whether the form was sent for one row more or less, and nothing is searched for yet."""
    return "add" in request.form or "drop" in request.form


def _sent_criteria() -> Sequence[CriterionInput]:
    drop = _number("drop", 0) if "drop" in request.form else None
    rows = [_sent(number) for number in range(MAX_CRITERIA) if number == 0 or f"by-{number}" in request.form]
    kept = [each for number, each in enumerate(rows) if number != drop] or [CriterionInput()]
    return [*kept, *([CriterionInput()] if "add" in request.form else [])][:MAX_CRITERIA]


def _sent(number: int) -> CriterionInput:
    by, how, what, second = (request.form.get(name, "")[:MAX_TYPED] for name in names_of(number))
    return CriterionInput(by, how or Operator.BEGINS.value, what, second)


def _number(name: str, otherwise: int) -> int:
    text = request.form.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 7 else otherwise


def search_of(typed: SearchInput, actor_type: ActorType, schema: Schema, language: str) -> Search:
    """Raises CriteriaRefused for what cannot be searched for."""
    fields = {each.key: each for each in searchable(actor_type)}
    rows = {number: each for number, each in enumerate(typed.criteria) if each.field in fields or each.value.strip()}
    texts = [each.value.strip() for each in rows.values() if each.field not in fields]
    if len(rows) < 2 and texts:
        return Search(text=texts[0])
    found, refused = [], {}
    for number, each in rows.items():
        if each.field not in fields:
            refused[number] = _("Choose a field: a text in all of them goes with no other criterion.")
            continue
        try:
            found.append((each, _criterion(each, fields[each.field], schema, language)))
        except InvalidValue as error:
            refused[number] = _refusal(error, fields[each.field], language)
    if refused:
        raise CriteriaRefused(refused)
    return Search(criteria=found)


def _criterion(typed: CriterionInput, field: ActorField, schema: Schema, language: str) -> Criterion:
    """Raises InvalidValue."""
    items = labels_of(field, schema, language)
    return criterion_of(field.key, field.type, typed.how, (typed.value, typed.second), language, items)


def _refusal(error: InvalidValue, field: ActorField, language: str) -> str:
    label = field.name_in(language)
    return refused_criterion(error, ConfigField(field.key, field.type, label=label, max_length=field.max_length))


def searched_text(search: Search, actor_type: ActorType, language: str) -> str:
    """What to enter in SuperOffice's search, a sentence a criterion; empty for a search without any."""
    if not search.criteria:
        return _("Look for %(text)s.", text=search.text) if search.text else ""
    return " ".join(_said(typed, criterion, actor_type, language) for typed, criterion in search.criteria)


def _said(typed: CriterionInput, criterion: Criterion, actor_type: ActorType, language: str) -> str:
    label = actor_type.field(criterion.key).name_in(language)
    shown = (typed.value, typed.second) if criterion.operator.takes_two else (typed.value,)
    return criterion_text(label, criterion.operator, shown)


def searchable(actor_type: ActorType) -> list[ActorField]:
    """What the connector searches by and SuperOffice has operators for."""
    return [each for each in actor_type.fields if each.is_searchable and not each.is_missing and OPERATORS[each.type]]


def field_groups(actor_type: ActorType, settings: TypeSettings, language: str) -> Sequence[tuple[str, Options]]:
    """The fields to search by; those that SuperOffice does not offer, as they have no Show in Search, by themselves."""
    offered = {each.key for each in settings.fields if each.show_in_search}
    fields = [(each.key, each.name_in(language)) for each in searchable(actor_type)]
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
