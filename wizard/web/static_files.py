"""Static files under names that change with their content, kept by browsers for ever."""

from __future__ import annotations

import gzip
import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for

COMPRESSIBLE = {"text/css", "text/javascript", "application/javascript", "image/svg+xml"}
FOR_EVER = "public, max-age=31536000, immutable"


def register(app: Flask) -> None:
    app.jinja_env.globals["static_url"] = static_url

    @app.after_request
    def _keep_for_ever(response: Response) -> Response:
        if request.endpoint != "static" or response.status_code != 200:
            return response
        if request.args.get("v") == _fingerprint(app.static_folder or "", (request.view_args or {})["filename"]):
            response.headers["Cache-Control"] = FOR_EVER
        return _compressed(response)


def static_url(name: str) -> str:
    """The address of a static file, with its fingerprint."""
    return _url(request.script_root, current_app.static_folder or "", name)


@lru_cache(maxsize=128)
def _url(_root: str, folder: str, name: str) -> str:  # an address begins with the root, so each has its own
    return url_for("static", filename=name, v=_fingerprint(folder, name))


@lru_cache(maxsize=128)
def _fingerprint(folder: str, name: str) -> str:
    return hashlib.sha256(Path(folder, name).read_bytes()).hexdigest()[:12]


def _compressed(response: Response) -> Response:
    """Only static files: a page with secrets must not be compressed together with what others can choose (BREACH)."""
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] > 0 and response.mimetype in COMPRESSIBLE and not request.range:
        response.direct_passthrough = False
        response.set_data(_gzip(response.get_data()))
        response.headers["Content-Encoding"] = "gzip"
        response.headers.pop("ETag", None)
    return response


@lru_cache(maxsize=16)
def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, 9, mtime=0)
