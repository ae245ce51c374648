"""Values of every type of field, for properties that hold for all of them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from wizard.domain.fields import FieldType
from wizard.domain.languages import LANGUAGES

languages = st.sampled_from(list(LANGUAGES))
_VALUES: dict[FieldType, st.SearchStrategy[Any]] = {
    FieldType.CHECKBOX: st.booleans(),
    FieldType.INTEGER: st.integers(-(2**31), 2**31 - 1),
    FieldType.DOUBLE: st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**300), max_value=10**300),
    FieldType.DATETIME: st.datetimes(),
    FieldType.TEXT: st.text(),
    FieldType.PASSWORD: st.text(),
    FieldType.LIST: st.text(),
    FieldType.LABEL: st.text().filter(lambda text: '"' not in text),
}
typed_values = st.sampled_from(FieldType).flatmap(lambda type: st.tuples(st.just(type), _VALUES[type]))
"""A type and one of its values."""
