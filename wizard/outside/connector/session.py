"""One check of a connector: the stage that is running, the results so far, and the time that is left."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Required, Unpack

from wizard.domain.check import NO_OBSERVER, CheckObserver, Stage
from wizard.domain.fields import ConfigField
from wizard.outside.connector.client import ConnectorClient
from wizard.outside.connector.report import Catalog, CheckReport, redacted_catalog, redacted_fields
from wizard.outside.http import (
    Address,
    AddressError,
    Deadline,
    Failure,
    Policy,
    Resolve,
    Transport,
    Trust,
    read_address,
    system_resolve,
)
from wizard.outside.redaction import Redactor
from wizard.outside.running_check import RunningCheck, RunOptions
from wizard.outside.soap.contract import Namespaces

WSDL_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The URL to call, and the certificate authority to trust for it."""

    url: str
    trust: Trust = Trust()


class CheckOptions(RunOptions, total=False):
    """The options of every check: also the address policy, the resolver of host names, and those of the secrets that
    the connector's fields may name."""

    policy: Required[Policy]
    resolve: Resolve
    public: Collection[str]


class CheckSession(RunningCheck):
    """The state of a running check of a connector."""

    client_class: type[ConnectorClient] = ConnectorClient

    def __init__(
        self,
        stages: Sequence[Stage],
        endpoint: Endpoint,
        secrets: Collection[str],
        *,
        policy: Policy,
        resolve: Resolve = system_resolve,
        public: Collection[str] = (),
        **options: Unpack[RunOptions],
    ) -> None:
        super().__init__(stages, secrets, **options)
        self.endpoint, self.policy, self.resolve, self.public = endpoint, policy, resolve, public
        self.fields: tuple[ConfigField, ...] | None = None
        self.catalog: Catalog | None = None
        self.is_stored: bool | None = False
        self.namespaces = Namespaces()

    @contextmanager
    def client(self) -> Iterator[ConnectorClient]:
        """Opens a client for the endpoint. Raises Failure at stage `address`."""
        address = self._address()

        def aside() -> Transport:
            deadline = self.deadline.part(min(WSDL_SECONDS, self.deadline.left() / 2))
            return self._transport(address, deadline, NO_OBSERVER)

        with self._transport(address, self.deadline, self) as transport:
            client = self.client_class(transport, self.redactor, aside)
            yield client

    def report(self) -> CheckReport:
        results, verdict = self.findings()
        fields = redacted_fields(self.fields, self._redactor_of_fields())
        catalog = redacted_catalog(self.catalog, self.redactor)
        return CheckReport(results, verdict, fields, catalog, self.namespaces, self.is_stored)

    def _redactor_of_fields(self) -> Redactor:
        return Redactor(set(self.secrets) - set(self.public)) if self.public else self.redactor

    def _address(self) -> Address:
        self.started(Stage.ADDRESS)
        try:
            address = read_address(self.endpoint.url, self.policy)
        except AddressError as error:
            raise Failure(Stage.ADDRESS, error.reason, error.facts) from error
        self.where = {"host": address.host, "port": str(address.port)}
        facts = {"scheme": address.scheme, **self.where}
        evidence = (*facts.items(), ("path", address.target))
        self.passed(Stage.ADDRESS, facts, evidence, "address.plain_http" if address.is_plain_http else None)
        return address

    def _transport(self, address: Address, deadline: Deadline, observer: CheckObserver) -> Transport:
        return Transport(
            address,
            policy=self.policy,
            trust=self.endpoint.trust,
            deadline=deadline,
            observer=observer,
            resolve=self.resolve,
        )
