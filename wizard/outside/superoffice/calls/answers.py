"""Reads SuperOffice's answers: the JSON that was asked for, or the reason why it did not come."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from wizard.domain.check import Outcome, Stage, StageResult
from wizard.outside.http import Evidence, Facts, Response, read_content_type
from wizard.outside.redaction import Redactor
from wizard.outside.superoffice.calls.errors import SuperOfficeError, refusal
from wizard.outside.superoffice.members import Json, Misread

MAX_TEXT_LENGTH = 600
MAX_BODY_LENGTH = 2048
_REASON_BY_EXCEPTION = {
    "solicenseexception": "licence_missing",
    "sosentryexception": "not_authorised",
    "sosessionexception": "not_authorised",
    "sonotsupportedexception": "too_old",
}
"""Every other exception is a refusal in SuperOffice's own words."""
_REASON_BY_STATUS = {400: "refused", 404: "too_old", 405: "too_old", 421: "tenant_moved", 429: "throttled"}
_HTTP_REASON_BY_STATUS = {
    407: "http.auth_required",
    500: "http.server_error",
    502: "http.unavailable",
    503: "http.unavailable",
    504: "http.unavailable",
}
_ERROR_OBJECT = {"message", "messagedetail", "exceptionmessage", "exceptiontype", "stacktrace", "modelstate"}
_ODD_ESCAPE = re.compile(rb"\\u(?:[dD][89a-fA-F]|0000)")
_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")
_HTML = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)


class AnswerReader:
    """Reads the answers of one SuperOffice; what it repeats of them is without these secrets."""

    def __init__(self, secrets: Collection[str] = ()) -> None:
        self._secrets = secrets

    @cached_property
    def _redactor(self) -> Redactor:
        """Made when it is needed: few answers are repeated."""
        return Redactor(self._secrets)

    def read(self, what: str, response: Response, *, may_be_null: bool = False) -> Json:
        """The JSON of an answer; None for one without content. Raises SuperOfficeError.

        `what` names the operation in the evidence.
        """
        if response.status == 204:
            return None
        answer = self._parsed(response)
        said = _members_of(answer)
        if "errortype" in said or said.get("error") is True:
            raise self._exception(what, response, said)
        if response.status != 200:
            raise self._status(what, response, said)
        if answer is _NOT_JSON:
            raise self._unreadable(what, response)
        if answer is None and not may_be_null:
            raise self._refusal("no_answer", what, response, kind="null")
        if said and "message" in said and set(said) <= _ERROR_OBJECT:
            raise self._refusal("no_answer", what, response, kind="error", answer=self._text(said["message"]))
        return answer

    @contextmanager
    def reading(self, what: str) -> Iterator[None]:
        """Turns a Misread of the block into an error."""
        try:
            yield
        except Misread as misread:
            facts = {"operation": what, "member": misread.member, "kind": misread.kind}
            found: Evidence = (("found", self._cut(misread.text)),) if misread.text else ()
            raise refusal("misread", facts, (("operation", what), *found)) from misread

    def _parsed(self, response: Response) -> Json:
        try:
            answer = json.loads(response.body.decode("utf-8-sig"))
            return _storable(answer) if _ODD_ESCAPE.search(response.body) else answer
        except (ValueError, RecursionError):
            return _NOT_JSON

    def _exception(self, what: str, response: Response, said: Mapping[str, Json]) -> SuperOfficeError:
        """An exception of SuperOffice is judged by its type; its text is in SuperOffice's language, to be shown."""
        kind = self._text(said.get("errortype") or said.get("exceptiontype") or "").rpartition(".")[2]
        name = _REASON_BY_EXCEPTION.get(kind.lower(), "refused")
        facts = self._facts(what, response) | {"error_type": kind}
        if text := self._text(said.get("errormessage") or said.get("message") or ""):
            facts["answer"] = text
        trace = self._text(said.get("stacktrace") or "")
        rows = (("error type", kind), *((("trace", trace),) if trace else ()))
        return refusal(name, facts, (*rows, *self._evidence(what, response)))

    def _status(self, what: str, response: Response, said: Mapping[str, Json]) -> SuperOfficeError:
        text = self._text(said.get("message") or "")
        facts = {"answer": text} if text else {}
        if response.status in _REASON_BY_STATUS:
            wait = {"retry_after": response.headers["Retry-After"][:40]} if "Retry-After" in response.headers else {}
            return self._refusal(_REASON_BY_STATUS[response.status], what, response, **facts, **wait)
        if response.status in (401, 403):
            return self._refusal(self._of_sign_in(response), what, response, **facts)
        redirected = 300 <= response.status < 400
        other = "http.redirect" if redirected else "http.unexpected_status"
        reason = _HTTP_REASON_BY_STATUS.get(response.status, other)
        where = {"location": self._cut(response.headers["Location"])} if "Location" in response.headers else {}
        return SuperOfficeError(
            StageResult(
                Stage.HTTP, Outcome.FAILED, reason, self._facts(what, response) | where, self._evidence(what, response)
            )
        )

    def _of_sign_in(self, response: Response) -> str:
        """Assumption: a server that takes no passwords does not name Basic among what it takes."""
        offered = response.headers.get("WWW-Authenticate", "")
        refuses_basic = response.status == 401 and offered and "basic" not in offered.lower()
        return "basic_disabled" if refuses_basic and "bearer" not in offered.lower() else "not_authorised"

    def _unreadable(self, what: str, response: Response) -> SuperOfficeError:
        if not response.body.strip():
            return self._refusal("no_answer", what, response, kind="empty")
        kind = "html" if _HTML.match(response.body) else "not_json"
        return self._refusal("misread", what, response, kind=kind)

    def _refusal(self, name: str, what: str, response: Response, **facts: str) -> SuperOfficeError:
        return refusal(name, self._facts(what, response) | facts, self._evidence(what, response))

    def _facts(self, what: str, response: Response) -> Facts:
        media = read_content_type(response.headers.get("Content-Type", "")).media
        return {"operation": what, "status": str(response.status), "content_type": self._cut(media)}

    def _evidence(self, what: str, response: Response) -> Evidence:
        body = self._redactor.beginning(
            response.body[: 8 * MAX_BODY_LENGTH].decode("utf-8", "replace"), MAX_BODY_LENGTH
        )
        offered = self._redactor.beginning(response.headers.get("WWW-Authenticate", ""), MAX_TEXT_LENGTH)
        rows = (("operation", what), ("status", str(response.status)), ("offers", offered), ("body", body))
        return tuple((label, text) for label, text in rows if text)

    def _text(self, value: Json) -> str:
        return self._cut(value if isinstance(value, str) else json.dumps(value))

    def _cut(self, text: str) -> str:
        return self._redactor.beginning(text, MAX_TEXT_LENGTH)


def _storable(answer: Json) -> Json:
    """The answer without what no database keeps: halves of characters, and NUL."""
    text = json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace").decode()
    return json.loads(_NUL.sub(r"\1\\ufffd", text))


class _NotJson:
    pass


_NOT_JSON: Any = _NotJson()


def _members_of(answer: Json) -> Mapping[str, Json]:
    """The members of an object by their names in lower case; of anything else none."""
    return {name.lower(): value for name, value in answer.items()} if isinstance(answer, dict) else {}
