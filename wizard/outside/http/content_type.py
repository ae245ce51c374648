"""Parses Content-Type headers as strictly as .NET, and so WCF's client, does."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_LENGTH = 1024
_BLANK = r"(?:[ \t\r\n]|\([^()]*\))*"
_TOKEN = r"[!#$%&'*+.^_`{|}~0-9A-Za-z-]+"  # noqa: S105 - a grammar's
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_TYPE = re.compile(rf"{_BLANK}({_TOKEN}/{_TOKEN}){_BLANK}")
_PARAMETER = re.compile(rf";{_BLANK}({_TOKEN})={_BLANK}({_TOKEN}|{_QUOTED}){_BLANK}")


@dataclass(frozen=True, slots=True)
class ContentType:
    """`media` is in lower case, and of a header that cannot be read what stands at its beginning."""

    media: str
    charset: str | None = None
    is_readable: bool = True

    @property
    def is_xml(self) -> bool:
        return self.is_readable and self.media == "text/xml"


def read_content_type(header: str) -> ContentType:
    """The header's media type, and its charset if it names one."""
    unreadable = ContentType(header[:MAX_LENGTH].partition(";")[0].strip().lower(), None, False)
    media = _TYPE.match(header[:MAX_LENGTH])
    if media is None or len(header) > MAX_LENGTH:
        return unreadable
    parameters: dict[str, str] = {}
    at = media.end()
    while parameter := _PARAMETER.match(header, at):
        name = parameter[1].lower()
        if name in parameters:
            return unreadable
        parameters[name] = _unquoted(parameter[2])
        at = parameter.end()
    if not re.fullmatch(rf";?{_BLANK}", header[at:]):
        return unreadable
    return ContentType(media[1].lower(), parameters.get("charset") or None)


def _unquoted(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value[1:-1]) if value[:1] == '"' else value
