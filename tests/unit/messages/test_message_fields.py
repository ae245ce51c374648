"""The words for fields: every type has its own, and they say what to do."""

from __future__ import annotations

import pytest

from wizard.domain.fields import Access, ConfigField, FieldType, InvalidValue, ListItem
from wizard.messages import fields as words

A_LIST = (ListItem("a", 'US:"Ask";NL:"Vraag"'), ListItem("b", ""))


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        (ConfigField("k", FieldType.TEXT), "Text"),
        (ConfigField("k", FieldType.TEXT, max_length=20), "Text, 20 characters at most"),
        (ConfigField("k", FieldType.TEXT, Access.READ_ONLY), "Filled in by the connector"),
        (ConfigField("k", FieldType.PASSWORD), "Password"),
        (ConfigField("k", FieldType.INTEGER), "Whole number"),
        (ConfigField("k", FieldType.INTEGER, default="[I:250]"), "Whole number, 250 unless changed"),
        (ConfigField("k", FieldType.DOUBLE), "Decimal number"),
        (ConfigField("k", FieldType.DOUBLE, default="[F:25.5]"), "Decimal number, 25,5 unless changed"),
        (ConfigField("k", FieldType.LIST), "One of a list"),
        (ConfigField("k", FieldType.LIST, items=A_LIST), "One of 2"),
        (ConfigField("k", FieldType.DATETIME), "Date and time"),
        (ConfigField("k", FieldType.CHECKBOX), "Yes or no"),
        (ConfigField("k", FieldType.CHECKBOX, default="[I:1]"), "Yes or no, yes unless changed"),
        (ConfigField("k", FieldType.LABEL), "Text"),
    ],
)
def test_a_field_is_described_by_its_type_and_default(in_locale, field, kind):
    with in_locale("en"):
        assert words.kind_of(field, "nl") == kind


@pytest.mark.parametrize(
    ("field", "hint"),
    [
        (ConfigField("k", FieldType.TEXT), ""),
        (ConfigField("k", FieldType.TEXT, description="As in the ERP."), "As in the ERP."),
        (ConfigField("k", FieldType.TEXT, description="As is.", max_length=1), "As is. 1 character at most."),
        (ConfigField("k", FieldType.PASSWORD, max_length=20), "20 characters at most."),
        (ConfigField("k", FieldType.TEXT, max_length=1023), ""),
        (ConfigField("k", FieldType.INTEGER, max_length=20), "A whole number."),
        (ConfigField("k", FieldType.INTEGER, description="Per run."), "Per run."),
        (ConfigField("k", FieldType.INTEGER, Access.READ_ONLY), ""),
        (ConfigField("k", FieldType.DOUBLE), "A number, with decimals if needed."),
        (ConfigField("k", FieldType.LIST), "The list is not available. Enter the key of your choice."),
        (ConfigField("k", FieldType.LIST, items=A_LIST), ""),
    ],
)
def test_a_hint_has_the_description_and_the_length_or_what_the_type_needs(in_locale, field, hint):
    with in_locale("en"):
        assert words.hint_of(field, "en") == hint


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        (ConfigField("k", FieldType.INTEGER), "1,5", "Enter a whole number, digits only."),
        (ConfigField("k", FieldType.INTEGER), "3000000000", "This number is too large. The largest is 2147483647."),
        (ConfigField("k", FieldType.DOUBLE), "many", "Enter a number."),
        (
            ConfigField("k", FieldType.DOUBLE),
            "1.234",
            "This can be read in two ways. Write it without separators between thousands.",
        ),
        (ConfigField("k", FieldType.DATETIME), "soon", "Write the date and time as 2026-12-31 23:59."),
        (ConfigField("k", FieldType.TEXT, max_length=3), "four", "Too long: 3 characters at most."),
        (ConfigField("k", FieldType.TEXT), "x" * 1024, "Too long: SuperOffice keeps 1023 characters at most."),
        (
            ConfigField("k", FieldType.TEXT),
            "\0",
            "There is an invisible control character in it that cannot be sent. Type it anew.",
        ),
        (
            ConfigField("k", FieldType.LIST, items=A_LIST),
            "c",
            "This choice is not offered any more. Choose another.",
        ),
    ],
)
def test_a_refusal_says_what_to_enter_instead(in_locale, field, text, says):
    with pytest.raises(InvalidValue) as caught:
        field.encode_input(text, "en")
    with in_locale("en"):
        assert words.refused_value(caught.value, field) == says


@pytest.mark.parametrize(
    ("field", "encoded", "says"),
    [
        (ConfigField("k", FieldType.CHECKBOX), "[I:1]", "Yes"),
        (ConfigField("k", FieldType.CHECKBOX), "", "No"),
        (ConfigField("k", FieldType.PASSWORD), "s3cret", "••••"),
        (ConfigField("k", FieldType.DOUBLE), "[F:25.5]", "25,5"),
        (ConfigField("k", FieldType.LIST, items=A_LIST), "a", "Vraag"),
        (ConfigField("k", FieldType.LIST, items=A_LIST), "b", "b"),
        (ConfigField("k", FieldType.LIST, items=A_LIST), "gone", "gone"),
        (ConfigField("k", FieldType.LIST), "a", "a"),
        (ConfigField("k", FieldType.DATETIME), "[DT:01/02/2026 03:04:00]", "2 January 2026, 03:04"),
        (ConfigField("k", FieldType.DATETIME), "soon", "soon"),
        (ConfigField("k", FieldType.TEXT), "[I:1]", "[I:1]"),
    ],
)
def test_an_encoded_value_is_displayed_in_words(in_locale, field, encoded, says):
    with in_locale("en"):
        assert words.display_value(field, encoded, "nl") == says


@pytest.mark.parametrize("type", FieldType)
def test_every_type_says_what_it_is_and_what_it_expects_where_it_refuses_anything(in_locale, type):
    with in_locale("en"):
        assert words.kind_of(ConfigField("k", type), "en")
        try:
            type.value_type.encode_plain("?")
        except ValueError:
            assert words.expected_in_file(type)


def test_a_missing_value_is_entered_or_chosen(in_locale):
    with in_locale("en"):
        assert words.missing_value(ConfigField("k", FieldType.LIST), "Country") == "Enter Country."
        assert words.missing_value(ConfigField("k", FieldType.LIST, items=A_LIST), "Country") == "Choose Country."


@pytest.mark.parametrize(
    ("tag", "by"), [("<name>", "name of your company"), ("<ser#>", "serial number of its database")]
)
def test_a_default_with_a_tag_of_superoffice_says_what_replaces_it(in_locale, tag, by):
    with in_locale("en"):
        assert by in words.hint_of(ConfigField("k", FieldType.TEXT, default=f"{tag} Ltd"), "en")
