"""Puts the facts of a result into words, and chooses the most specific sentence that they can fill."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from wizard.domain.fields import in_language
from wizard.domain.superoffice import Part
from wizard.messages.times import date

MAX_FACT_LENGTH = 600
"""Characters of one fact; the whole of it is in the technical detail."""
MAX_NAMES = 3
"""Names or addresses in a sentence; more are counted."""

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_COMMON_NAME = re.compile(r"(?:^|,)CN=((?:\\.|[^,\\])+)")


class Facts(Mapping[str, str]):
    """Facts by name, each as one line of words. `host` is never missing.

    Some are put into words here: times as dates, `issuer` and `root` by their common names, `server` (host and
    address), `megabytes` of a limit in bytes, `answer` in the reader's language, long lists of names by their number.
    """

    def __init__(self, facts: Mapping[str, str], **more: str) -> None:
        self._raw = {name: text for name, text in {**facts, **more}.items() if text and text.strip()}

    def __getitem__(self, name: str) -> str:
        say = _IN_WORDS.get(name)
        return say(self) if say else one_line(self._raw[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def __len__(self) -> int:
        return len(self._raw)

    def tells(self, name: str) -> bool:
        """Whether there is such a fact; the word that stands for a missing host is none."""
        return name in self and (name != "host" or name in self._raw)

    def raw(self, name: str) -> str:
        """A fact as it came. Raises KeyError."""
        return self._raw[name]

    def number(self, name: str) -> int:
        """A fact that counts something; 0 where it does not."""
        text = self._raw.get(name, "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


Text = str | LazyString
Texts = Text | tuple[Text, ...]
"""One text, or several from the most particular to one that needs no fact, but for a word for `host`."""


def fill(texts: Texts, facts: Facts) -> str:
    """The first text that has a fact for each of its placeholders, if need be with a word for `host`."""
    every = [str(text) for text in texts] if isinstance(texts, tuple) else [str(texts)]
    complete = (text for text in every if all(map(facts.tells, _PLACEHOLDER.findall(text))))
    worded = (text for text in every if all(name in facts for name in _PLACEHOLDER.findall(text)))
    sentence = next(complete, None) or next(worded, every[-1])
    filled = sentence % facts
    begins_with_a_word = sentence.startswith("%(host)s") and not facts.tells("host")
    return filled[:1].upper() + filled[1:] if begins_with_a_word else filled


def one_line(text: str, length: int = MAX_FACT_LENGTH) -> str:
    """A stranger's text as part of a sentence: no line breaks, no control characters, not endless."""
    plain = "".join(character if character.isprintable() else " " for character in text[: 4 * length])
    plain = " ".join(plain.split())
    return plain if len(plain) <= length and len(text) <= 4 * length else f"{plain[: length - 1].rstrip()}…"


def language() -> str:
    """The reader's language; English outside of a request."""
    locale = get_locale()
    return locale.language if locale else "en"


def _host(facts: Facts) -> str:
    try:
        return one_line(facts.raw("host"), 253)
    except KeyError:
        return _("the server")


def _server(facts: Facts) -> str:
    address = one_line(facts.raw("address"), 100)
    return facts["host"] if address == facts["host"] else f"{facts['host']} ({address})"


def _megabytes(facts: Facts) -> str:
    if megabytes := facts.number("limit") >> 20:
        return str(megabytes)
    raise KeyError("limit")


def _listed(name: str) -> Callable[[Facts], str]:
    def describe(facts: Facts) -> str:
        every = [one_line(each, 100) for each in facts.raw(name).split(",")]
        listed = ", ".join(every[:MAX_NAMES])
        others = len(every) - MAX_NAMES
        return _("%(names)s and %(count)s more", names=listed, count=others) if others > 0 else listed

    return describe


def _authority(name: str) -> Callable[[Facts], str]:
    def describe(facts: Facts) -> str:
        common = _COMMON_NAME.search(facts.raw(name))
        return one_line(re.sub(r"\\(.)", r"\1", common[1]) if common else facts.raw(name), 100)

    return describe


def _members(facts: Facts) -> str:
    return ", ".join(map(_member, one_line(facts.raw("member")).split(", ")))


def _member(code: str) -> str:
    """A value of a connector or a connection by the name that the pages give it; of the configuration by its key."""
    return str(_PARTS[Part(code)]) if code in _PARTS else code.removeprefix(f"{Part.CONFIG}.")


_PARTS: Mapping[Part, Text] = {
    Part.NAME: _l("Name"),
    Part.URL: _l("Sync Connector URL"),
    Part.DESCRIPTION: _l("Description"),
    Part.CONNECTOR: _l("ERP Sync Connector"),
    Part.ACTIVE: _l("Active"),
    Part.SCOPE: _l("Scope"),
}
_IN_WORDS: Mapping[str, Callable[[Facts], str]] = {
    "host": _host,
    "server": _server,
    "until": lambda facts: date(one_line(facts.raw("until"), 100)),
    "since": lambda facts: date(one_line(facts.raw("since"), 100)),
    "issuer": _authority("issuer"),
    "root": _authority("root"),
    "megabytes": _megabytes,
    "names": _listed("names"),
    "addresses": _listed("addresses"),
    "types": _listed("types"),
    "member": _members,
    "answer": lambda facts: one_line(in_language(facts.raw("answer"), language())),
    "version": lambda facts: one_line(facts.raw("version").replace("TLSv", "TLS "), 40),
}
