"""The steps in SuperOffice in words: its own names of buttons, tabs and lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from wizard.domain.next_steps import NextStep


@dataclass(frozen=True, slots=True)
class StepWords:
    """`title` is where to click, `when` who needs it, `says` what it is for."""

    title: LazyString
    when: LazyString
    says: LazyString


_NEEDED = _l("Needed")

NEXT_STEP_WORDS: Mapping[NextStep, StepWords] = {
    NextStep.ENTER: StepWords(
        _l("Enter the values"),
        _NEEDED,
        _l("Sync Connectors, Add; then ERP connections, Add. At the end press Test ERP connection, then OK."),
    ),
    NextStep.MAPPINGS: StepWords(
        _l("Mappings"),
        _NEEDED,
        _l("Which ERP field belongs to which SuperOffice field, and in which direction it travels."),
    ),
    NextStep.LIST_MAPPING: StepWords(
        _l("List mapping"),
        _l("If you map lists"),
        _l("Which item of an ERP list is which item in SuperOffice."),
    ),
    NextStep.DEFAULTS: StepWords(
        _l("Defaults"),
        _l("If you need them"),
        _l("What the ERP gets for a field that SuperOffice has no value for."),
    ),
    NextStep.RANK: StepWords(
        _l("Rank Fields"),
        _l("If you like"),
        _l("How the fields are arranged on the ERP tab."),
    ),
    NextStep.PRIORITY: StepWords(
        _l("Set Sync Priority"),
        _l("With more than one connection"),
        _l("Which connection goes first when there is much to synchronise."),
    ),
    NextStep.IMPORT: StepWords(
        _l("Import from ERP"),
        _l("If you like"),
        _l("Brings customers that the ERP already has into SuperOffice. It works only while automatic sync is off."),
    ),
    NextStep.ACTIVATE: StepWords(
        _l("Activate it"),
        _NEEDED,
        _l("Configure ERP connection: tick Active, press Test ERP connection, then OK."),
    ),
    NextStep.AUTOMATIC_SYNC: StepWords(
        _l("Turn on automatic sync"),
        _NEEDED,
        _l("The switch is on top of the tab Sync. It is for all connections together."),
    ),
}
