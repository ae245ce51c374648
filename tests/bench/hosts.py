"""Connectors in processes of their own."""

from __future__ import annotations

import gzip
import multiprocessing
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, Response, request

from tests import factories
from wizard.domain.fields import Access, FieldType
from wizard.outside import soap as codec
from wizard.outside.soap.contract import OPERATIONS, FieldMetadata, FieldsResult, ListResult, Namespaces

GET_FIELDS = OPERATIONS["WSGetConfigData"]
GET_LIST = OPERATIONS["WSGetList"]


def fields(count: int) -> tuple[FieldMetadata, ...]:
    kinds = (FieldType.TEXT, FieldType.PASSWORD, FieldType.INTEGER, FieldType.DOUBLE, FieldType.DATETIME)
    return tuple(
        FieldMetadata(
            field_key=f"Field{number}",
            display_name=f'US:"Field {number}";NL:"Veld {number}"',
            display_description="What this field means to the ERP.",
            field_type=kinds[number % len(kinds)],
            access=Access.MANDATORY if number % 4 == 0 else Access.NORMAL,
            rank=number,
        )
        for number in range(count)
    )


ANSWER = codec.write_result(GET_FIELDS, FieldsResult(is_ok=True, field_meta_data_objects=fields(20)), Namespaces())
LIST = codec.write_result(GET_LIST, ListResult(is_ok=True, list_items={"1": "One", "2": "Two"}), Namespaces())


def _list_fields(count: int) -> bytes:
    declared = tuple(
        FieldMetadata(field_key=f"Field{number}", field_type=FieldType.LIST, list_name=f"List{number}")
        for number in range(count)
    )
    return codec.write_result(GET_FIELDS, FieldsResult(is_ok=True, field_meta_data_objects=declared), Namespaces())


def _host(kind: str, ready: Any) -> None:
    """A connector in a process of its own.

    It is `healthy`, `unhurried` (answers after half a second), `slow` (never does), `bomb` (a gzip bomb) or `lists`.
    """
    app = Flask("host")
    never = threading.Event()
    fields_answer = _list_fields(5000) if kind == "lists" else ANSWER
    bomb = gzip.compress(b"<" + b"a" * (600 << 20)) if kind == "bomb" else b""

    @app.post("/")
    def answer() -> Response:
        if kind == "slow":
            never.wait(60)
        if kind == "unhurried":
            never.wait(0.5)
        if kind == "bomb":
            return Response(bomb, content_type="text/xml", headers={"Content-Encoding": "gzip"})
        is_list = request.headers["SOAPAction"].endswith('/WSGetList"')
        return Response(LIST if is_list else fields_answer, content_type="text/xml; charset=utf-8")

    with factories.serve_app(app, threads=80) as address:
        ready.put(address)
        never.wait()


@contextmanager
def host(kind: str) -> Iterator[str]:
    context = multiprocessing.get_context("spawn")
    ready = context.Queue()
    process = context.Process(target=_host, args=(kind, ready), daemon=True)
    process.start()
    try:
        yield ready.get(timeout=60) + "/"
    finally:
        process.kill()
        process.join()
