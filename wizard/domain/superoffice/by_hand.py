"""What was entered by hand in SuperOffice, compared with what is here as far as it can be seen without the agent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from wizard.domain.fields import same_text
from wizard.domain.superoffice.matching import is_named
from wizard.domain.superoffice.registered import SeenConnection


class Entry(StrEnum):
    """A value of the sheet, in its order."""

    NAME = "name"
    CONNECTOR = "connector"
    URL = "url"
    GUID = "guid"
    ACTIVE = "active"
    EVERYONE = "everyone"
    USERS = "users"
    CONFIG = "config"


class Sight(StrEnum):
    """Whether a value is the same there. `own`: SuperOffice has one of its own, which is right; `unseen`: no archive
    shows it."""

    SAME = "same"
    DIFFERS = "differs"
    OWN = "own"
    UNSEEN = "unseen"


@dataclass(frozen=True, slots=True)
class EnteredValues:
    """A connection here, as the sheet has it."""

    name: str
    connector: str
    url: str
    guid: str
    active: bool
    everyone: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """One value of the sheet; `theirs` is what SuperOffice has where that is something else."""

    entry: Entry
    sight: Sight
    theirs: str | bool = ""


def find_entered(ours: EnteredValues, there: Iterable[SeenConnection]) -> tuple[SeenConnection, ...]:
    """The connection of SuperOffice that this one was entered as: none, one, or several that it may be.

    By GUID; else by name and URL; else by the name alone, or by the URL alone: one of them may have been mistyped.
    """
    rows = tuple(there)
    tests: tuple[Callable[[SeenConnection], bool], ...] = (
        lambda each: each.guid.casefold() == ours.guid.casefold(),
        lambda each: is_named(each.name, ours.name) and each.connector_url == ours.url,
        lambda each: is_named(each.name, ours.name),
        lambda each: each.connector_url == ours.url,
    )
    return next((found for test in tests if (found := tuple(filter(test, rows)))), ())


def compare_entered(ours: EnteredValues, theirs: SeenConnection) -> tuple[Compared, ...]:
    """Every value of the sheet, in its order."""
    return tuple(_compare(ours, theirs))


def _compare(ours: EnteredValues, theirs: SeenConnection) -> Iterator[Compared]:
    yield _judge(Entry.NAME, is_named(theirs.name, ours.name) or same_text(ours.name, theirs.name), theirs.name)
    yield _judge(Entry.CONNECTOR, is_named(theirs.connector_name, ours.connector), theirs.connector_name)
    yield _judge(Entry.URL, theirs.connector_url == ours.url, theirs.connector_url)
    if theirs.guid.casefold() == ours.guid.casefold():
        yield Compared(Entry.GUID, Sight.SAME)
    else:
        yield Compared(Entry.GUID, Sight.OWN if theirs.guid else Sight.UNSEEN, theirs.guid)
    yield _judge(Entry.ACTIVE, theirs.active == ours.active, theirs.active)
    yield _judge(Entry.EVERYONE, theirs.everyone == ours.everyone, theirs.everyone)
    if not ours.everyone:
        yield Compared(Entry.USERS, Sight.UNSEEN)
    yield Compared(Entry.CONFIG, Sight.UNSEEN)


def _judge(entry: Entry, is_same: bool, theirs: str | bool) -> Compared:
    return Compared(entry, Sight.SAME) if is_same else Compared(entry, Sight.DIFFERS, theirs)
