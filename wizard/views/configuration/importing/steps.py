"""What to press in SuperOffice to import what the page shows, by SuperOffice's own names of buttons and lists.

Source: SuperOffice's help, "Import from ERP", in six languages (docs/superoffice.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from wizard.domain.configuration import Outcome
from wizard.views.configuration.importing.records import Record
from wizard.web import some_of

Step = tuple[str, str, str, None]
"""Title, what stands beside it, what to do, and no address: as `numbered` of `macros/ui.html` takes it."""


def steps_in_superoffice(
    connection: str, actor_type: str, searched: str, records: Sequence[Record], *, engine_running: bool | None
) -> list[Step]:
    """`searched`: the criterion in a sentence, empty for none. `engine_running`: None where it is not known."""
    return list(_steps(connection, actor_type, searched, records, engine_running))


def _steps(
    connection: str, actor_type: str, searched: str, records: Sequence[Record], engine_running: bool | None
) -> Iterator[Step]:
    if engine_running is not False:
        note = _("Settings and maintenance, Quote/Sync, tab Sync: press Off. ERP sync cannot be chosen while it is on.")
        yield _("Turn off automatic sync"), _("It is on") if engine_running else _("If it is on"), note, None
    backup = _("Make a backup of SuperOffice's database first: an import cannot be undone.")
    yield _("Open Import"), "", _("Settings and maintenance, Import. Choose ERP sync.") + " " + backup, None
    chosen = _("ERP connection: %(name)s. Actor type: %(type)s. Then OK.", name=connection, type=actor_type)
    yield _("Select ERP connection"), actor_type, chosen, None
    yield _("Search ERP"), _("As here"), searched or _("Without a criterion: it finds everything."), None
    count = len(records)
    yield (
        _("Add Import"),
        ngettext("%(num)s record", "%(num)s records", count),
        _("Select the rows, then press Add Import. Nothing is imported yet."),
        None,
    )
    yield _("Press Import"), _count_to_import(records), _what_to_expect(records), None


def _count_to_import(records: Sequence[Record]) -> str:
    if not _is_previewed(records):
        return ""
    count = sum(each.outcome is not None and each.outcome.is_imported for each in records)
    return ngettext("%(num)s record", "%(num)s records", count)


def _what_to_expect(records: Sequence[Record]) -> str:
    """What to leave out, and what SuperOffice's own preview should say."""
    if not _is_previewed(records):
        return _(
            "Remove the checks of the rows that you do not want. Look through the preview there, then press Import."
        )
    counts = Counter(each.outcome for each in records)
    to_check = [each.key for each in records if each.outcome and each.outcome.needs_a_look]
    parts = [_("Remove the checks of %(keys)s, unless they are others.", keys=some_of(to_check))] if to_check else []
    parts.append(
        _(
            "SuperOffice should show %(new)s new and %(changed)s changed. Then press Import.",
            new=counts[Outcome.NEW],
            changed=counts[Outcome.CHANGED],
        )
    )
    return " ".join(parts)


def _is_previewed(records: Sequence[Record]) -> bool:
    return any(each.outcome for each in records)
