"""What a failed answer says, cut and put into small letters, so that looking for words in it is bounded work."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

MAX_SAID = 65_536
"""Bytes of a body, and characters of any other text, in which signs are looked for."""
MAX_HEADERS = 100
MAX_SHORT = 300
"""Characters of a body that is quoted as a whole."""


@dataclass(frozen=True, slots=True)
class Said:
    """All texts are in small letters, with one blank where there was white space. `headers` are by name.

    `url` is the address that was called and `location` where a redirect leads, both as absolute addresses. `error` is
    what TLS or HTTP reports, and `certificate` what is odd about the server's certificate.
    """

    status: int = 0
    phrase: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    page: str = ""
    fault_code: str = ""
    fault: str = ""
    url: str = ""
    location: str = ""
    error: str = ""
    certificate: frozenset[str] = frozenset()

    @property
    def path(self) -> str:
        return _parts(self.url)[1]

    @property
    def leads_to_itself(self) -> bool:
        """Whether a redirect leads to the address that was called."""
        return bool(self.location) and _comparable(self.location) == _comparable(self.url)

    @property
    def leads_to_https(self) -> bool:
        """Whether a redirect leads to the same address with https instead of http."""
        is_upgrade = self.url.startswith("http:") and self.location.startswith("https:")
        return is_upgrade and _parts(self.url) == _parts(self.location)


def said_in(
    status: int,
    phrase: str,
    headers: Mapping[str, str],
    body: bytes,
    url: str,
    fault: tuple[str, str] = ("", ""),
) -> Said:
    """What an HTTP answer to a call of `url` says; `fault` is the code and the text of a SOAP fault."""
    page = text_said(body)
    code, text = fault
    few = dict(list(headers.items())[:MAX_HEADERS])
    return Said(
        status=status,
        phrase=_plain(phrase),
        headers={name.lower(): _plain(value) for name, value in few.items()},
        title=_plain(title_of(page)),
        page=_plain(html.unescape(page)),
        fault_code=_plain(code).rpartition(":")[2],
        fault=_plain(text),
        url=_plain(url),
        location=_plain(target_of(url, headers.get("Location", ""))),
    )


def text_said(body: bytes) -> str:
    """The beginning of a body as text."""
    cut = body[:MAX_SAID]
    encoding = "utf-16" if cut.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return cut.decode(encoding, "replace")


def title_of(page: str) -> str:
    """The title of a web page as it stands there, entities resolved; empty if it has none."""
    small = page.lower()
    begin = small.find("<title")
    opened = small.find(">", begin)
    end = small.find("</title", opened)
    return html.unescape(page[opened + 1 : end]).strip() if 0 <= begin < opened < end else ""


def shortest_of(status: int, phrase: str, body: bytes) -> str:
    """The title of an answer's page, else its status text, else a short body that is no page; empty where they say no
    more than the status."""
    page = text_said(body)
    plain = page.strip() if len(page) <= MAX_SHORT and "<" not in page else ""
    return next((text for text in (title_of(page), phrase.strip(), plain) if not _is_usual(text, status)), "")


def target_of(url: str, location: str) -> str:
    """Where a redirect leads, as an absolute address; empty where it is none."""
    try:
        target = urljoin(url, location.strip()[:MAX_SAID]) if location.strip() else ""
    except ValueError:
        return ""
    return target if target.lower().startswith(("http://", "https://")) else ""


def _is_usual(text: str, status: int) -> bool:
    """Whether a text is empty, or just the number and the standard phrase of the status."""
    phrases = {each.value: each.phrase for each in HTTPStatus}
    said = _letters(text).removeprefix("http").removeprefix("error")
    return said in ("", _letters(phrases.get(status, "")))


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text[:MAX_SAID].lower()))


def _plain(text: str) -> str:
    return " ".join(text[:MAX_SAID].lower().split())


def _parts(url: str) -> tuple[str, str, str]:
    """Host, path and query of an address."""
    try:
        parts = urlsplit(url)
        return parts.hostname or "", parts.path or "/", parts.query
    except ValueError:
        return "", url, ""


def _comparable(url: str) -> tuple[str, int | None, tuple[str, str, str]]:
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
        return parts.scheme, port, _parts(url)
    except ValueError:
        return "", None, (url, "", "")
