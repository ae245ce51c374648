"""The answers of the API that are no carrier, and how carriers are sent."""

from __future__ import annotations

import json
from typing import Any

from flask import Response

from wizard.practice.superoffice.wire import ApiError


def as_json(content: Any, status: int = 200) -> Response:
    return Response(json.dumps(content), status, content_type="application/json; charset=utf-8")


def as_page(html: str) -> Response:
    return Response(f"<!doctype html>{html}", content_type="text/html; charset=utf-8")


def exception(error: ApiError, **others: str) -> Response:
    """An exception of the server as JSON."""
    told = {
        "Error": True,
        "ErrorType": error.type,
        "ErrorMessage": error.message,
        "ErrorSource": "SuperOffice.Services.Implementation",
    }
    return as_json(told | others, error.status)


def not_signed_in() -> Response:
    return Response(status=401, headers={"WWW-Authenticate": "Bearer"})


def moved() -> Response:
    """Of a host that does not have the tenant any more."""
    return Response("Wrong subdomain used to access tenant", 421, content_type="text/plain; charset=utf-8")


def unavailable() -> Response:
    return Response("The service is unavailable.", 503, content_type="text/plain; charset=utf-8")
