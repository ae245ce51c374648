"""Reads the HTTP answer to a call: the message that it carries, or the reason why SuperOffice could not use it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from wizard.domain.check import REASONS, Stage, said_in, shortest_of, sign_of, target_of
from wizard.domain.fields import FieldType
from wizard.outside import soap
from wizard.outside.connector.faults import reason_of_fault
from wizard.outside.http import ContentType, Evidence, Facts, Failure, Response, read_content_type
from wizard.outside.redaction import MASK, Redactor
from wizard.outside.soap.contract import Namespaces, Operation

MAX_BODY_LENGTH = 2048
MAX_MISREAD_LENGTH = 300
MAX_HEADERS = 40

_REASON_BY_STATUS = {
    300: "http.redirect",
    301: "http.redirect",
    302: "http.redirect",
    303: "http.redirect",
    307: "http.redirect",
    308: "http.redirect",
    401: "http.auth_required",
    403: "http.forbidden",
    404: "http.not_found",
    405: "http.method_not_allowed",
    407: "http.auth_required",
    410: "http.not_found",
    415: "http.unsupported_media",
    429: "http.rate_limited",
    500: "http.server_error",
    502: "http.unavailable",
    503: "http.unavailable",
    504: "http.unavailable",
}
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)


class WrongService(Exception):
    """The service speaks SOAP but does not know the operation."""

    def __init__(self, facts: Facts, evidence: Evidence, sign: str | None) -> None:
        super().__init__(facts)
        self.facts, self.evidence, self.sign = facts, evidence, sign

    def as_failure(self) -> Failure:
        return Failure(Stage.CONTRACT, "contract.wrong_service", self.facts, self.evidence, self.sign)


class _Refused(Exception):
    """An answer that cannot be used: the reason, with facts and evidence of its own."""

    def __init__(self, reason: str, evidence: Evidence = (), /, **facts: str) -> None:
        super().__init__(reason)
        self.reason, self.evidence, self.facts = reason, evidence, facts


class AnswerReader:
    """Reads the answers of one connector, which was called at `url`. The evidence that it returns is redacted."""

    def __init__(self, redactor: Redactor, url: str) -> None:
        self._redactor, self._url = redactor, url

    def read(self, operation: Operation, response: Response) -> soap.Answer[Any]:
        """Parses an answer. Raises Failure with the reason, and WrongService for an unknown operation."""
        content_type = content_type_of(response)
        try:
            return self._answer(operation, response, content_type)
        except _Refused as refused:
            facts = {"status": str(response.status), "content_type": content_type.media, **refused.facts}
            evidence = (*self.evidence(operation, response), *refused.evidence)
            raise self._explained(refused, response, facts, evidence) from refused

    def _explained(
        self, refused: _Refused, response: Response, facts: Facts, evidence: Evidence
    ) -> Failure | WrongService:
        """The failure with what the answer itself says about it: a sign, if it has one, or a few of its words."""
        fault = refused.__cause__ if isinstance(refused.__cause__, soap.SoapFault) else None
        words = (fault.code, fault.text) if fault else ("", "")
        said = said_in(response.status, response.phrase, response.headers, response.body, self._url, words)
        sign = sign_of(refused.reason, said)
        reason = (sign and sign.reason) or refused.reason
        facts |= {"said": words[1] or shortest_of(response.status, response.phrase, response.body)}
        facts |= {"software": sign.software} if sign and sign.software else {}
        code = sign.code if sign else None
        if reason == "contract.wrong_service":
            return WrongService(facts, evidence, code)
        return Failure(REASONS[reason].stage, reason, facts, evidence, code)

    def _answer(self, operation: Operation, response: Response, content_type: ContentType) -> soap.Answer[Any]:
        try:
            answer = soap.read_result(operation, response.body, content_type.charset if content_type.is_xml else None)
        except soap.SoapFault as fault:
            text = f"{fault.code} {fault.text}"
            rows = (("fault", self._redacted(text)), ("fault detail", self._redacted(fault.detail)))
            raise _Refused(reason_of_fault(fault), rows, operation=operation.name) from fault
        except (soap.XmlError, soap.CodecError) as error:
            if not isinstance(error, soap.SoapVersion):
                self._require_status(response)
            if isinstance(error, soap.WrongAnswer):
                raise _Refused("contract.wrong_service", operation=operation.name, element=str(error)) from error
            why: Evidence = (("error", str(error)),) if isinstance(error, soap.Malformed) else ()
            charsets = {"charset": _quoted(str(error))} if isinstance(error, soap.UnsupportedCharset) else {}
            raise _Refused(_reason_of(error, response, content_type.media), why, **charsets) from error
        self._require_status(response)
        if not content_type.is_readable:
            raise _Refused("contract.content_type", content_type=response.headers.get("Content-Type", ""))
        if not content_type.is_xml:
            raise _Refused("contract.content_type")
        return answer

    def _require_status(self, response: Response) -> None:
        if response.status == 204:
            raise _Refused("contract.empty")
        if response.status != 200:
            reason = _REASON_BY_STATUS.get(response.status, "http.unexpected_status")
            facts = {
                each.lower(): response.headers[each] for each in ("Server", "Location") if each in response.headers
            }
            final = target_of(self._url, facts.get("location", ""))
            raise _Refused(reason, **facts, final=final)

    def require_readable(
        self,
        operation: Operation,
        answer: soap.Answer[Any],
        response: Response,
        expected: Namespaces,
        but: Callable[[soap.Misread], bool] = lambda _: False,
    ) -> None:
        """Raises Failure (`contract.misread`) for what SuperOffice would misread, but for what `but` exempts.

        All answers of a connector have to come in the same namespaces.
        """
        misreads = [misread for misread in answer.misreads if not but(misread)]
        for name, found, due in (
            (f"{operation.name}Result", answer.namespaces.data, expected.data),
            (operation.name, answer.namespaces.service, expected.service),
        ):
            if found != due:
                misreads.insert(0, soap.Misread(soap.MisreadKind.NAMESPACE, name, found))
        if not misreads:
            return
        first = misreads[0]
        facts = {
            "operation": operation.name,
            "member": first.path,
            "kind": first.kind.value,
            "text": self._redactor.beginning(first.text, MAX_MISREAD_LENGTH),
            "refused": "yes" if any(misread.kind.refused for misread in misreads) else "no",
            "count": str(len(misreads)),
        }
        rows = tuple(
            (each.kind.value, self._redactor.beginning(f"{each.path} {each.text}".strip(), MAX_MISREAD_LENGTH))
            for each in misreads[:20]
        )
        raise Failure(Stage.CONTRACT, "contract.misread", facts, (*rows, *self.evidence(operation, response)))

    def evidence(self, operation: Operation, response: Response) -> Evidence:
        body = self._redacted(text_of(response))
        rows = (("operation", operation.name), ("status", str(response.status)), *self.headers(response))
        return (*rows, ("body", body)) if body else rows

    def headers(self, response: Response) -> Evidence:
        first = list(response.headers.items())[:MAX_HEADERS]
        return tuple((self._label(name), _header(name, self._redacted(value))) for name, value in first)

    def _label(self, name: str) -> str:
        return self._redactor.beginning(name, 100).lower()

    def _redacted(self, text: str) -> str:
        return self._redactor.beginning(text, MAX_BODY_LENGTH)


def _header(name: str, value: str) -> str:
    """A header as evidence; of a cookie, which may be a session, only the name."""
    return f"{value.partition('=')[0][:100]}={MASK}" if name.lower() == "set-cookie" else value[:500]


def _quoted(text: str) -> str:
    return text if text == text.strip() else f'"{text}"'


def content_type_of(response: Response) -> ContentType:
    return read_content_type(response.headers.get("Content-Type", ""))


def _reason_of(error: Exception, response: Response, content_type: str) -> str:
    body = text_of(response)
    if not body.strip():
        return "contract.empty"
    named_html = content_type == "text/html" and not isinstance(error, soap.SoapVersion)
    if named_html or _HTML.match(body, soap.start_of(body)):
        return "contract.html"
    match error:
        case soap.Forbidden():
            return "contract.forbidden_xml"
        case soap.UnsupportedCharset():
            return "contract.charset"
        case soap.Malformed():
            return "contract.malformed_xml"
        case soap.SoapVersion():
            return "contract.soap_version"
        case soap.NotSoap():
            return "contract.not_soap"
        case _:
            return "contract.not_xml"


def is_unknown_field_type(misread: soap.Misread) -> bool:
    """Whether it is an unknown FieldType, which stage `fields` reports; a padded one is a misread."""
    return (
        misread.kind == soap.MisreadKind.ENUM
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
