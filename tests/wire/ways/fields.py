"""Ways to the reasons of stage `fields`."""

from __future__ import annotations

from tests.wire import hosts
from tests.wire.hosts import connector, http, sending, soap
from tests.wire.ways.servers import LIST, fault_envelope, healthy_with
from tests.wire.ways.way import Way
from wizard.outside.soap.contract import (
    FieldMetadata,
    FieldsResult,
    ListResult,
    State,
)


def _fields(*declared: FieldMetadata, **more: object) -> hosts.Speak:
    result = FieldsResult(is_ok=True, field_meta_data_objects=declared, **more)  # type: ignore[arg-type]
    return connector({"WSGetConfigData": http(soap("WSGetConfigData", result))})


WAYS: tuple[Way, ...] = (
    Way(
        "fields.error",
        "an error",
        connector(
            {
                "WSGetConfigData": http(
                    soap("WSGetConfigData", FieldsResult(is_ok=False, state=State.ERROR, user_explanation="no"))
                )
            }
        ),
    ),
    Way("fields.error", "an empty key", _fields(hosts.text_field(""))),
    Way("fields.duplicate_key", "twice the same", _fields(hosts.text_field("A"), hosts.text_field("A"))),
    Way(
        "fields.unknown_type",
        "a type of another world",
        sending(http(healthy_with("<FieldType>Text<", "<FieldType>Hologram<"))),
    ),
    Way("fields.none", "an empty list", _fields()),
    Way(
        "fields.none",
        "nil",
        connector({"WSGetConfigData": http(soap("WSGetConfigData", FieldsResult(is_ok=True)))}),
    ),
    Way(
        "fields.list_unavailable",
        "the list is an error",
        connector(
            {
                "WSGetConfigData": http(soap("WSGetConfigData", hosts.fields_result(LIST))),
                "WSGetList": http(soap("WSGetList", ListResult(is_ok=False, state=State.ERROR))),
            }
        ),
    ),
    Way(
        "fields.list_unavailable",
        "the list breaks down",
        connector(
            {
                "WSGetConfigData": http(soap("WSGetConfigData", hosts.fields_result(LIST))),
                "WSGetList": http(fault_envelope("boom"), "500 Error"),
            }
        ),
    ),
)
