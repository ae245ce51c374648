"""Calls the connectors over SOAP, as SuperOffice's server does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from wizard.outside.connector import CheckLimits, Endpoint, client_for
from wizard.outside.http import Failure, Policy, TimeIsUp
from wizard.outside.soap import CodecError
from wizard.outside.soap import contract as c
from wizard.practice.superoffice.wire import ApiError

Ask = Callable[[str, Any], Any]
APP_SCHEME = "app:"


class Unreachable(ApiError):
    """The connector did not answer as one."""

    def __init__(self) -> None:
        super().__init__("SoServerException", "The Sync Connector does not answer.")


@dataclass(frozen=True)
class ConnectorCalls:
    """`practice_url` tells where an `app://` address leads: to the practice connector. Confined, no other is called."""

    policy: Policy
    practice_url: Callable[[], str]
    seconds: float = 10.0
    is_confined: bool = False

    def _real_url(self, url: str) -> str:
        practice = self.practice_url()
        if url.lower().startswith(APP_SCHEME):
            return practice
        if self.is_confined and url.partition("?")[0] != practice.partition("?")[0]:
            raise Unreachable
        return url

    def answers(self, url: str) -> bool:
        """Whether a connector answers at this address."""
        try:
            with self._asking(url):
                return True
        except Unreachable:
            return False

    def fields(self, url: str) -> Sequence[c.FieldMetadata]:
        """What the connector asks for. Raises Unreachable."""
        with self._client(url) as client:
            return client.config_data().field_meta_data_objects or ()

    def accepts(self, url: str, values: Mapping[str, str]) -> bool:
        """Whether the connector accepts values that it does not have yet."""
        try:
            with self._asking(url) as ask:
                return _is_good(ask("WSTestConfigData", c.TestConfigRequest(connection_info=dict(values))))
        except Unreachable:
            return False

    def save(self, url: str, guid: str, values: Mapping[str, str]) -> None:
        """Sends a connection and tests it. Raises ApiError, Unreachable or with what the connector says."""
        with self._asking(url) as ask:
            _send(ask, guid, values)
            _require_good(ask("WSTestConnection", c.ConnectionRequest(connection_guid=guid)))

    def works(self, url: str, guid: str, values: Mapping[str, str]) -> bool:
        """Whether a saved connection passes its test; the values are sent again where they are not known."""
        request = c.ConnectionRequest(connection_guid=guid)
        try:
            with self._asking(url) as ask:
                result = ask("WSTestConnection", request)
                if result.error_code == c.UNKNOWN_CONNECTION_ID:
                    _send(ask, guid, values)
                    result = ask("WSTestConnection", request)
                return _is_good(result)
        except ApiError:
            return False

    def delete(self, url: str, guid: str) -> None:
        with self._asking(url) as ask:
            ask("WSDeleteConnection", c.ConnectionRequest(connection_guid=guid))

    @contextmanager
    def asking_about(self, url: str, guid: str, values: Mapping[str, str]) -> Iterator[Ask]:
        """Calls about a saved connection, sent again where it is not known. Raises ApiError."""
        with self._asking(url) as ask:

            def about(operation: str, request: Any) -> Any:
                result = ask(operation, request)
                if result.error_code == c.UNKNOWN_CONNECTION_ID:
                    _send(ask, guid, values)
                    result = ask(operation, request)
                _require_good(result)
                return result

            yield about

    @contextmanager
    def _asking(self, url: str) -> Iterator[Ask]:
        with self._client(url) as client:
            client.config_data()  # finds out the namespaces, too
            yield lambda operation, request: client.call(operation, request)[0]

    @contextmanager
    def _client(self, url: str) -> Iterator[Any]:
        endpoint = Endpoint(self._real_url(url))
        try:
            with client_for(endpoint, (), policy=self.policy, limits=CheckLimits(self.seconds)) as (client, _):
                yield client
        except (Failure, TimeIsUp, CodecError) as error:
            raise Unreachable from error


def _send(ask: Ask, guid: str, values: Mapping[str, str]) -> None:
    _require_good(ask("WSSaveConnection", c.SaveConnectionRequest(connection_guid=guid, connection_info=dict(values))))


def _is_good(result: c.Result) -> bool:
    return result.state != c.State.ERROR and result.is_ok is not False


def _require_good(result: c.Result) -> None:
    if not _is_good(result):
        said = result.user_explanation or result.error_code or "The connector refused."
        raise ApiError("SoValidationException", said)
