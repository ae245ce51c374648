"""Values on the wire: every documented variant is read, the first is written, and nothing is lost in between."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.domain.fields.values import typed_values
from wizard.domain.fields import DecodeError, FieldType

BARE = [FieldType.TEXT, FieldType.PASSWORD, FieldType.LIST, FieldType.LABEL]


@pytest.mark.parametrize(
    ("field_type", "value", "text"),
    [
        (FieldType.CHECKBOX, True, "[I:1]"),
        (FieldType.CHECKBOX, False, "[I:0]"),
        (FieldType.INTEGER, 12345, "[I:12345]"),
        (FieldType.INTEGER, -1, "[I:-1]"),
        (FieldType.DOUBLE, Decimal("12345.6789"), "[F:12345.6789]"),
        (FieldType.DOUBLE, Decimal("25.50"), "[F:25.50]"),
        (FieldType.DOUBLE, Decimal("1E+3"), "[F:1000]"),
        (FieldType.DATETIME, datetime(2013, 12, 31, 23, 59, 59), "[DT:12/31/2013 23:59:59.0000000]"),
        (FieldType.DATETIME, datetime(2010, 11, 12, 9, 49, 35, 922757), "[DT:11/12/2010 09:49:35.9227570]"),
        (FieldType.DATETIME, datetime(7, 1, 2), "[DT:01/02/0007 00:00:00.0000000]"),
        (FieldType.TEXT, "Client.xlsm", "Client.xlsm"),
        (FieldType.PASSWORD, " s3cr[et] ", " s3cr[et] "),
        (FieldType.LIST, "NO SME", "NO SME"),
    ],
)
def test_a_value_is_written_as_documented(field_type: FieldType, value: Any, text: str) -> None:
    assert field_type.value_type.encode(value) == text
    assert field_type.value_type.decode(text) == value


@pytest.mark.parametrize(
    ("field_type", "text", "value"),
    [
        (FieldType.CHECKBOX, "1", True),
        (FieldType.CHECKBOX, "0", False),
        (FieldType.CHECKBOX, "[I:-1]", True),
        (FieldType.INTEGER, "123", 123),
        (FieldType.INTEGER, "[I: 1000]", 1000),
        (FieldType.INTEGER, " [I:7] ", 7),
        (FieldType.DOUBLE, "123.4", Decimal("123.4")),
        (FieldType.DOUBLE, "[D:0.0]", Decimal("0.0")),
        (FieldType.DOUBLE, "[D:1234.5]", Decimal("1234.5")),
        (FieldType.DOUBLE, "[F:1.5E+20]", Decimal("1.5E+20")),
        (FieldType.DOUBLE, "[I:3]", Decimal(3)),
        (FieldType.DATETIME, "[D:07/05/2007]", datetime(2007, 7, 5)),
        (FieldType.DATETIME, "[D:09.11.2017]", datetime(2017, 11, 9)),
        (FieldType.DATETIME, "[DT:11/12/2010 09:49:35.9227577]", datetime(2010, 11, 12, 9, 49, 35, 922757)),
        (FieldType.DATETIME, "[DT:11/09/2017 14:53:18]", datetime(2017, 11, 9, 14, 53, 18)),
        (FieldType.DATETIME, "11/09/2017 14:53", datetime(2017, 11, 9, 14, 53)),
        (FieldType.DATETIME, "09.11.2017 14:53:18", datetime(2017, 11, 9, 14, 53, 18)),
    ],
)
def test_every_other_documented_variant_is_read(field_type: FieldType, text: str, value: Any) -> None:
    assert field_type.value_type.decode(text) == value


@pytest.mark.parametrize("field_type", BARE)
@pytest.mark.parametrize("text", ["", "[text]", "[password]", "[I:1]", "[F:2]", " spaced ", "a\nb", "[", "é😀"])
def test_texts_are_bare_whatever_they_look_like(field_type: FieldType, text: str) -> None:
    assert field_type.value_type.encode(text) == text
    assert field_type.value_type.decode(text) == text


@pytest.mark.parametrize(
    ("field_type", "text"),
    [
        (FieldType.CHECKBOX, "true"),
        (FieldType.CHECKBOX, ""),
        (FieldType.INTEGER, "[text]"),
        (FieldType.INTEGER, "[I:]"),
        (FieldType.INTEGER, "[F:1.5]"),
        (FieldType.INTEGER, "1_000"),
        (FieldType.INTEGER, "[X:1]"),
        (FieldType.INTEGER, "[I:" + "9" * 5000 + "]"),
        (FieldType.INTEGER, "[I:" + " " * 1_000_000 + "x"),
        (FieldType.DOUBLE, "[F:NaN]"),
        (FieldType.DOUBLE, "[F:Infinity]"),
        (FieldType.DOUBLE, "[F:1,5]"),
        (FieldType.DOUBLE, "[F:1e999999999]"),
        (FieldType.DOUBLE, "[F:1_0]"),
        (FieldType.DATETIME, "[T:14:52]"),
        (FieldType.DATETIME, "[DT:31/31/2013 00:00:00]"),
        (FieldType.DATETIME, "[I:5]"),
        (FieldType.DATETIME, "soon"),
    ],
)
def test_what_is_no_value_of_the_type_is_refused(field_type: FieldType, text: str) -> None:
    with pytest.raises(DecodeError):
        field_type.value_type.decode(text)


@given(typed_values)
def test_a_value_of_any_type_survives_to_its_last_digit(pair: tuple[FieldType, Any]) -> None:
    field_type, value = pair
    value_type = field_type.value_type
    assert value_type.decode(value_type.encode(value)) == value


@given(st.text(), st.sampled_from(list(FieldType)))
def test_any_text_has_a_value_or_is_refused(text: str, field_type: FieldType) -> None:
    try:
        field_type.value_type.decode(text)
    except DecodeError:
        assert field_type not in BARE


@pytest.mark.parametrize(
    ("field_type", "default", "value"),
    [
        (FieldType.INTEGER, "[I:250]", 250),
        (FieldType.INTEGER, "many", 0),
        (FieldType.INTEGER, "", None),
        (FieldType.DOUBLE, "[F:25.5]", Decimal("25.5")),
        (FieldType.DOUBLE, "some", Decimal("0.00")),
        (FieldType.DOUBLE, "", None),
        (FieldType.CHECKBOX, "[I:1]", True),
        (FieldType.CHECKBOX, "yes", False),
        (FieldType.CHECKBOX, "", False),
        (FieldType.DATETIME, "[DT:01/01/2026 00:00:00.0000000]", datetime(2026, 1, 1)),
        (FieldType.DATETIME, "once", None),
        (FieldType.DATETIME, "", None),
        (FieldType.TEXT, "[text]", "[text]"),
        (FieldType.TEXT, "", None),
        (FieldType.LIST, "NL", "NL"),
        (FieldType.PASSWORD, "s3cret", None),
    ],
)
def test_a_default_fills_the_widget_as_in_superoffice(field_type: FieldType, default: str, value: Any) -> None:
    assert field_type.value_type.default(default) == value
