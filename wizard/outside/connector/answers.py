"""What an answer of a connector proves, or why it proves nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from wizard.domain.check import Stage
from wizard.domain.fields.field import FieldType
from wizard.outside.http.call import Evidence, Facts, Failure
from wizard.outside.http.content_type import ContentType, read_content_type
from wizard.outside.http.transport import Response
from wizard.outside.redaction.redactor import BLACK, Blackout
from wizard.outside.soap import codec, xml
from wizard.outside.soap.contract import Namespaces, Operation

MAX_BODY_LENGTH = 2048
MAX_MISREAD_LENGTH = 300

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
    r"ActionNotSupported|did not match any operations|No operation found for specified action"
    r"|Procedure '[^']*' not present|Cannot find dispatch method",
    re.IGNORECASE,
)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)


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


class Proof:
    """Reads answers; what it shows of them is without secrets."""

    def __init__(self, blackout: Blackout) -> None:
        self._blackout = blackout

    def read(self, operation: Operation, response: Response) -> codec.Answer[Any]:
        """The answer that a response is. Raises Failure, and WrongService where the operation is not known there."""
        content_type = content_type_of(response)
        try:
            return self._answer(operation, response, content_type)
        except _Refused as refused:
            facts = {"status": str(response.status), "content_type": content_type.media, **refused.facts}
            evidence = (*self.evidence(operation, response), *refused.evidence)
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
            why: Evidence = (("error", str(error)),) if isinstance(error, xml.Malformed) else ()
            charsets = {"charset": _quoted(str(error))} if isinstance(error, xml.UnsupportedCharset) else {}
            raise _Refused(_reason_of(error, response, content_type.media), why, **charsets) from error
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

    def refuse_misread(
        self,
        operation: Operation,
        answer: codec.Answer[Any],
        response: Response,
        expected: Namespaces,
        but: Callable[[codec.Misread], bool] = lambda _: False,
    ) -> None:
        """Raises Failure for what SuperOffice would misread; all answers have to come in the expected namespaces."""
        misreads = [misread for misread in answer.misreads if not but(misread)]
        for name, found, due in (
            (f"{operation.name}Result", answer.namespaces.data, expected.data),
            (operation.name, answer.namespaces.service, expected.service),
        ):
            if found != due:
                misreads.insert(0, codec.Misread(codec.MisreadKind.NAMESPACE, name, found))
        if not misreads:
            return
        first = misreads[0]
        facts = {
            "operation": operation.name,
            "member": first.path,
            "kind": first.kind.value,
            "text": self._blackout.beginning(first.text, MAX_MISREAD_LENGTH),
            "refused": "yes" if any(misread.kind.refused for misread in misreads) else "no",
            "count": str(len(misreads)),
        }
        rows = tuple(
            (each.kind.value, self._blackout.beginning(f"{each.path} {each.text}".strip(), MAX_MISREAD_LENGTH))
            for each in misreads[:20]
        )
        raise Failure(Stage.CONTRACT, "contract.misread", facts, (*rows, *self.evidence(operation, response)))

    def evidence(self, operation: Operation, response: Response) -> Evidence:
        body = self._shown(text_of(response))
        rows = (("operation", operation.name), ("status", str(response.status)), *self.headers(response))
        return (*rows, ("body", body)) if body else rows

    def headers(self, response: Response) -> Evidence:
        shown = list(response.headers.items())[:40]
        return tuple((self._label(name), _header(name, self._shown(value))) for name, value in shown)

    def _label(self, name: str) -> str:
        return self._blackout.beginning(name, 100).lower()

    def _shown(self, text: str) -> str:
        return self._blackout.beginning(text, MAX_BODY_LENGTH)


def _header(name: str, value: str) -> str:
    """What may be shown of a header; a cookie is somebody's session."""
    return f"{value.partition('=')[0][:100]}={BLACK}" if name.lower() == "set-cookie" else value[:500]


def _quoted(text: str) -> str:
    return text if text == text.strip() else f'"{text}"'


def content_type_of(response: Response) -> ContentType:
    return read_content_type(response.headers.get("Content-Type", ""))


def _reason_of(error: Exception, response: Response, content_type: str) -> str:
    body = text_of(response)
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


def is_unknown_type(misread: codec.Misread) -> bool:
    """An unknown FieldType is told of at stage fields; a padded one is a misread."""
    return (
        misread.kind == codec.MisreadKind.ENUM
        and misread.path.endswith("/FieldType")
        and misread.text.strip() not in tuple(FieldType)
    )


def text_of(response: Response) -> str:
    body = response.body
    for bom, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if body.startswith(bom):
            return body.decode(encoding, "replace")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("latin-1")
