"""A connector's explanation, and the fields that it speaks of."""

from __future__ import annotations

import pytest

from wizard.domain.fields import ConfigField, FieldType, fields_named_in

SECRET = ConfigField("ApiPassword", FieldType.PASSWORD, label='US:"API password";NL:"API-wachtwoord"')
PLAIN = ConfigField("Pwd", FieldType.PASSWORD, label="Password")
COMPANY = ConfigField("Company", FieldType.TEXT, label="Company code")
LABEL = ConfigField("Intro", FieldType.LABEL, label=" ")
FIELDS = (SECRET, PLAIN, COMPANY, LABEL)


@pytest.mark.parametrize(
    ("explanation", "named"),
    [
        ("The ERP refused the API password.", [SECRET]),
        ("the erp refused the api PASSWORD", [SECRET]),
        ("Het ERP weigerde: API-wachtwoord!", [SECRET]),
        ("Bad value for ApiPassword", [SECRET]),
        ("The Password is wrong", [PLAIN]),
        ("API password and Password differ", [SECRET, PLAIN]),
        ("Unknown Company code", [COMPANY]),
        ("Passwords are old", []),
        ("It failed", []),
        ("", []),
    ],
)
def test_a_field_is_blamed_when_its_key_or_label_stands_there_as_a_word(
    explanation: str, named: list[ConfigField]
) -> None:
    assert list(fields_named_in(explanation, FIELDS)) == named


def test_a_field_is_blamed_once_however_often_it_is_named() -> None:
    assert fields_named_in("Company: Company code, Company", FIELDS) == (COMPANY,)


def test_a_name_full_of_marks_is_taken_literally() -> None:
    odd = ConfigField("a.*(b", FieldType.TEXT, label="[x]+")
    assert fields_named_in("wrong: a.*(b", [odd]) == (odd,)
    assert fields_named_in("aaab", [odd]) == ()
