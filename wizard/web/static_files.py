"""Static files at addresses that change with their content, so that browsers may cache them for ever.

The fingerprint is one of the whole folder and stands in the path, so that it also holds for what a script imports.
"""

from __future__ import annotations

import gzip
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, g, request, url_for

URL_PATH = "/static/<fingerprint>"
COMPRESSIBLE = {"text/css", "text/javascript", "application/javascript", "image/svg+xml"}
FOR_EVER = "public, max-age=31536000, immutable"


def register(app: Flask) -> None:
    folder = Path(app.static_folder or "")
    fingerprint = _fingerprint(folder)
    modules = sorted(path.relative_to(folder).as_posix() for path in folder.glob("js/*.js"))
    app.jinja_env.globals.update(static_url=static_url, script_modules=modules)

    @app.url_defaults
    def _add_fingerprint(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values["fingerprint"] = fingerprint

    @app.url_value_preprocessor
    def _take_fingerprint(endpoint: str | None, values: dict[str, Any] | None) -> None:
        if endpoint == "static" and values:
            g.fingerprint = values.pop("fingerprint")

    @app.after_request
    def _cache(response: Response) -> Response:
        if request.endpoint != "static" or response.status_code != 200:
            return response
        if g.fingerprint == fingerprint:  # else it is the address of another version, whose files differ
            response.headers["Cache-Control"] = FOR_EVER
        return _compressed(response)


def static_url(name: str) -> str:
    """The address of a static file, with the fingerprint."""
    return _url(request.script_root, current_app.static_folder or "", name)


@lru_cache(maxsize=128)
def _url(_root: str, _folder: str, name: str) -> str:
    """Cached by the root too, because the address begins with it, and by the folder, which decides the fingerprint."""
    return url_for("static", filename=name)


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()} {len(data)} ".encode() + data)
    return digest.hexdigest()[:12]


def _compressed(response: Response) -> Response:
    """Only static files: a page with secrets must not be compressed together with what others can choose (BREACH)."""
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] > 0 and response.mimetype in COMPRESSIBLE and not request.range:
        response.direct_passthrough = False
        response.set_data(_gzip(response.get_data()))
        response.headers["Content-Encoding"] = "gzip"
        response.headers.pop("ETag", None)
    return response


@lru_cache(maxsize=32)
def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, 9, mtime=0)
