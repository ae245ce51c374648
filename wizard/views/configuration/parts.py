"""What the pages of a connection's configuration share: the connection, and the links to its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from wizard.domain.configuration import Part
from wizard.models import Connection
from wizard.services.configuration import ConfigurationSummary, PartSummary, summary

PART_NAMES: Mapping[Part, LazyString] = {
    Part.MAPPINGS: _l("Mappings"),
    Part.LISTS: _l("List mapping"),
    Part.DEFAULTS: _l("Defaults"),
    Part.RANK: _l("Rank Fields"),
    Part.PRIORITY: _l("Sync priority"),
    Part.IMPORT: _l("Import from ERP"),
}
_ENDPOINTS = {part: f"configuration.{part.value}" for part in Part} | {Part.IMPORT: "configuration.import_"}


@dataclass(frozen=True)
class PartLink:
    """A page of the connection; `count` says how much is left there."""

    text: str
    href: str
    current: bool
    count: str = ""


def page_parts(
    connection: Connection,
    part: Part | None,
    found: ConfigurationSummary | None = None,
    *,
    is_monitoring: bool = False,
) -> dict[str, Any]:
    """What the template of every part needs; None for the connection's own page, or that of its Monitoring.

    `found` is the summary of what is configured, where the page has made it already.
    """
    links = part_links(connection, part, (found or summary(connection)).parts, is_monitoring=is_monitoring)
    return {"connection": connection, "subnav": links}


def part_links(
    connection: Connection,
    current: Part | None,
    parts: Mapping[Part, PartSummary],
    *,
    is_monitoring: bool = False,
) -> list[PartLink]:
    is_overview = current is None and not is_monitoring
    overview = PartLink(_("Overview"), url_for("connections.show", connection_id=connection.id), is_overview)
    monitoring = PartLink(_("Monitoring"), url_for("watch.connection", connection_id=connection.id), is_monitoring)
    return [
        overview,
        *(
            PartLink(str(text), part_url(connection.id, part), part is current, _left(parts.get(part)))
            for part, text in PART_NAMES.items()
            if _has_page(part)
        ),
        monitoring,
    ]


def part_url(connection_id: int, part: Part, actor_type: str | None = None) -> str:
    """The page of a part, for an actor type."""
    if not _has_page(part):
        return url_for("connections.show", connection_id=connection_id)
    return url_for(_ENDPOINTS[part], connection_id=connection_id, type=actor_type)


def _has_page(part: Part) -> bool:
    return _ENDPOINTS[part] in current_app.view_functions


def _left(part: PartSummary | None) -> str:
    return ngettext("%(num)s left", "%(num)s left", part.left) if part and part.left else ""
