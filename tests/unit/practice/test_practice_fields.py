"""What the practice connectors ask for shows everything that a connector may ask for, in every language."""

from __future__ import annotations

import pytest

from wizard.domain.fields import Access, FieldType, every_language
from wizard.domain.fields.multilang import CODES
from wizard.practice.connector.fields import FIELDS, OUTCOMES


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
def test_every_text_that_is_shown_is_there_in_six_languages(name: str) -> None:
    for field in FIELDS[name]:
        label_text = field.default_value if field.field_type == FieldType.LABEL else None
        for text in filter(None, (field.display_name, field.display_description, label_text)):
            assert len(every_language(text)) == len(CODES), text


def test_every_outcome_has_a_name_in_six_languages() -> None:
    assert all(len(every_language(text)) == len(CODES) for text in OUTCOMES.values())


def test_a_text_has_the_companys_name_as_its_default() -> None:
    assert any(field.default_value == "<name>" for field in FIELDS["Nordic"])
