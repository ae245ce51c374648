"""Calls the operations of a connector and tells what an answer proves, or why it proves nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from wizard.connectors import codec, xml
from wizard.connectors.blackout import BLACK, Blackout
from wizard.connectors.call import NOBODY, Evidence, Facts, Failure, Watcher
from wizard.connectors.content_type import ContentType, read_content_type
from wizard.connectors.contract import OPERATIONS, FieldsResult, Namespaces, NoRequest, Operation
from wizard.connectors.deadline import Deadline
from wizard.connectors.transport import Response, Transport
from wizard.domain.check import Stage
from wizard.domain.config_field import FieldType

USER_AGENT = "ERP-Sync-Setup"
SHOWN_BODY = 2048
SHOWN_MISREAD = 300

_STATUS = {
    300: "redirect",
    301: "redirect",
    302: "redirect",
    303: "redirect",
    307: "redirect",
    308: "redirect",
    401: "auth_required",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    407: "auth_required",
    410: "not_found",
    415: "unsupported_media",
    429: "rate_limited",
    500: "server_error",
    502: "unavailable",
    503: "unavailable",
    504: "unavailable",
}
_UNKNOWN_OPERATION = re.compile(
    r"ActionNotSupported|did not match any operations|No operation found|Procedure '[^']*' not present"
    r"|Cannot find dispatch method|action not supported",
    re.IGNORECASE,
)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_SOAP_ACTION = re.compile(r"""soapAction\s*=\s*["']([^"'<>]{1,1000})/IErpConnectorWS/WSGetConfigData["']""")


class WrongService(Exception):
    """It speaks SOAP, but the operation is not known there."""

    def __init__(self, facts: Facts, evidence: Evidence) -> None:
        super().__init__(facts)
        self.facts, self.evidence = facts, evidence


class _Refused(Exception):
    """An answer that proves nothing: the reason, with facts and rows of its own."""

    def __init__(self, reason: str, evidence: Evidence = (), /, **facts: str) -> None:
        super().__init__(reason)
        self.reason, self.evidence, self.facts = reason, evidence, facts


class ConnectorClient:
    """Speaks with one connector; the namespaces are learned from its first answer.

    `open_aside` opens a second transport to the same address with a share of the time left, for its WSDL.
    """

    def __init__(self, transport: Transport, blackout: Blackout, open_aside: Callable[[], Transport]) -> None:
        self._transport = transport
        self._blackout = blackout
        self._open_aside = open_aside
        self.namespaces = Namespaces()

    def config_data(self, watcher: Watcher = NOBODY) -> FieldsResult:
        """The first call; stage http ends with a usable status, and stage contract begins. Raises Failure."""
        operation = OPERATIONS["WSGetConfigData"]
        response = self._post(operation, NoRequest())
        try:
            answer = self._read(operation, response)
        except Failure as failure:
            if failure.stage != Stage.HTTP:
                self._http_passed(watcher, response)
            raise
        except WrongService as wrong:
            self._http_passed(watcher, response)
            answer, response = self._ask_for_namespace(operation, wrong)
        else:
            self._http_passed(watcher, response)
        self._refuse_misread(operation, answer, response, but=_is_unknown_type)
        self.namespaces = answer.namespaces
        result: FieldsResult = answer.message
        return result

    def call(self, name: str, request: Any) -> tuple[Any, Evidence]:
        """A later call: the result and its evidence. Raises Failure, contract.misread among its reasons."""
        operation = OPERATIONS[name]
        response = self._post(operation, request)
        try:
            answer = self._read(operation, response)
        except WrongService as wrong:
            raise Failure(Stage.CONTRACT, "contract.wrong_service", wrong.facts, wrong.evidence) from wrong
        self._refuse_misread(operation, answer, response)
        return answer.message, self._evidence(operation, response)

    @property
    def time_is_up(self) -> bool:
        return self._transport.time_is_up

    def within(self, deadline: Deadline) -> AbstractContextManager[None]:
        """Calls have to end by this deadline, which may be earlier than that of the check."""
        return self._transport.within(deadline)

    # --- one call

    def _post(self, operation: Operation, request: Any) -> Response:
        headers = {
            "Content-Type": "text/xml; charset=utf-8",
            "SOAPAction": f'"{operation.action(self.namespaces.service)}"',
            "Accept": "text/xml",
            "Accept-Encoding": "gzip, deflate",
            "User-Agent": USER_AGENT,
        }
        return self._transport.request("POST", headers, codec.write_request(operation, request, self.namespaces))

    def _ask_for_namespace(self, operation: Operation, wrong: WrongService) -> tuple[codec.Answer[Any], Response]:
        """The same call once more under the namespace that its WSDL names."""
        failure = Failure(Stage.CONTRACT, "contract.wrong_service", wrong.facts, wrong.evidence)
        service = self._published_namespace()
        if service is None or service == self.namespaces.service:
            raise failure from wrong
        self.namespaces = Namespaces(service, service)
        response = self._post(operation, NoRequest())
        try:
            return self._read(operation, response), response
        except WrongService:
            raise failure from wrong

    def _published_namespace(self) -> str | None:
        """The front of the soapAction that `?wsdl` gives to the first operation; no import is followed."""
        try:
            with self._open_aside() as aside:
                target = aside.target
                target += ("&" if "?" in target else "?") + "wsdl"
                response = aside.request(
                    "GET", {"Accept-Encoding": "gzip, deflate", "User-Agent": USER_AGENT}, None, target
                )
        except Failure:
            return None
        text = _text_of(response)
        found = _SOAP_ACTION.search(text)
        if found is None:
            return None
        front = found[1]
        return f"{front}/" if re.search(rf"""["']{re.escape(front)}/["']""", text) else front

    # --- what an answer proves

    def _read(self, operation: Operation, response: Response) -> codec.Answer[Any]:
        """The answer that a response is. Raises Failure, and WrongService where the operation is not known there."""
        content_type = _content_type(response)
        try:
            return self._answer(operation, response, content_type)
        except _Refused as refused:
            facts = {"status": str(response.status), "content_type": content_type.media, **refused.facts}
            evidence = (*self._evidence(operation, response), *refused.evidence)
            if refused.reason == "contract.wrong_service":
                raise WrongService(facts, evidence) from refused
            stage = Stage.HTTP if refused.reason.startswith("http.") else Stage.CONTRACT
            raise Failure(stage, refused.reason, facts, evidence) from refused

    def _answer(self, operation: Operation, response: Response, content_type: ContentType) -> codec.Answer[Any]:
        try:
            answer = codec.read_result(operation, response.body, content_type.charset if content_type.is_xml else None)
        except codec.SoapFault as fault:
            told = f"{fault.code} {fault.text}"
            rows = (("fault", self._shown(told)), ("fault detail", self._shown(fault.detail)))
            unknown = _UNKNOWN_OPERATION.search(told)
            reason = "contract.wrong_service" if unknown else "contract.fault"
            raise _Refused(reason, rows, operation=operation.name) from fault
        except (xml.XmlError, codec.CodecError) as error:
            if not isinstance(error, codec.SoapVersion):
                self._judge_status(response)
            if isinstance(error, codec.WrongAnswer):
                raise _Refused("contract.wrong_service", operation=operation.name, element=str(error)) from error
            charsets = {"charset": str(error)} if isinstance(error, xml.UnsupportedCharset) else {}
            raise _Refused(_reason_of(error, response, content_type.media), **charsets) from error
        self._judge_status(response)
        if not content_type.is_readable:
            raise _Refused("contract.content_type", content_type=response.headers.get("Content-Type", ""))
        if not content_type.is_xml:
            raise _Refused("contract.content_type")
        return answer

    def _judge_status(self, response: Response) -> None:
        if response.status == 204:
            raise _Refused("contract.empty")
        if response.status != 200:
            name = _STATUS.get(response.status, "unexpected_status")
            told = {each.lower(): response.headers[each] for each in ("Server", "Location") if each in response.headers}
            raise _Refused(f"http.{name}", **told)

    def _refuse_misread(
        self,
        operation: Operation,
        answer: codec.Answer[Any],
        response: Response,
        but: Callable[[codec.Misread], bool] = lambda _: False,
    ) -> None:
        misreads = [misread for misread in answer.misreads if not but(misread)]
        if answer.namespaces.service != self.namespaces.service:
            misreads.insert(0, codec.Misread(codec.MisreadKind.NAMESPACE, operation.name, answer.namespaces.service))
        if not misreads:
            return
        first = misreads[0]
        facts = {
            "operation": operation.name,
            "member": first.path,
            "kind": first.kind.value,
            "text": self._blackout.beginning(first.text, SHOWN_MISREAD),
            "refused": "yes" if any(misread.kind.refused for misread in misreads) else "no",
            "count": str(len(misreads)),
        }
        rows = tuple(
            (each.kind.value, self._blackout.beginning(f"{each.path} {each.text}".strip(), SHOWN_MISREAD))
            for each in misreads[:20]
        )
        raise Failure(Stage.CONTRACT, "contract.misread", facts, (*rows, *self._evidence(operation, response)))

    def _http_passed(self, watcher: Watcher, response: Response) -> None:
        facts = {"status": str(response.status), "content_type": _content_type(response).media}
        if server := response.headers.get("Server"):
            facts["server"] = server
        watcher.passed(Stage.HTTP, facts, (("status", str(response.status)), *self._headers(response)))
        watcher.begin(Stage.CONTRACT)

    def _evidence(self, operation: Operation, response: Response) -> Evidence:
        body = self._shown(_text_of(response))
        rows = (("operation", operation.name), ("status", str(response.status)), *self._headers(response))
        return (*rows, ("body", body)) if body else rows

    def _headers(self, response: Response) -> Evidence:
        shown = list(response.headers.items())[:40]
        return tuple((self._label(name), _header(name, self._shown(value))) for name, value in shown)

    def _label(self, name: str) -> str:
        return self._blackout.beginning(name, 100).lower()

    def _shown(self, text: str) -> str:
        return self._blackout.beginning(text, SHOWN_BODY)


def _header(name: str, value: str) -> str:
    """What may be shown of a header; a cookie is somebody's session."""
    return f"{value.partition('=')[0][:100]}={BLACK}" if name.lower() == "set-cookie" else value[:500]


def _content_type(response: Response) -> ContentType:
    return read_content_type(response.headers.get("Content-Type", ""))


def _reason_of(error: Exception, response: Response, content_type: str) -> str:
    body = _text_of(response)
    if not body.strip():
        return "contract.empty"
    named_html = content_type == "text/html" and not isinstance(error, codec.SoapVersion)
    if named_html or _HTML.match(body, xml.start_of(body)):
        return "contract.html"
    match error:
        case xml.Forbidden():
            return "contract.forbidden_xml"
        case xml.UnsupportedCharset():
            return "contract.charset"
        case xml.Malformed():
            return "contract.malformed_xml"
        case codec.SoapVersion():
            return "contract.soap_version"
        case codec.NotSoap():
            return "contract.not_soap"
        case _:
            return "contract.not_xml"


def _is_unknown_type(misread: codec.Misread) -> bool:
    """An unknown FieldType is told of at stage fields; a padded one is a misread."""
    return (
        misread.kind == codec.MisreadKind.ENUM
        and misread.path.endswith("/FieldType")
        and misread.text.strip() not in tuple(FieldType)
    )


def _text_of(response: Response) -> str:
    body = response.body
    for bom, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if body.startswith(bom):
            return body.decode(encoding, "replace")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("latin-1")
