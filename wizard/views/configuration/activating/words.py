"""What each part of a configuration says of itself in the checklist."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from wizard.domain.configuration import Part
from wizard.services.configuration import PartState, PartSummary


def part_words(part: PartSummary, *, is_read: bool) -> str:
    """How far it is. `is_read`: the fields of both sides are known."""
    if not is_read:
        return _NOT_READ[part.part]()
    return _WORDS[part.part](part.facts)


def part_when(part: PartSummary) -> str:
    """Who needs it; empty where nothing is left to do."""
    if part.state == PartState.NEEDED:
        return _("Needed")
    if part.state == PartState.ADVISED:
        return _("Recommended")
    return _OPTIONAL[part.part]() if part.state == PartState.OPTIONAL else ""


def _mappings(facts: Mapping[str, Any]) -> str:
    if not facts["synced"]:
        return _("Nothing is synchronised yet.")
    return ngettext(
        "%(mapped)s of %(num)s field is synchronised.",
        "%(mapped)s of %(num)s fields are synchronised.",
        facts["fields"],
        mapped=facts["mapped"],
    )


def _lists(facts: Mapping[str, Any]) -> str:
    if not facts["lists"]:
        return _("No list is mapped.")
    words = ngettext(
        "%(mapped)s of %(num)s item is mapped.",
        "%(mapped)s of %(num)s items are mapped.",
        facts["items"],
        mapped=facts["mapped"],
    )
    return f"{words} {_bare(facts['bare'])}" if facts["bare"] else words


def _bare(count: int) -> str:
    return ngettext(
        "%(num)s list has none yet: its values would be left out.",
        "%(num)s lists have none yet: their values would be left out.",
        count,
    )


def _defaults(facts: Mapping[str, Any]) -> str:
    if not facts["fields"]:
        return _("No field of a new record gets a value.")
    return ngettext(
        "%(num)s field of a new record gets a value.", "%(num)s fields of a new record get a value.", facts["fields"]
    )


def _rank(facts: Mapping[str, Any]) -> str:
    if not facts["fields"]:
        return _("No field is shown on the ERP tab yet.")
    return ngettext(
        "%(num)s field is shown on the ERP tab.", "%(num)s fields are shown on the ERP tab.", facts["fields"]
    )


def _priority(facts: Mapping[str, Any]) -> str:
    if facts["count"] < 2:
        return _("It is the only connection.")
    if facts["place"] is None:
        return _("No order is set for the %(count)s connections.", count=facts["count"])
    return _("Number %(place)s of %(count)s connections.", place=facts["place"], count=facts["count"])


def _import(_facts: Mapping[str, Any]) -> str:
    return _("See what of the ERP is not in SuperOffice yet, and how it is imported there.")


_WORDS = {
    Part.MAPPINGS: _mappings,
    Part.LISTS: _lists,
    Part.DEFAULTS: _defaults,
    Part.RANK: _rank,
    Part.PRIORITY: _priority,
    Part.IMPORT: _import,
}
_NOT_READ = {
    Part.MAPPINGS: lambda: _("Which ERP field belongs to which SuperOffice field, and in which direction it travels."),
    Part.LISTS: lambda: _("Which item of an ERP list is which item in SuperOffice."),
    Part.DEFAULTS: lambda: _("What the ERP gets for a field that SuperOffice has no value for."),
    Part.RANK: lambda: _("How the fields are arranged on the ERP tab."),
    Part.PRIORITY: lambda: _("Which connection goes first when there is much to synchronise."),
    Part.IMPORT: lambda: _import({}),
}
_OPTIONAL = {
    Part.MAPPINGS: lambda: _("Needed"),
    Part.LISTS: lambda: _("If you map lists"),
    Part.DEFAULTS: lambda: _("If you need them"),
    Part.RANK: lambda: _("If you like"),
    Part.PRIORITY: lambda: _("With more than one connection"),
    Part.IMPORT: lambda: _("If you like"),
}
