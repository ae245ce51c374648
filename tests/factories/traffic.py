"""Records what a Flask app is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, Response, g, request


@dataclass(frozen=True)
class Exchange:
    """One request with its answer; bodies as they were sent."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes
    status: int
    answer: bytes
    is_inner: bool = False
    """Whether it came while another one was being answered, as when SuperOffice calls a connector."""


def record(app: Flask) -> list[Exchange]:
    """The traffic of an app that has not answered anything yet; answers that come in pieces are left out."""
    traffic: list[Exchange] = []
    answering: list[object] = []

    @app.before_request
    def _begin() -> None:
        g.is_inner = bool(answering)
        answering.append(request)

    @app.after_request
    def _keep(response: Response) -> Response:
        if not response.is_streamed:
            asked = (request.method, request.full_path.rstrip("?"), dict(request.headers), request.get_data())
            traffic.append(Exchange(*asked, response.status_code, response.get_data(), g.is_inner))
        return response

    @app.teardown_request
    def _end(_: BaseException | None) -> None:
        answering.pop()

    return traffic
