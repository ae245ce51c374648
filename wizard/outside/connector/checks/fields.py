"""Stages `contract` and `fields`: makes the first call and parses the configuration fields from its answer."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from wizard.domain.check import Stage
from wizard.domain.fields import Access, ConfigField, FieldType, count_inputs, in_language
from wizard.outside.connector.checks.lists import Lists
from wizard.outside.connector.client import ConnectorClient
from wizard.outside.connector.results import evidence_of, explanation, is_error
from wizard.outside.connector.session import CheckSession
from wizard.outside.http import Failure
from wizard.outside.soap.contract import NAMESPACE, FieldMetadata, FieldsResult

WCF_MESSAGE_SIZE = 65_536
"""Bytes of an answer that WCF's client takes if nobody has raised its MaxReceivedMessageSize."""
MAX_ROWS = 100
"""Of one kind in the technical detail."""
MAX_TEXT_LENGTH = 20_000


def read_config_fields(session: CheckSession, client: ConnectorClient) -> None:
    judge_config_data(session, client, client.config_data(session))


def judge_config_data(session: CheckSession, client: ConnectorClient, result: FieldsResult) -> None:
    """Ends the stages `contract` and `fields`. Raises Failure."""
    session.namespaces = client.namespaces
    remark = "contract.large" if client.largest > WCF_MESSAGE_SIZE else None
    remark = "contract.namespace" if client.namespaces.service != NAMESPACE else remark
    rows = (("operation", "WSGetConfigData"), ("namespace", client.namespaces.service), ("state", str(result.state)))
    facts = {"namespace": client.namespaces.service, "length": str(client.largest)}
    session.passed(Stage.CONTRACT, facts, rows, remark)
    session.started(Stage.FIELDS)
    parse_config_fields(session, client, result)


def parse_config_fields(session: CheckSession, client: ConnectorClient, result: FieldsResult) -> None:
    """Parses the fields of an answer and fetches their lists. Raises Failure for fields that no form can be made of."""
    declared = result.field_meta_data_objects or ()
    if is_error(result):
        raise Failure(Stage.FIELDS, "fields.error", {"answer": explanation(result)}, evidence_of(result))
    for each in declared:
        if not isinstance(each.field_type, FieldType):
            facts = {"key": each.field_key or "", "field_type": str(each.field_type)}
            raise Failure(Stage.FIELDS, "fields.unknown_type", facts)
        if not (each.field_key or "").strip():
            raise Failure(
                Stage.FIELDS, "fields.error", {"answer": "", "label": in_language(each.display_name or "", "en")}
            )
    repeated = [key for key, times in Counter(each.field_key for each in declared).items() if times > 1]
    if repeated:
        raise Failure(Stage.FIELDS, "fields.duplicate_key", {"key": repeated[0] or ""})
    fields, missing = _with_lists(session, client, tuple(map(config_field, declared)))
    session.fields = fields
    needed = sum(field.is_mandatory for field in fields)
    facts = {"count": str(count_inputs(fields)), "needed": str(needed)}
    evidence = tuple(
        (field.key, f"{field.type.value}, {field.access.value}, rank {field.rank}") for field in fields[:MAX_ROWS]
    )
    reason = "fields.none" if not fields else None
    if missing:
        reason = "fields.list_unavailable"
        facts |= {"list": missing[0][0], "key": missing[0][1], "missing": str(len(missing))}
        evidence = (*((f"list {name}", why) for name, _, why in missing[:MAX_ROWS]), *evidence)
    session.passed(Stage.FIELDS, facts, evidence, reason)


def config_field(declared: FieldMetadata) -> ConfigField:
    """Converts a declared field. The default of a password is dropped: it must be neither shown nor sent."""
    field = ConfigField(
        key=declared.field_key or "",
        type=FieldType(declared.field_type),
        access=Access(declared.access),
        label=_readable(declared.display_name),
        description=_readable(declared.display_description),
        default=_readable(declared.default_value),
        list_name=declared.list_name or "",
        max_length=max(0, declared.max_length),
        rank=declared.rank,
    )
    return replace(field, default="") if field.is_secret else field


def _readable(text: str | None) -> str:
    """Cuts a text to a length that people can read."""
    return (text or "")[:MAX_TEXT_LENGTH]


def _with_lists(
    session: CheckSession, client: ConnectorClient, fields: tuple[ConfigField, ...]
) -> tuple[tuple[ConfigField, ...], list[tuple[str, str, str]]]:
    """Adds the choices of list fields; also returns the lists that could not be fetched: name, key of a field, reason.

    At most half of the remaining time is spent on them, so that the stages after this one can run.
    """
    names = {field.list_name: field.key for field in fields if field.type == FieldType.LIST}
    deadline = session.deadline.part(session.deadline.left() / 2)
    lists = Lists(client, deadline)
    with client.within(deadline):
        missing = [(name, key, why) for name, key in names.items() if (why := lists.fetch(name)) is not None]
    items = lists.found
    return tuple(replace(f, items=items.get(f.list_name)) if f.type == FieldType.LIST else f for f in fields), missing
