"""A check that is repeated very often: of what has passed no text is kept, and no answer is read twice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, Unpack

from wizard.domain.check import CONNECTION_STAGES, CONNECTOR_STAGES, CheckObserver, Outcome, Stage, StageResult, Verdict
from wizard.domain.fields import FieldType
from wizard.outside.connector.checks.configuration import test_configuration
from wizard.outside.connector.checks.fields import judge_config_data
from wizard.outside.connector.client import ConnectorClient
from wizard.outside.connector.report import CheckReport
from wizard.outside.connector.session import CheckOptions, CheckSession, Endpoint
from wizard.outside.http import Evidence, Response
from wizard.outside.redaction import LaterRedactor, Redactor
from wizard.outside.running_check import redacted
from wizard.outside.soap.contract import Namespaces

MAX_KNOWN = 50_000
_BEFORE_ANY_ANSWER = (Stage.ADDRESS, Stage.DNS, Stage.CONNECT)
"""What fails there repeats nothing that a connector was told."""


class KnownAnswers:
    """Declarations of fields that have passed: the same bytes pass again.

    Those with lists, which a check fetches too, and those of a namespace of their own are read each time.
    """

    def __init__(self) -> None:
        self._keys: dict[bytes, None] = {}

    def has(self, response: Response) -> bool:
        return _key_of(response) in self._keys

    def add(self, response: Response) -> None:
        while len(self._keys) >= MAX_KNOWN:
            self._keys.pop(next(iter(self._keys)), None)
        self._keys[_key_of(response)] = None


def check_briefly(
    endpoint: Endpoint,
    values: Mapping[str, str] | None,
    load_secrets: Callable[[], Collection[str]],
    known: KnownAnswers,
    **options: Unpack[CheckOptions],
) -> CheckReport:
    """A connector's check, and with `values` a test of them: it fails as those fail, and has no remarks.

    Only if it has failed in spite of an answer the secrets are loaded, and blacked out in what the connector has said.
    """
    stages = CONNECTOR_STAGES if values is None else CONNECTION_STAGES
    session = _BriefSession(stages, endpoint, load_secrets, **options)
    with session.running(), session.client() as client:
        _read_config_fields(session, client, known)
        if values is not None:
            test_configuration(session, client, values)
    return session.report()


def certificate_end(report: CheckReport) -> datetime | None:
    """When the certificate ends that the host has presented."""
    until = next((each.facts.get("until") for each in report.results if each.stage == Stage.TLS), None)
    return datetime.fromisoformat(until) if until else None


class _BriefClient(ConnectorClient):
    """Makes no evidence of what has passed."""

    def call(self, name: str, request: Any) -> tuple[Any, Evidence]:
        return self.ask(name, request), ()

    def _http_passed(self, observer: CheckObserver, response: Response) -> None:
        observer.ended(StageResult(Stage.HTTP, Outcome.PASSED, facts={"status": str(response.status)}))
        observer.started(Stage.CONTRACT)


class _BriefSession(CheckSession):
    client_class = _BriefClient

    def __init__(
        self,
        stages: tuple[Stage, ...],
        endpoint: Endpoint,
        load_secrets: Callable[[], Collection[str]],
        **options: Unpack[CheckOptions],
    ) -> None:
        super().__init__(stages, endpoint, (), **options)
        self.redactor = LaterRedactor(load_secrets)

    def _end(self, result: StageResult) -> None:
        self.results[result.stage] = result

    def report(self) -> CheckReport:
        results, verdict = self.findings()
        if verdict == Verdict.FAILED:
            has_answered = any(each.reason and each.stage not in _BEFORE_ANY_ANSWER for each in results)
            redactor = self.redactor if has_answered else Redactor()
            return CheckReport(tuple(redacted(each, redactor) for each in results), verdict)
        return CheckReport(tuple(each.without_answer() for each in results), verdict)


def _read_config_fields(session: CheckSession, client: ConnectorClient, known: KnownAnswers) -> None:
    response = client.fetch_config_data()
    if known.has(response):
        for stage in (Stage.HTTP, Stage.CONTRACT, Stage.FIELDS):
            session.passed(stage, {}, ())
        return
    judge_config_data(session, client, client.read_config_data(response, session))
    has_lists = any(each.type == FieldType.LIST for each in session.fields or ())
    if not has_lists and client.namespaces == Namespaces():
        known.add(response)


def _key_of(response: Response) -> bytes:
    """What the reading of an answer depends on."""
    head = f"{response.status} {response.headers.get('Content-Type', '')}"
    return sha256(b"\0".join([head.encode(), response.body])).digest()
