from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.cli.config_file import encode_values, read
from wizard.cli.text_file import MAX_BYTES
from wizard.domain.fields import Access, ConfigField, FieldType
from wizard.errors import InvalidFile


def a_field(key="Field", type=FieldType.TEXT, default=""):
    return ConfigField(key, type, Access.NORMAL, key, "", default, "", 0, 0, None)


def encoded(type, text):
    values, _ = encode_values([a_field("F", type)], {"F": text})
    return values["F"]


@pytest.fixture
def file(tmp_path):
    def write(text):
        path = tmp_path / "config.yaml"
        path.write_text(text, "utf-8")
        return path

    return write


def test_yaml_values_are_read_as_they_are_written(file):
    text = "Company: NO\nNumber: 007\nRate: 25.50\nSince: 2026-01-01\nTest: yes\nEmpty:\n"
    values = {"Company": "NO", "Number": "007", "Rate": "25.50", "Since": "2026-01-01", "Test": "yes", "Empty": ""}
    assert read(file(text)) == values


def test_json_values_are_read_as_they_are_written(file):
    text = '{"Company": "Z\\u00fcrich", "Rate": 25.50, "Size": 250, "Test": true, "Empty": null}'
    assert read(file(text)) == {"Company": "Zürich", "Rate": "25.50", "Size": "250", "Test": "true", "Empty": ""}


def test_a_byte_order_mark_is_no_part_of_the_first_key(file):
    assert read(file("\ufeffCompany: Acme\n")) == {"Company": "Acme"}


SENT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff") | st.sampled_from("\t\r\n")
)


@given(values=st.dictionaries(SENT, SENT))
def test_any_text_survives_a_json_file(tmp_path_factory, values):
    path = tmp_path_factory.mktemp("config") / "config.json"
    path.write_text(json.dumps(values))
    assert read(path) == values


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("- one\n- two\n", "one value for each field"),
        ("just a text", "one value for each field"),
        ("", "one value for each field"),
        ("Company:\n  Name: Acme\n", "Company: a field has one value"),
        ("Company: [a, b\n", "neither YAML nor JSON"),
        ("a: !!python/object/apply:os.system [true]\n", "a: a field has one value"),
    ],
)
def test_a_file_of_another_form_is_explained(file, text, problem):
    with pytest.raises(InvalidFile, match=problem):
        read(file(text))


def test_a_file_that_is_no_text_is_explained(tmp_path):
    path = tmp_path / "config.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InvalidFile, match=r"Save it as UTF-8\."):
        read(path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["Company: Größe\r\n", '{"Company": "Größe"}'])
def test_a_file_is_read_as_windows_saves_it(tmp_path, text, encoding):
    path = tmp_path / "config.yaml"
    path.write_bytes(text.encode(encoding))

    assert read(path) == {"Company": "Größe"}


@pytest.mark.parametrize(
    ("type", "text", "value"),
    [
        (FieldType.TEXT, " as it is ", " as it is "),
        (FieldType.TEXT, "[I:1]", "[I:1]"),
        (FieldType.PASSWORD, "[secret", "[secret"),
        (FieldType.LIST, "NL", "NL"),
        (FieldType.CHECKBOX, "true", "[I:1]"),
        (FieldType.CHECKBOX, "Off", "[I:0]"),
        (FieldType.CHECKBOX, "", "[I:0]"),
        (FieldType.INTEGER, "250", "[I:250]"),
        (FieldType.INTEGER, " -3 ", "[I:-3]"),
        (FieldType.INTEGER, "[I:250]", "[I:250]"),
        (FieldType.INTEGER, "", ""),
        (FieldType.DOUBLE, "25.50", "[F:25.50]"),
        (FieldType.DOUBLE, "1e3", "[F:1000]"),
        (FieldType.DATETIME, "2026-12-31", "[DT:12/31/2026 00:00:00.0000000]"),
        (FieldType.DATETIME, "2026-12-31T23:59", "[DT:12/31/2026 23:59:00.0000000]"),
        (FieldType.DATETIME, "[D:12/31/2026]", "[D:12/31/2026]"),
    ],
)
def test_a_value_is_encoded_as_its_field_asks(type, text, value):
    assert encoded(type, text) == value


@pytest.mark.parametrize(
    ("type", "text", "problem"),
    [
        (FieldType.CHECKBOX, "perhaps", "F: write true or false."),
        (FieldType.INTEGER, "2.5", "F: write a whole number, like 250."),
        (FieldType.DOUBLE, "25,5", "F: write a number, like 25.5."),
        (FieldType.DOUBLE, "NaN", "F: write a number, like 25.5."),
        (FieldType.DATETIME, "tomorrow", "F: write a date and time, like 2026-12-31 23:59."),
        (FieldType.DATETIME, "2026-12-31T23:59Z", "F: write a date and time, like 2026-12-31 23:59."),
        (FieldType.INTEGER, "[I:x]", "F: write a whole number, like 250."),
    ],
)
def test_a_value_that_does_not_fit_is_explained(type, text, problem):
    with pytest.raises(InvalidFile) as caught:
        encoded(type, text)
    assert str(caught.value) == problem


