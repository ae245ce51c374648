"""Values as they stand in a file."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.domain.fields.encoding import Value, encode
from wizard.domain.fields.field import FieldType
from wizard.domain.fields.plain import encode_plain, show_plain


@given(
    value=st.one_of(
        st.tuples(st.just(FieldType.CHECKBOX), st.booleans()),
        st.tuples(st.just(FieldType.INTEGER), st.integers(-(2**31), 2**31 - 1)),
        st.tuples(st.just(FieldType.DOUBLE), st.decimals(allow_nan=False, allow_infinity=False, places=4)),
        st.tuples(st.just(FieldType.DATETIME), st.datetimes(datetime(1, 1, 1))),
        st.tuples(st.sampled_from((FieldType.TEXT, FieldType.PASSWORD, FieldType.LIST)), st.text()),
    )
)
def test_what_travels_comes_back_from_a_file_as_it_was(
    value: tuple[FieldType, Value],
) -> None:
    field_type, meant = value
    travels = encode(field_type, meant)
    assert encode_plain(field_type, show_plain(field_type, travels)) == travels


@pytest.mark.parametrize(
    ("field_type", "travels", "shown"),
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
def test_a_value_is_shown_plainly(field_type: FieldType, travels: str, shown: str) -> None:
    assert show_plain(field_type, travels) == shown
