"""Whatever a server answers, it is read or is an error with a reason."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from wizard.domain.check import REASONS
from wizard.outside.http import Response
from wizard.outside.superoffice import SuperOfficeError
from wizard.outside.superoffice.calls import AnswerReader
from wizard.outside.superoffice.carriers import ErpConnection, MDOListItem, SoPrincipalCarrier
from wizard.outside.superoffice.members import Misread, read_array

NAMES = st.sampled_from(["Error", "ErrorType", "ErrorMessage", "Message", "StackTrace", "Id", "Name", "ConfigFields"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES | st.text(), inner, max_size=4),
    max_leaves=8,
)
STATUSES = st.sampled_from([200, 204, 301, 400, 401, 403, 404, 421, 429, 500, 502, 503]) | st.integers(100, 599)


@given(st.binary(max_size=200) | VALUES.map(lambda value: json.dumps(value).encode()), STATUSES)
@example(b'"\\ud800"', 200)
@example(b"\xff\xfe[\x00", 200)
@example(b'"\xed\xa0\x80"', 200)
@example(b"\xef\xbb\xbf[]", 200)
def test_an_answer_is_json_or_an_error_with_a_known_reason(body: bytes, status: int) -> None:
    reasons = []
    try:
        answer = AnswerReader(["secret"]).read("GetConnection", Response(status, {}, body))
        json.dumps(answer, ensure_ascii=False).encode()
    except SuperOfficeError as error:
        reasons.append(error.reason)
    assert set(reasons) <= set(REASONS)
    assert reasons or status in (200, 204)


@given(VALUES, st.sampled_from([ErpConnection, MDOListItem, SoPrincipalCarrier]))
def test_a_value_is_a_carrier_or_misread(value: Any, carrier: Any) -> None:
    with suppress(Misread):
        carrier.from_json(value, is_answer=True)
    with suppress(Misread):
        read_array(carrier, value)
