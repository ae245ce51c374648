"""A sign, and the clues that it is recognised by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wizard.domain.check.reasons import Owner
from wizard.domain.check.signs.said import Said

Clue = Callable[[Said], bool]
"""Looks for fixed words in one place. They are written in small letters."""


@dataclass(frozen=True, slots=True)
class Sign:
    """What an answer means beyond its reason.

    `of` are the reasons that it explains, `clues` have all to be there, and `source` is the public page or the file of
    a repository that has its words. It may name another `reason`, which fails too. `owner` can repair it, or
    whoever can repair the reason if it is None, and `software` is what says it.
    """

    code: str
    of: tuple[str, ...]
    clues: tuple[Clue, ...]
    source: str
    software: str = ""
    reason: str | None = None
    owner: Owner | None = Owner.PROVIDER

    def is_in(self, said: Said) -> bool:
        return all(clue(said) for clue in self.clues)


REFUSALS = (
    "http.not_found",
    "http.auth_required",
    "http.forbidden",
    "http.method_not_allowed",
    "http.unsupported_media",
    "http.rate_limited",
    "http.server_error",
    "http.unavailable",
    "http.unexpected_status",
)
"""Reasons of an answer whose status is none of success and no redirect."""
ANSWERS = (*REFUSALS, "contract.html", "contract.not_xml", "contract.malformed_xml")
"""Those, and reasons of an answer that was meant for others than SuperOffice."""
FAULTS = ("contract.fault",)


def either(*clues: Clue) -> Clue:
    """One of several."""
    return lambda said: any(clue(said) for clue in clues)


def status(*codes: int) -> Clue:
    return lambda said: said.status in codes


def phrase(*words: str) -> Clue:
    """In the status text."""
    return lambda said: any(word in said.phrase for word in words)


def header(name: str, *words: str) -> Clue:
    """In a header, or that it is there."""
    return lambda said: name in said.headers and (not words or any(word in said.headers[name] for word in words))


def title(*words: str) -> Clue:
    return lambda said: any(word in said.title for word in words)


def page(*words: str) -> Clue:
    """Anywhere in the body."""
    return lambda said: any(word in said.page for word in words)


def fault(*words: str) -> Clue:
    return lambda said: any(word in said.fault for word in words)


def fault_code(*codes: str) -> Clue:
    """The code of the fault, in any prefix."""
    return lambda said: said.fault_code in codes


def path_ends(*ends: str) -> Clue:
    """The path of the address that was called."""
    return lambda said: said.path.endswith(ends)


def location(*words: str) -> Clue:
    """Where a redirect leads, unless the address that was called has the same words."""
    return lambda said: any(word in said.location and word not in said.url for word in words)


def error(*words: str) -> Clue:
    """In what TLS or HTTP reports."""
    return lambda said: any(word in said.error for word in words)


def certificate(oddity: str) -> Clue:
    return lambda said: oddity in said.certificate
