"""The sheet as a text file: what it is about, the values, and the steps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from flask_babel import gettext as _

from wizard.views.connections.in_superoffice import ConnectionView
from wizard.views.connections.sheet import SheetRow

MAX_NAME = 100
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')


def sheet_text(view: ConnectionView) -> str:
    parts = [
        [_("%(name)s in SuperOffice", name=view.name), *_facts(view)],
        [_("Sync Connectors, Add"), *_lines(view.sheet.connector)],
        [_("ERP connections, Add"), *_lines(view.sheet.connection), _("Then press Test ERP connection, then OK.")],
        *([each.title, *_lines(each.rows)] for each in view.configuration),
        [_("Steps in SuperOffice"), *_steps(view)],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts) + "\n"


def file_name(view: ConnectionView) -> str:
    """The connection's name without what file systems refuse."""
    name = " ".join(_UNSAFE.sub(" ", view.name).split())[:MAX_NAME]
    return f"SuperOffice {name.strip(' .')}".strip() + ".txt"


def _facts(view: ConnectionView) -> Iterator[str]:
    yield view.made
    receipt = view.receipt
    if receipt and not receipt.void:
        yield _(
            "Test receipt %(number)s: %(who)s, %(when)s", number=receipt.number, who=receipt.who, when=receipt.dated
        )


def _lines(rows: Iterable[SheetRow]) -> Iterator[str]:
    hidden = _("Not shown here. Enter the one you were given.")
    return (f"{row.label}: {hidden if row.value is None else row.value}" for row in rows)


def _steps(view: ConnectionView) -> Iterator[str]:
    for step in view.steps:
        mark = "[x]" if step.done or step.seen else "[ ]"
        yield f"{mark} {step.title} ({step.when}): {step.says}"
        yield f"    {step.help_url}"