@given(value=st.decimals(allow_nan=False, allow_infinity=False, places=4))
def test_a_number_keeps_its_value(value):
    assert FieldType.DOUBLE.value_type.decode(encoded(FieldType.DOUBLE, str(value))) == Decimal(str(value))


def test_a_field_without_a_value_gets_its_default():
    fields = [a_field("Size", FieldType.INTEGER, "[I:250]"), a_field("Since", FieldType.DATETIME), a_field("Name")]
    assert encode_values(fields, {}) == ({"Size": "[I:250]", "Since": "", "Name": ""}, [])


def test_a_label_is_not_sent():
    assert encode_values([a_field("Hint", FieldType.LABEL, "Read this")], {}) == ({}, [])


def test_passwords_are_distinguished_so_that_they_can_be_blacked_out():
    fields = [a_field("Pin", FieldType.PASSWORD), a_field("Token", FieldType.PASSWORD), a_field("Name")]
    assert encode_values(fields, {"Pin": "1234", "Name": "x"})[1] == ["1234"]


def test_every_problem_is_named_at_once():
    fields = [a_field("Size", FieldType.INTEGER)]
    with pytest.raises(InvalidFile) as caught:
        encode_values(fields, {"Size": "many", "Sise": "1"})
    assert str(caught.value).splitlines() == [
        "The connector does not ask for Sise.",
        "Size: write a whole number, like 250.",
    ]


def test_a_default_of_the_connector_s_is_no_secret_of_ours():
    fields = [a_field("Token", FieldType.PASSWORD, default="x" * 100_000), a_field("Pin", FieldType.PASSWORD, "1234")]
    assert encode_values(fields, {})[1] == []


def test_a_default_that_is_longer_than_superoffice_can_keep_is_left_out():
    assert encode_values([a_field("Name", default="x" * 1024)], {})[0] == {"Name": ""}
    assert encode_values([a_field("Name", default="x" * 1023)], {})[0] == {"Name": "x" * 1023}


def test_a_value_that_is_longer_than_superoffice_can_keep_is_refused(file):
    with pytest.raises(InvalidFile, match="Company: a value has at most 1023 characters"):
        read(file(f"Company: {'x' * 1024}\n"))


def test_a_value_that_gets_too_long_as_it_travels_is_refused():
    with pytest.raises(InvalidFile, match="F: a value has at most 1023 characters"):
        encoded(FieldType.DOUBLE, f"{'1' * 900}e999")


@pytest.mark.parametrize("number", ["1e99999999", "1e-99999999", "[F:1e99999999]"])
def test_a_number_that_would_fill_the_memory_is_none(number):
    with pytest.raises(InvalidFile, match="write a number"):
        encoded(FieldType.DOUBLE, number)


@pytest.mark.parametrize(("text", "code"), [("\\ud800", "U+D800"), ("\\u0001", "U+0001"), ("\\uffff", "U+FFFF")])
@pytest.mark.parametrize("form", ['{"Password": "pass%s"}', '{"pass%s": "x"}', '["pass%s"]'])
def test_a_character_that_no_connector_can_be_sent_is_named_without_its_value(file, text, code, form):
    with pytest.raises(InvalidFile, match=f"cannot be sent: U.{code[2:]}") as caught:
        read(file(form % text))
    assert "pass" not in str(caught.value)


def test_a_file_that_repeats_a_list_without_end_is_read_once(file):
    lists = "".join(f"l{n + 1}: &l{n + 1} [{', '.join([f'*l{n}'] * 10)}]\n" for n in range(30))
    with pytest.raises(InvalidFile, match="one value, not several"):
        read(file(f"l0: &l0 [x]\n{lists}"))


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "- " * 20_000 + "a"])
def test_a_file_that_is_too_deep_is_explained(file, text):
    with pytest.raises(InvalidFile, match="neither YAML nor JSON"):
        read(file(text))


def test_a_file_that_is_not_there_is_explained(tmp_path):
    with pytest.raises(InvalidFile, match=r"none\.yaml cannot be read: "):
        read(tmp_path / "none.yaml")


def test_a_file_that_is_too_large_is_refused_before_it_is_parsed(file):
    with pytest.raises(InvalidFile, match="is larger than 8 MB"):
        read(file("#" * (MAX_BYTES + 1)))


def test_an_alias_as_a_key_is_refused_in_few_words(file):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 8)]
    path = file("\n".join([*lines, "? *a7", ": value", ""]))

    with pytest.raises(InvalidFile, match="a key that is no text") as caught:
        read(path)

    assert len(str(caught.value)) < 1000


def test_a_key_without_end_is_not_repeated(file):
    path = file(f'{{"{"k" * 5_000_000}": [1]}}')

    with pytest.raises(InvalidFile) as caught:
        read(path)

    assert len(str(caught.value)) < 1000
