"""Cases that need no connection: the configuration fields, their lists, tests of a configuration, an unknown GUID."""

from __future__ import annotations

from wizard.domain.check import Outcome
from wizard.domain.fields import DecodeError, FieldType, is_well_formed
from wizard.outside.connector.conformance.findings import NothingToTry, Violation
from wizard.outside.connector.conformance.requirements import require_error, require_ok
from wizard.outside.connector.conformance.session import ConformanceSession
from wizard.outside.soap import contract as c


def first_answer(session: ConformanceSession) -> None:
    operation = "WSGetConfigData"
    with session.case("The connector says which fields it needs", operation), session.limited(operation):
        session.fields = session.client.config_data().field_meta_data_objects or ()


def configuration_fields(session: ConformanceSession) -> None:
    with session.case("Configuration fields are declared as the contract says", "WSGetConfigData"):
        ranks = [each.rank for each in session.fields]
        for each in session.fields:
            _require_lengths(each)
            _require_default(each)
        for text in (t for each in session.fields for t in (each.display_name, each.display_description) if t):
            if ':"' in text and not is_well_formed(text):
                raise Violation(f"not a multi-language string: {text}", Outcome.WARNING)
        if len(set(ranks)) != len(ranks):
            raise Violation("several fields have the same rank; the contract forbids it", Outcome.WARNING)


def _require_lengths(declared: c.FieldMetadata) -> None:
    for what, text, limit in (
        ("key", declared.field_key, 254),
        ("list name", declared.list_name, 254),
        ("default value", declared.default_value, 1023),
    ):
        if len(text or "") > limit:
            raise Violation(f"{what} of {declared.field_key} is longer than {limit} characters")


def _require_default(declared: c.FieldMetadata) -> None:
    if not declared.default_value or not isinstance(declared.field_type, FieldType):
        return
    try:
        declared.field_type.value_type.decode(declared.default_value)
    except DecodeError:
        says = f"default of {declared.field_key} is no {declared.field_type.value}: {declared.default_value}"
        raise Violation(says, Outcome.WARNING) from None


def lists_before_saving(session: ConformanceSession) -> None:
    names = sorted({each.list_name for each in session.fields if each.field_type == FieldType.LIST and each.list_name})
    with session.case("Lists of the configuration are given before a connection is saved", "WSGetList"):
        for name in names:
            result = session.ask("WSGetList", c.GetListRequest(connection_guid=c.ZERO_GUID, list_name=name))
            require_ok(result, f"list {name}")


def good_configuration(session: ConformanceSession) -> None:
    with session.case("The given configuration is accepted", "WSTestConfigData"):
        request = c.TestConfigRequest(connection_info=dict(session.values))
        require_ok(session.ask("WSTestConfigData", request), "the test")


def empty_configuration(session: ConformanceSession) -> None:
    with session.case("An empty configuration is answered with an explanation", "WSTestConfigData"):
        result = session.ask("WSTestConfigData", c.TestConfigRequest(connection_info={}))
        needed = any(each.access == "Mandatory" for each in session.fields)
        if not needed:
            raise NothingToTry("no field is needed")
        require_error(result, "an empty configuration")
        if not (result.user_explanation or "").strip():
            raise Violation("an error without an explanation for the user", Outcome.WARNING)


def unknown_connection(session: ConformanceSession) -> None:
    for operation in ("WSTestConnection", "WSGetSupportedActorTypes"):
        with session.case("A GUID that is not known is told by its error code", operation):
            result = session.call(operation)
            require_error(result, "a GUID that is not known")
            if result.error_code != c.UNKNOWN_CONNECTION_ID:
                raise Violation(f"error code {result.error_code!r}; SuperOffice repairs only {c.UNKNOWN_CONNECTION_ID}")
