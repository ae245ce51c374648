"""The HTTP endpoint, which behaves as a WCF host, and its faults on purpose."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from flask import Blueprint, Response, request

from wizard.outside import soap
from wizard.outside.soap.contract import NAMESPACE
from wizard.practice.connector.fields import FIELDS
from wizard.practice.connector.operations import MalformedGuid, PracticeConnector, outcome_of
from wizard.practice.connector.store import Store

PATH = "/practice/Services/ERPConnectorWS.svc"
SLOW_SECONDS = 3.0
HANG_SECONDS = 60.0
MAX_WAITING = 4
MAX_ANSWERING = 4
PATIENCE_SECONDS = 5.0
MAX_REQUEST_BYTES = 64 * 1024
_INTERNAL = (
    "The server was unable to process the request due to an internal error. The server may be able to return exception"
    " details (it depends on the server settings)."
)
_TRACE = (
    "System.Data.SqlClient.SqlException: Login failed for user 'sa' with password 'hunter2'.\n"
    "   at Erp.Client.Login() in C:\\src\\Erp.cs:line 42"
)
_HELP = (
    "<!doctype html><html lang='en'><head><title>ERP Sync practice connector</title></head><body><h1>ERP Sync practice"
    " connector</h1><p>This address is for SuperOffice and for ERP Sync Setup. Its WSDL is at ?wsdl</p></body></html>"
)
_NOT_OPEN = (
    "This practice connector answers only to the machine that it is on. ERP_WIZARD_PRACTICE=open opens it to others.\n"
)
_answering = threading.BoundedSemaphore(MAX_ANSWERING)
"""Answers are computed by few threads at once, so that pages have some left."""
_waiting = threading.BoundedSemaphore(MAX_WAITING)
"""The endpoint is open to everyone, and each waiting request occupies one of the server's threads."""
_never = threading.Event()
"""Never set, so that waiting for it is a pause; a test replaces it by an event that is set."""


def create_blueprint(store_path: Path, may_call: Callable[[str], bool] = lambda _: True) -> Blueprint:
    """The practice connector at `PATH`, with its database at `store_path`; `may_call` judges the caller's address."""
    blueprint = Blueprint("practice", __name__)
    store = Store(store_path)

    @blueprint.route(PATH, methods=["GET", "POST"])
    def serve() -> Response:
        if not may_call(request.remote_addr or ""):
            return Response(_NOT_OPEN, status=403, content_type="text/plain; charset=utf-8")
        if request.method == "GET":
            return _about()
        if request.mimetype != "text/xml":
            return Response(status=415)
        request.max_content_length = MAX_REQUEST_BYTES
        return _answer(store)

    return blueprint


def _about() -> Response:
    if any(name.lower() in ("wsdl", "singlewsdl") for name in request.args):
        return Response((Path(__file__).parent / "contract.wsdl").read_bytes(), content_type="text/xml; charset=utf-8")
    return Response(_HELP, content_type="text/html; charset=utf-8")


def _answer(store: Store) -> Response:
    name = request.args.get("ConnectorName") or next(iter(FIELDS))
    try:
        operation, message = soap.read_request(request.get_data(), request.mimetype_params.get("charset"))
    except soap.WrongAnswer:
        return _not_supported()
    except (soap.XmlError, soap.CodecError):
        return Response(status=400)
    if (_action(), message.namespaces.service) != (operation.action(NAMESPACE), NAMESPACE):
        return _not_supported()
    if name not in FIELDS:
        return _fault("a:InternalServiceFault", f"There is no connector '{_plain(name)}' on this server.")
    broken = _break_down(outcome_of(operation.name, message.message))
    if broken is not None:
        return broken
    if not _answering.acquire(timeout=PATIENCE_SECONDS):
        return Response(status=503)
    try:
        result = PracticeConnector(name, store).answer(operation.name, message.message)
    except MalformedGuid:
        return _fault("a:InternalServiceFault", _INTERNAL)
    finally:
        _answering.release()
    return _soap(soap.write_result(operation, result, message.namespaces))


def _break_down(outcome: str) -> Response | None:
    """The response of a fault below the level of an answer, or None."""
    match outcome:
        case "slow":
            return _wait(SLOW_SECONDS)
        case "hang":
            return _wait(HANG_SECONDS)
        case "fault":
            return _fault("a:InternalServiceFault", _INTERNAL)
        case "trace":
            return _fault("a:InternalServiceFault", "The ERP client crashed.", _TRACE)
        case "garbage":
            return _soap(b"<s:Envelope <<< \x00\x01 not xml")
        case "html":
            return Response(_HELP, content_type="text/html; charset=utf-8")
        case "cut":
            return Response(_half(), content_type="text/xml; charset=utf-8", headers={"Content-Length": "4096"})
    return None


def _wait(seconds: float) -> Response | None:
    if not _waiting.acquire(blocking=False):
        return Response(status=503)
    try:
        _never.wait(seconds)
    finally:
        _waiting.release()
    return None


def _half() -> Iterator[bytes]:
    """Ends before the promised length, so that the server has to cut the connection."""
    yield b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'


def _action() -> str:
    return request.headers.get("SOAPAction", "").strip('"')


def _plain(text: str) -> str:
    """The characters that an XML answer can carry."""
    return "".join(character for character in text[:300] if character.isprintable())


def _not_supported() -> Response:
    text = f"Action '{_plain(_action())}' did not match any operations in the target contract"
    return _fault("a:ActionNotSupported", text)


def _fault(code: str, text: str, detail: str = "") -> Response:
    return Response(soap.write_fault(code, text, detail), status=500, content_type="text/xml; charset=utf-8")


def _soap(body: bytes) -> Response:
    return Response(body, content_type="text/xml; charset=utf-8")
