"""The words of what keeps a connection from being activated."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from wizard.messages.reasons.row import Row

ACTIVATING_ROWS: Mapping[str, Row] = {
    "mandatory_fields.incomplete": Row(
        (_l("Something is left to do at Mappings: %(fields)s"), _l("Nothing is chosen yet that is synchronised.")),
        _l("Open Mappings, choose what is missing and save it. Then activate again."),
    ),
    "lists.incomplete": Row(
        (_l("Items of these fields have to be chosen anew: %(fields)s"), _l("Items of a list have to be chosen anew.")),
        _l("Open List mapping and choose each item of SuperOffice only once. Then activate again."),
    ),
    "lists.items_left": Row(
        (
            _l("%(mapped)s of %(items)s items are mapped. A record with one of the others comes without this value."),
            _l("Not every item is mapped. A record with one of the others comes without this value."),
        ),
        _l("Map the others at List mapping, or leave it so."),
    ),
    "defaults.incomplete": Row(
        (_l("Something is left to do at Defaults: %(fields)s"), _l("Something is left to do at Defaults.")),
        _l("Open Defaults, set a value or have the user asked for one. Then activate again."),
    ),
    "same_there.refused": Row(
        (
            _l("SuperOffice has not taken all that you chose: %(answer)s"),
            _l("SuperOffice has not taken what you chose for %(fields)s."),
            _l("SuperOffice has not taken all that you chose."),
        ),
        _l("Correct the fields that SuperOffice names, and activate again. They are marked at Mappings."),
    ),
    "same_there.differs": Row(
        (
            _l("Somebody has changed it in SuperOffice too: %(fields)s"),
            _l("Somebody has changed it in SuperOffice too."),
        ),
        _l("Choose for each difference which side is right, then activate again."),
    ),
    "same_there.waiting": Row(
        _l("What you chose is not written to SuperOffice yet. It is tried again automatically."),
        _l("Wait a minute, then check again."),
    ),
    "accepted.engine_off": Row(
        _l("It is active, but automatic sync is off in SuperOffice: nothing is synchronised yet."),
        _l("Switch it on in SuperOffice: Settings and maintenance, Quote/Sync, tab Sync, On."),
    ),
}
