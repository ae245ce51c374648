"""The words for what of a configuration cannot be."""

from __future__ import annotations

import pytest
from flask import Flask

from wizard.domain.configuration import Gap, Part, Problem, Refusal, SuperOfficeField
from wizard.domain.mapping import CRM_FIELDS
from wizard.messages import actor_type_name, crm_field_name, problem_words, refusal_words


@pytest.mark.parametrize("refusal", list(Refusal))
def test_each_refusal_has_words(app: Flask, refusal: Refusal) -> None:
    with app.test_request_context():
        assert refusal_words(refusal).endswith(".")


def test_the_words_name_what_it_is_about(app: Flask) -> None:
    with app.test_request_context():
        facts = {"other": 'US:"Phone 100 %";NO:"Telefon"'}
        twice = Problem("Customer", "EMAIL", Refusal.MAPPED_TWICE, facts)
        gone = Gap(Part.MAPPINGS, "Supplier", "", Refusal.MISSING_IN_ERP)

        assert problem_words(twice).endswith("here and for the ERP field Phone 100 %.")
        assert problem_words(gone) == "The ERP does not have this actor type any more."


def test_each_documented_field_has_a_name(app: Flask) -> None:
    with app.test_request_context():
        nameless = [
            key
            for entity, fields in CRM_FIELDS.items()
            for key in fields
            if crm_field_name(SuperOfficeField(key, documented=key), entity) == key
        ]

        assert nameless == []
        assert crm_field_name(SuperOfficeField("contact/x", 'US:"Colour";NO:"Farge"'), "Contact") == "Colour"


def test_an_actor_type_that_is_called_by_blanks_says_so(app: Flask) -> None:
    with app.test_request_context():
        assert [actor_type_name(each) for each in ("Customer", "customer", " \u200b")] == [
            "Customer",
            "customer",
            "(no name)",
        ]
