"""`erp-wizard drift`: asks SuperOffice and prints what differs from here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from flask import Flask
from flask_babel import gettext as _

from wizard.domain.configuration import RowDifference, Side
from wizard.domain.superoffice import Difference, Drift, DriftState
from wizard.errors import InvalidState
from wizard.languages import of_environment
from wizard.messages import describe
from wizard.models import Connection, Connector
from wizard.models.database import writing
from wizard.outside.superoffice import SuperOfficeError
from wizard.services.configuration import compare_all as compare_configurations
from wizard.services.configuration import differences_there
from wizard.services.superoffice.drift import Row, compare_all, compared_rows, details_of, drift_of
from wizard.views.drift.values import label_of, text_of

Echo = Callable[[str], None]


def run(app: Flask, *, as_json: bool, echo: Echo) -> bool:
    """Whether everything is the same. Raises InvalidState where SuperOffice could not be asked."""
    with app.app_context(), writing():
        _compare()
        found = [(row, details_of(row)) for row in compared_rows()]
        if as_json:
            echo(json.dumps([_to_json(row, details) for row, details in found], indent=2, ensure_ascii=False))
        else:
            _print(found, echo)
        return all(map(_is_same, found))


def _compare() -> None:
    try:
        compare_all()
        compare_configurations()
    except SuperOfficeError as error:
        words = describe(error.result)
        raise InvalidState(" ".join(text for text in (words.says, words.what_to_do) if text)) from error
    except InvalidState as error:
        raise InvalidState(_("No SuperOffice is linked in which the wizard may save.")) from error


def _print(found: list[tuple[Row, Drift | None]], echo: Echo) -> None:
    for row, details in found:
        if details is None:
            echo(_("%(name)s: cannot be compared just now", name=row.name))
        elif details.state == DriftState.GONE:
            echo(_("%(name)s: SuperOffice has it no longer", name=row.name))
        elif lines := [*_lines(row, details), *_lines_of_configuration(row)]:
            echo(f"{row.name}:")
            for line in lines:
                echo(f"  {line}")
    if all(map(_is_same, found)):
        echo(_("Nothing differs from SuperOffice."))


def _is_same(found: tuple[Row, Drift | None]) -> bool:
    row, details = found
    return details is not None and details.state == DriftState.SAME and not _of_configuration(row)


def _of_configuration(row: Row) -> list[RowDifference]:
    return differences_there(row) if isinstance(row, Connection) else []


def _lines_of_configuration(row: Row) -> Iterator[str]:
    words = {
        Side.OURS: _("changed here, and not written to SuperOffice yet"),
        Side.THEIRS: _("changed in SuperOffice"),
        Side.BOTH: _("changed here and in SuperOffice"),
    }
    for each in _of_configuration(row):
        yield f"{each.code}: {words[each.side]}"


def _lines(row: Row, details: Drift) -> Iterator[str]:
    language = of_environment()
    for each in details.differences:
        label = label_of(row, each, language)
        if each.secret:
            yield _("%(label)s: differs (not shown)", label=label)
        else:
            ours, theirs = (text_of(row, each, value, language) for value in (each.ours, each.theirs))
            yield _("%(label)s: here %(ours)s, in SuperOffice %(theirs)s", label=label, ours=ours, theirs=theirs)


def _to_json(row: Row, details: Drift | None) -> dict[str, Any]:
    record = drift_of(row)
    return {
        "kind": "connector" if isinstance(row, Connector) else "connection",
        "name": row.name,
        "superoffice_id": row.superoffice_id,
        "state": details.state.value if details else None,
        "changed_by": record.changed_by if record else "",
        "changed_at": record.changed_at.isoformat() if record and record.changed_at else None,
        "differences": [_difference(row, each, details) for each in details.differences] if details else [],
        "configuration": [{"row": each.code, "state": each.side.value} for each in _of_configuration(row)],
    }


def _difference(row: Row, difference: Difference, details: Drift) -> dict[str, Any]:
    """The values in plain words, so that scripts need to know no encoding; none of a secret."""
    ours, theirs = (
        None if difference.secret else text_of(row, difference, value, "en")
        for value in (difference.ours, difference.theirs)
    )
    side = details.sides[difference.code].value
    return {"field": difference.code, "state": side, "here": ours, "there": theirs, "secret": difference.secret}
