"""Runs the stages of a check against a connector, in order; the first failure skips the rest.

Facts by reason (texts; times are ISO 8601 in UTC). Every stage from `dns` on has `host` and `port`.

========================================  =============================================================================
address.malformed, .app_scheme            url
address.unsupported_scheme                scheme
address.credentials                       host
address.too_long                          length, limit
address.not_allowed                       host, address (the forbidden one; at stage dns also addresses)
address.plain_http                        host
dns.*                                     host
connect.*                                 address (the last one tried), from, limit_seconds for timeout
tls.self_signed ... hostname_mismatch     address, subject, issuer, since, until, names
tls.timeout, http.timeout                 limit_seconds
http.<status reasons>                     status, content_type, server
http.redirect                             status, location
http.too_large                            limit (bytes)
contract.*                                status, content_type
contract.charset                          charset
contract.fault, .wrong_service            operation, element (of an answer to another operation)
contract.misread                          operation, member, kind (codec.MisreadKind), text, refused (yes or no), count
contract.namespace                        namespace
fields.error                              answer
fields.duplicate_key, .unknown_type       key, field_type
fields.list_unavailable                   list, key, count
config.*, save.rejected, connection.*     answer (multi-language), operation
catalog.rejected                          answer, operation
passed: address                           scheme, host, port
passed: dns                               address, addresses, literal (yes for an address that needs no look-up)
passed: connect                           address, from (this machine's own)
passed: tls                               version, subject, issuer, since, until, names
passed: http                              status, content_type, server
passed: fields                            count, needed
skipped: tls                              scheme (http, where no encryption is asked for)
passed: catalog                           types, fields
========================================  =============================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Unpack

from wizard.domain.check import CONNECTION_STAGES, CONNECTOR_STAGES, SAVE_STAGES, Stage, Verdict
from wizard.domain.fields.field import ConfigField
from wizard.errors import ConnectorError
from wizard.outside.connector.checks.configuration import try_values
from wizard.outside.connector.checks.fields import ask_for_fields, take_fields
from wizard.outside.connector.checks.saving import read_catalog, save, try_saved
from wizard.outside.connector.client import ConnectorClient
from wizard.outside.connector.report import CheckReport
from wizard.outside.connector.results import explanation, is_error
from wizard.outside.connector.session import CheckLimits, CheckOptions, CheckSession, Endpoint
from wizard.outside.http.call import Failure
from wizard.outside.http.certificates import Trust
from wizard.outside.http.deadline import TimeIsUp
from wizard.outside.redaction.redactor import Blackout
from wizard.outside.soap.contract import ConnectionRequest

__all__ = [
    "CheckLimits",
    "CheckOptions",
    "CheckReport",
    "Encode",
    "Endpoint",
    "Trust",
    "check_configuration",
    "check_connection",
    "check_connector",
    "client_for",
    "delete_connection",
    "save_connection",
]

Encode = Callable[[Sequence[ConfigField]], tuple[Mapping[str, str], Collection[str]]]
"""From a connector's fields to the encoded values, and those of them that are secret."""


def check_connector(
    endpoint: Endpoint,
    secrets: Collection[str] = (),
    **options: Unpack[CheckOptions],
) -> CheckReport:
    """From the address to the fields that the connector asks for. It changes nothing anywhere.

    `secrets`, of an earlier call, are blacked out in what the connector says.
    """
    session = CheckSession(CONNECTOR_STAGES, endpoint, secrets, **options)
    with session.steps(), session.client() as client:
        ask_for_fields(session, client)
    return session.report()


def check_connection(
    endpoint: Endpoint,
    values: Mapping[str, str],
    secrets: Collection[str] = (),
    **options: Unpack[CheckOptions],
) -> CheckReport:
    """A connector's check, then a test of encoded `values`. `secrets` are blacked out in all that comes back."""
    session = CheckSession(CONNECTION_STAGES, endpoint, secrets, **options)
    with session.steps(), session.client() as client:
        ask_for_fields(session, client)
        try_values(session, client, values)
    return session.report()


def check_configuration(
    endpoint: Endpoint,
    encode: Encode,
    perhaps_secret: Collection[str] = (),
    **options: Unpack[CheckOptions],
) -> CheckReport:
    """The same for values that only the connector's fields tell how to encode, and which of them are secret.

    `perhaps_secret` is blacked out until then. What `encode` raises comes through.
    """
    session = CheckSession(CONNECTION_STAGES, endpoint, perhaps_secret, **options)
    secrets: Collection[str] = ()
    with session.steps(), session.client() as client:
        ask_for_fields(session, client)
        values, secrets = encode(session.fields or ())
        session.blackout = Blackout(secrets)
        client.black_out(session.blackout)
        try_values(session, client, values)
    return session.report().without(secrets)


def save_connection(
    endpoint: Endpoint,
    guid: str,
    values: Mapping[str, str],
    secrets: Collection[str] = (),
    **options: Unpack[CheckOptions],
) -> CheckReport:
    """Tells the connector a connection, tests it by its GUID, and reads what the ERP offers for it.

    One that it does not keep may lack what it asks for since the test: then the report has its present fields.
    """
    session = CheckSession(SAVE_STAGES, endpoint, secrets, **options)
    with session.steps():
        session.started(Stage.SAVE)
        with session.client() as client:
            with session.late(Stage.SAVE):
                answer = client.config_data()  # teaches the namespaces too
            try:
                save(session, client, guid, values)
                try_saved(session, client, guid, values)
            except Failure:
                with suppress(Failure, TimeIsUp):
                    take_fields(session, client, answer)
                raise
            read_catalog(session, client, guid)
    return session.report()


def delete_connection(
    endpoint: Endpoint,
    guid: str,
    **options: Unpack[CheckOptions],
) -> None:
    """Lets the connector forget a connection. Raises ConnectorError with the reason; without one it was cancelled."""
    session = CheckSession((Stage.SAVE,), endpoint, (), **options)
    with session.steps(), session.client() as client, session.late(Stage.SAVE):
        client.config_data()
        result, evidence = client.call("WSDeleteConnection", ConnectionRequest(connection_guid=guid))
        if is_error(result):
            raise Failure(Stage.SAVE, "save.rejected", {"answer": explanation(result)}, evidence)
        session.passed(Stage.SAVE, {}, ())
    if session.report().verdict != Verdict.PASSED:
        result = session.results.get(Stage.SAVE)
        raise ConnectorError((result and result.reason) or "")


@contextmanager
def client_for(
    endpoint: Endpoint, secrets: Collection[str], **options: Unpack[CheckOptions]
) -> Iterator[tuple[ConnectorClient, Blackout]]:
    """A client that has not called yet. Raises Failure for an address that may not be called."""
    session = CheckSession((Stage.SAVE,), endpoint, secrets, **options)
    with session.client() as client:
        yield client, session.blackout
