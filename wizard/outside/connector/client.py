"""Calls the operations of a connector over a transport, and finds out which namespaces it uses."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from wizard.domain.check import NO_OBSERVER, CheckObserver, Outcome, Stage, StageResult
from wizard.outside import soap
from wizard.outside.connector.answers import AnswerReader, WrongService, content_type_of, is_unknown_field_type, text_of
from wizard.outside.http import Deadline, Evidence, Failure, Response, Transport
from wizard.outside.redaction import Redactor
from wizard.outside.soap.contract import OPERATIONS, FieldsResult, Namespaces, NoRequest, Operation

_SOAP_ACTION = re.compile(r"""soapAction\s*=\s*["']([!#-%(-;=?-~]{1,1000})/IErpConnectorWS/WSGetConfigData["']""")


class ConnectorClient:
    """A SOAP client for one connector; it takes the namespaces from the first answer.

    `open_aside` opens a second transport to the same address with a part of the remaining time, for its WSDL.
    """

    def __init__(self, transport: Transport, redactor: Redactor, open_aside: Callable[[], Transport]) -> None:
        self._transport = transport
        self._answers = AnswerReader(redactor, transport.url)
        self._open_aside = open_aside
        self.namespaces = Namespaces()
        self.largest = 0
        """Bytes of the largest answer."""

    def config_data(self, observer: CheckObserver = NO_OBSERVER) -> FieldsResult:
        """The first call; stage http ends with a usable status, and stage contract begins. Raises Failure."""
        return self.read_config_data(self.fetch_config_data(), observer)

    def fetch_config_data(self) -> Response:
        """The answer to the first call, as it came. Raises Failure."""
        return self._post(OPERATIONS["WSGetConfigData"], NoRequest())

    def read_config_data(self, response: Response, observer: CheckObserver = NO_OBSERVER) -> FieldsResult:
        """Reads it, and asks again under another namespace where it says so. Raises Failure."""
        operation = OPERATIONS["WSGetConfigData"]
        try:
            answer = self._answers.read(operation, response)
        except Failure as failure:
            if failure.stage == Stage.CONTRACT:
                self._http_passed(observer, response)
            raise
        except WrongService as wrong:
            self._http_passed(observer, response)
            answer, response = self._ask_for_namespace(operation, wrong)
        else:
            self._http_passed(observer, response)
        expected = Namespaces(self.namespaces.service, answer.namespaces.data)  # either one will do, from here on that
        self._answers.require_readable(operation, answer, response, expected, but=is_unknown_field_type)
        self.namespaces = answer.namespaces
        result: FieldsResult = answer.message
        return result

    def call(self, name: str, request: Any) -> tuple[Any, Evidence]:
        """A later call: the result and its evidence. Raises Failure, contract.misread among its reasons."""
        message, response = self._ask(name, request)
        return message, self._answers.evidence(OPERATIONS[name], response)

    def ask(self, name: str, request: Any) -> Any:
        """The result alone, without the evidence, whose redaction takes its time. Raises Failure as `call` does."""
        return self._ask(name, request)[0]

    def within(self, deadline: Deadline) -> AbstractContextManager[None]:
        """Calls have to end by this deadline, which may be earlier than that of the check."""
        return self._transport.within(deadline)

    def redact_with(self, redactor: Redactor) -> None:
        """Redacts later answers with these secrets instead."""
        self._answers = AnswerReader(redactor, self._transport.url)

    # --- one call

    def _ask(self, name: str, request: Any) -> tuple[Any, Response]:
        operation = OPERATIONS[name]
        response = self._post(operation, request)
        try:
            answer = self._answers.read(operation, response)
        except WrongService as wrong:
            raise wrong.as_failure() from wrong
        self._answers.require_readable(operation, answer, response, self.namespaces)
        return answer.message, response

    def _post(self, operation: Operation, request: Any) -> Response:
        headers = {
            "Content-Type": "text/xml; charset=utf-8",
            "SOAPAction": f'"{operation.action(self.namespaces.service)}"',
        }
        response = self._transport.request("POST", headers, soap.write_request(operation, request, self.namespaces))
        self.largest = max(self.largest, len(response.body))
        return response

    def _ask_for_namespace(self, operation: Operation, wrong: WrongService) -> tuple[soap.Answer[Any], Response]:
        """Repeats the call under the namespaces that the connector's WSDL may mean."""
        failure = wrong.as_failure()
        tried = self.namespaces.service
        for service in self._published_namespaces():
            if service == tried:
                continue
            self.namespaces = Namespaces(service, service)
            response = self._post(operation, NoRequest())
            try:
                return self._answers.read(operation, response), response
            except WrongService:
                continue
            except Failure as other:
                if other.reason != "contract.fault":  # a body in a namespace that is not meant is a fault to some
                    raise
                failure = other
        raise failure from wrong

    def _published_namespaces(self) -> tuple[str, ...]:
        """The front of the soapAction that `?wsdl` gives to the first operation, with and without a slash at its end.

        The likelier comes first; no import is followed.
        """
        try:
            with self._open_aside() as aside:
                target = aside.target
                target += ("&" if "?" in target else "?") + "wsdl"
                response = aside.request("GET", {}, None, target)
        except Failure:
            return ()
        text = text_of(response)
        found = _SOAP_ACTION.search(text)
        if found is None:
            return ()
        front = found[1]
        with_slash = re.search(rf"""["']{re.escape(front)}/["']""", text) is not None
        return (f"{front}/", front) if with_slash else (front, f"{front}/")

    def _http_passed(self, observer: CheckObserver, response: Response) -> None:
        facts = {"status": str(response.status), "content_type": content_type_of(response).media}
        if server := response.headers.get("Server"):
            facts["server"] = server
        evidence = (("status", str(response.status)), *self._answers.headers(response))
        observer.ended(StageResult(Stage.HTTP, Outcome.PASSED, facts=facts, evidence=evidence))
        observer.started(Stage.CONTRACT)
