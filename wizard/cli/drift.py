"""`erp-wizard drift`: asks SuperOffice and prints what differs from here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask_babel import gettext as _

from wizard.domain.check import StageResult
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


@dataclass(frozen=True)
class _Compared:
    """A row, what differs of it, and why its configuration could not be compared."""

    row: Row
    details: Drift | None
    refusal: StageResult | None

    @property
    def is_same(self) -> bool:
        is_same = self.details is not None and self.details.state == DriftState.SAME
        return is_same and self.refusal is None and not _of_configuration(self.row)


def run(app: Flask, *, as_json: bool, echo: Echo) -> bool:
    """Whether everything is the same. Raises InvalidState where SuperOffice could not be asked."""
    with app.app_context(), writing():
        refusals = _compare()
        found = [
            _Compared(row, details_of(row), refusals.get(row.id) if isinstance(row, Connection) else None)
            for row in compared_rows()
        ]
        if as_json:
            echo(json.dumps([_to_json(each) for each in found], indent=2, ensure_ascii=False))
        else:
            _print(found, echo)
        return all(each.is_same for each in found)


def _compare() -> Mapping[int, StageResult]:
    """Why the configuration of connections could not be compared, by their ids."""
    try:
        compare_all()
        return compare_configurations()
    except SuperOfficeError as error:
        words = describe(error.result)
        raise InvalidState(" ".join(text for text in (words.says, words.what_to_do) if text)) from error
    except InvalidState as error:
        raise InvalidState(_("No SuperOffice is linked in which the wizard may save.")) from error


def _print(found: list[_Compared], echo: Echo) -> None:
    for each in found:
        row, details = each.row, each.details
        if details is None:
            echo(_("%(name)s: cannot be compared just now", name=row.name))
        elif details.state == DriftState.GONE:
            echo(_("%(name)s: SuperOffice has it no longer", name=row.name))
        elif lines := [*_lines(row, details), *_lines_of_configuration(row), *_lines_of_refusal(each.refusal)]:
            echo(f"{row.name}:")
            for line in lines:
                echo(f"  {line}")
    if all(each.is_same for each in found):
        echo(_("Nothing differs from SuperOffice."))


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


def _lines_of_refusal(refusal: StageResult | None) -> Iterator[str]:
    if refusal is not None:
        yield _("its configuration cannot be compared just now. %(why)s", why=describe(refusal).says)


def _lines(row: Row, details: Drift) -> Iterator[str]:
    language = of_environment()
    for each in details.differences:
        label = label_of(row, each, language)
        if each.secret:
            yield _("%(label)s: differs (not shown)", label=label)
        else:
            ours, theirs = (text_of(row, each, value, language) for value in (each.ours, each.theirs))
            yield _("%(label)s: here %(ours)s, in SuperOffice %(theirs)s", label=label, ours=ours, theirs=theirs)


def _to_json(compared: _Compared) -> dict[str, Any]:
    row, details, refusal = compared.row, compared.details, compared.refusal
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
        "not_compared": describe(refusal).says if refusal else None,
    }


def _difference(row: Row, difference: Difference, details: Drift) -> dict[str, Any]:
    """The values in plain words, so that scripts need to know no encoding; none of a secret."""
    ours, theirs = (
        None if difference.secret else text_of(row, difference, value, "en")
        for value in (difference.ours, difference.theirs)
    )
    side = details.sides[difference.code].value
    return {"field": difference.code, "state": side, "here": ours, "there": theirs, "secret": difference.secret}
