"""Judges traffic with SuperOffice's API by SuperOffice's own OpenAPI documents (tests/data/superoffice-openapi)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from openapi_core import OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing import MockRequest, MockResponse

from tests.factories.traffic import Exchange

DOCUMENTS = Path(__file__).parent / "data" / "superoffice-openapi"
OPTIONAL_IN_REQUESTS = {"TableRight", "FieldProperties"}
"""Members that a client may leave out; all others would be taken for empty."""
HOST = "http://localhost"


def api_path(exchange: Exchange) -> str:
    """The path as the documents have it; empty for what is not below /api/v1/."""
    path = urlsplit(exchange.target).path
    return path[path.index("/api/v1/") :] if "/api/v1/" in path else ""


def objections(exchange: Exchange) -> list[str]:
    """What the documents say against an exchange: values, unknown and missing names, and what they do not know."""
    document = _documents().get(_route(api_path(exchange)))
    if document is None:
        return [f"{exchange.target} is in no document"]
    if exchange.status not in (200, 204):
        return [f"{exchange.target} is answered by {exchange.status}"]
    found = (*document.request_values(exchange), *document.request_names(exchange), *objections_to_answer(exchange))
    return [f"{exchange.method} {api_path(exchange)}: {each}" for each in found]


def objections_to_answer(exchange: Exchange) -> Sequence[str]:
    """The same of the answer alone; the request may be in any case."""
    path = _route(api_path(exchange))
    declared = next((each for each in _documents() if each.casefold() == path.casefold()), None)
    if declared is None:
        return [f"{exchange.target} is in no document"]
    return _objections_to_answer(exchange.method, declared, exchange.status, exchange.answer)


@lru_cache(maxsize=4096)
def _objections_to_answer(method: str, path: str, status: int, answer: bytes) -> Sequence[str]:
    """Remembered: most tests begin with the same calls, and to judge an answer takes longer than to give it."""
    exchange, document = Exchange(method, path, {}, b"", status, answer), _documents()[path]
    return (*document.answer_values(exchange), *document.answer_names(exchange))


def _route(path: str) -> str:
    """The documents' path for a path."""
    for root, name in (("/api/v1/MDOList/", "{listname}"), ("/api/v1/Archive/", "{archiveProviderName}")):
        if path.startswith(root):
            return root + name
    return path


class _Document:
    """One document, as amended for what it is known to be wrong or silent in. openapi-core judges the values."""

    def __init__(self, text: str) -> None:
        self.content = _amended(json.loads(text))
        self.api = OpenAPI.from_dict(self.content)

    def request_values(self, exchange: Exchange) -> list[str]:
        return _refused(lambda: self.api.validate_request(_request(exchange)))

    def answer_values(self, exchange: Exchange) -> list[str]:
        response = MockResponse(exchange.answer, status_code=exchange.status)
        return _refused(lambda: self.api.validate_response(_request(exchange), response))

    def request_names(self, exchange: Exchange) -> Iterator[str]:
        """Names that are not declared, and declared ones that are missing."""
        operation = self._operation(exchange)
        declared = {each["name"] for each in operation["parameters"] if each["in"] == "query"}
        for name in dict(parse_qsl(urlsplit(exchange.target).query)).keys() - declared:
            yield f"query {name} is not declared"
        sent = operation.get("requestBody")
        if sent is None and exchange.body:
            yield "a body is not declared"
        elif sent is not None:
            schema = sent["content"]["application/json"]["schema"]
            yield from self._of(schema, json.loads(exchange.body), "request", OPTIONAL_IN_REQUESTS)

    def answer_names(self, exchange: Exchange) -> Iterator[str]:
        content = self._operation(exchange)["responses"].get(str(exchange.status), {}).get("content")
        if content is not None:
            yield from self._of(content["application/json"]["schema"], json.loads(exchange.answer), "answer", set())

    def _operation(self, exchange: Exchange) -> dict[str, Any]:
        return dict(self.content["paths"][_route(api_path(exchange))][exchange.method.lower()])

    def _of(self, schema: Any, value: Any, where: str, optional: set[str]) -> Iterator[str]:
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            schema, where = self.content["components"]["schemas"][name], f"{where} {name.rpartition('.')[2]}"
        if isinstance(value, list):
            for each in value:
                yield from self._of(schema["items"], each, where, optional)
        elif isinstance(value, dict) and "properties" in schema:
            properties = schema["properties"]
            for name in value.keys() - properties.keys():
                yield f"{where}: {name} is not declared"
            for name in properties.keys() - value.keys() - optional:
                yield f"{where}: {name} is missing"
            for name in value.keys() & properties.keys():
                yield from self._of(properties[name], value[name], where, optional)
        elif isinstance(value, dict) and isinstance(schema.get("additionalProperties"), dict):
            for each in value.values():
                yield from self._of(schema["additionalProperties"], each, where, optional)


def _request(exchange: Exchange) -> MockRequest:
    return MockRequest(
        HOST,
        exchange.method.lower(),
        api_path(exchange),
        args=dict(parse_qsl(urlsplit(exchange.target).query)),
        headers=dict(exchange.headers),
        data=exchange.body or None,
    )


def _refused(validate: Callable[[], Any]) -> list[str]:
    try:
        validate()
    except OpenAPIError as error:
        return [f"{error} ({error.__cause__})"]
    return []


@cache
def _documents() -> Mapping[str, _Document]:
    """By path."""
    documents = [_Document(path.read_text()) for path in sorted(DOCUMENTS.glob("*.json"))]
    return {path: document for document in documents for path in document.content["paths"]}


def _amended(content: dict[str, Any]) -> dict[str, Any]:
    """Mends what tests/data/superoffice-openapi/README.md lists."""
    content["servers"] = [{"url": HOST}]
    content["components"]["securitySchemes"]["SuperId_Authentication"] = {"type": "http", "scheme": "bearer"}
    for operations in content["paths"].values():
        for operation in operations.values():
            operation["security"] = [{name: []} for each in operation.pop("security", ()) for name in each]
    for schema in _schemas(content):
        if schema.get("format") == "date-time":
            del schema["format"]
        schema["nullable"] = True
        if "enum" in schema:
            schema["enum"].append(None)
    for rows in (schema["properties"]["value"]["items"] for schema in _archives(content)):
        rows["additionalProperties"] = {}
    return content


def _archives(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    schemas = content["components"]["schemas"].items()
    return (schema for name, schema in schemas if name.endswith(".ODataSlimResponse"))


def _schemas(content: Any) -> Iterator[dict[str, Any]]:
    """Everything with a type, in components and answers."""
    for each in (content["components"]["schemas"], content["paths"]):
        yield from (schema for schema in _dicts(each) if isinstance(schema.get("type"), str))


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    inner: Iterable[Any] = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        yield from _dicts(each)
