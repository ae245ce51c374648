"""The checks of a connector, each a sequence of stages; the first failure skips the rest.

The facts of a result are declared with its reason (`wizard.domain.check.reasons`). Of a stage that has passed they are:

=========  ==========================================================================
address    scheme, host, port
dns        address, addresses, literal ("yes" for an address that needs no look-up)
connect    address, from (this machine's own)
tls        version, subject, issuer, since, until, names; skipped: scheme ("http")
http       status, content_type, server
contract   namespace
fields     count, needed
catalog    types, fields
=========  ==========================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Unpack

from wizard.domain.check import CONNECTION_STAGES, CONNECTOR_STAGES, SAVE_STAGES, Stage
from wizard.domain.fields import ConfigField
from wizard.outside.connector.checks.configuration import test_configuration
from wizard.outside.connector.checks.fields import parse_config_fields, read_config_fields
from wizard.outside.connector.checks.saving import read_catalog, save, test_saved_connection
from wizard.outside.connector.client import ConnectorClient
from wizard.outside.connector.report import CheckReport
from wizard.outside.connector.results import explanation, is_error
from wizard.outside.connector.session import CheckOptions, CheckSession, Endpoint
from wizard.outside.http import Failure, TimeIsUp, Trust
from wizard.outside.redaction import Redactor
from wizard.outside.running_check import CheckLimits
from wizard.outside.soap.contract import UNKNOWN_CONNECTION_ID, ConnectionRequest

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
    "read_saved_catalog",
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
    with session.running(), session.client() as client:
        read_config_fields(session, client)
    return session.report()


def check_connection(
    endpoint: Endpoint,
    values: Mapping[str, str],
    secrets: Collection[str] = (),
    **options: Unpack[CheckOptions],
) -> CheckReport:
    """A connector's check, then a test of encoded `values`. `secrets` are blacked out in all that comes back."""
    session = CheckSession(CONNECTION_STAGES, endpoint, secrets, **options)
    with session.running(), session.client() as client:
        read_config_fields(session, client)
        test_configuration(session, client, values)
    return session.report()


def check_configuration(
    endpoint: Endpoint,
    encode: Encode,
    possible_secrets: Collection[str] = (),
    **options: Unpack[CheckOptions],
) -> CheckReport:
    """The same for values that only the connector's fields tell how to encode, and which of them are secret.

    `possible_secrets` is blacked out until then. What `encode` raises comes through.
    """
    session = CheckSession(CONNECTION_STAGES, endpoint, possible_secrets, **options)
    secrets: Collection[str] = ()
    with session.running(), session.client() as client:
        read_config_fields(session, client)
        values, secrets = encode(session.fields or ())
        session.redactor = Redactor(secrets)
        client.redact_with(session.redactor)
        test_configuration(session, client, values)
    return session.report().without_in_keys(secrets)


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
    with session.running():
        session.started(Stage.SAVE)
        with session.client() as client:
            with session.blaming(Stage.SAVE):
                answer = client.config_data()  # teaches the namespaces too
            try:
                save(session, client, guid, values)
                test_saved_connection(session, client, guid, values)
            except Failure:
                with suppress(Failure, TimeIsUp):
                    parse_config_fields(session, client, answer)
                raise
            read_catalog(session, client, guid)
    return session.report()


def read_saved_catalog(
    endpoint: Endpoint,
    guid: str,
    secrets: Collection[str] = (),
    **options: Unpack[CheckOptions],
) -> CheckReport:
    """Reads what the ERP offers for a connection that somebody else has told the connector."""
    session = CheckSession((Stage.CATALOG,), endpoint, secrets, **options)
    with session.running(), session.client() as client, session.blaming(Stage.CATALOG):
        client.config_data()
        read_catalog(session, client, guid)
    return session.report()


def delete_connection(
    endpoint: Endpoint,
    guid: str,
    secrets: Collection[str] = (),
    **options: Unpack[CheckOptions],
) -> CheckReport:
    """Lets the connector forget a connection; one that it does not know is forgotten already."""
    session = CheckSession((Stage.SAVE,), endpoint, secrets, **options)
    with session.running(), session.client() as client, session.blaming(Stage.SAVE):
        client.config_data()
        result, evidence = client.call("WSDeleteConnection", ConnectionRequest(connection_guid=guid))
        if is_error(result) and result.error_code != UNKNOWN_CONNECTION_ID:
            raise Failure(Stage.SAVE, "save.rejected", {"answer": explanation(result)}, evidence)
        session.passed(Stage.SAVE, {}, ())
    return session.report()


@contextmanager
def client_for(
    endpoint: Endpoint, secrets: Collection[str], **options: Unpack[CheckOptions]
) -> Iterator[tuple[ConnectorClient, Redactor]]:
    """A client that has not called yet. Raises Failure for an address that may not be called."""
    session = CheckSession((Stage.SAVE,), endpoint, secrets, **options)
    with session.client() as client:
        yield client, session.redactor
