"""Values as they stand in a file."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from tests.unit.domain.fields.values import typed_values
from wizard.domain.fields import FieldType


@given(typed_values)
def test_an_encoded_value_comes_back_from_a_file_as_it_was(pair: tuple[FieldType, Any]) -> None:
    field_type, value = pair
    value_type = field_type.value_type
    encoded = value_type.encode(value)
    assert value_type.encode_plain(value_type.decode_plain(encoded)) == encoded


@pytest.mark.parametrize(
    ("field_type", "encoded", "plain"),
    [
        (FieldType.CHECKBOX, "[I:1]", "true"),
        (FieldType.CHECKBOX, "[I:0]", "false"),
        (FieldType.INTEGER, "[I:250]", "250"),
        (FieldType.DOUBLE, "[F:25.50]", "25.50"),
        (FieldType.DATETIME, "[DT:12/31/2026 23:59:00.0000000]", "2026-12-31 23:59:00"),
        (FieldType.TEXT, "[I:1]", "[I:1]"),
        (FieldType.INTEGER, "", ""),
        (FieldType.INTEGER, "[X:1]", "[X:1]"),
    ],
)
def test_a_value_is_plain_in_a_file(field_type: FieldType, encoded: str, plain: str) -> None:
    assert field_type.value_type.decode_plain(encoded) == plain
