"""What the practice connectors ask for shows everything that a connector may ask for, in every language."""

from __future__ import annotations

import re

import pytest

from wizard.domain.fields import Access, FieldType, in_language
from wizard.practice.connector.fields import FIELDS
from wizard.practice.connector.outcomes import OUTCOMES
from wizard.practice.texts import texts

LANGUAGES_OF_TEXTS = ["US", "NL", "GE", "NO", "SW", "DA"]


def codes_of(text: str) -> list[str]:
    """SuperOffice's codes of a multi-language string."""
    return re.findall(r'([A-Z]{2}):"', text)


def test_the_default_connector_has_every_type_and_every_access() -> None:
    default = next(iter(FIELDS.values()))
    assert {field.field_type for field in default} == set(FieldType)
    assert {field.access for field in default} == set(Access)


@pytest.mark.parametrize("name", FIELDS)
def test_the_fields_do_not_come_in_rank_order(name: str) -> None:
    ranks = [field.rank for field in FIELDS[name]]
    assert ranks != sorted(ranks)
    assert len(set(ranks)) == len(ranks)


def test_changing_the_connector_shows_fields_that_come_and_go() -> None:
    one, other = ({field.field_key for field in fields} for fields in FIELDS.values())
    assert one - other
    assert other - one
    assert one & other


@pytest.mark.parametrize("name", FIELDS)
def test_every_text_that_is_displayed_is_there_in_the_same_languages(name: str) -> None:
    for field in FIELDS[name]:
        label_text = field.default_value if field.field_type == FieldType.LABEL else None
        for text in filter(None, (field.display_name, field.display_description, label_text)):
            assert codes_of(text) == LANGUAGES_OF_TEXTS, text


def test_every_outcome_has_a_name_in_the_same_languages() -> None:
    assert all(codes_of(text) == LANGUAGES_OF_TEXTS for text in OUTCOMES.values())


def test_a_reader_of_a_language_that_a_text_lacks_gets_the_english_one() -> None:
    assert in_language(texts(en="Company code", nl="Bedrijfscode"), "sv") == "Company code"


def test_a_text_has_the_companys_name_as_its_default() -> None:
    assert any(field.default_value == "<name>" for field in FIELDS["Nordic"])
