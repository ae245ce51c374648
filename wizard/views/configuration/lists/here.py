"""The list that a page is about, among the lists of its connection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from wizard.domain.configuration import Configuration, Schema
from wizard.models import Connection
from wizard.views.configuration.lists.lists_of import MappedList, mapped_lists_of
from wizard.views.configuration.lists.shown import OpenList
from wizard.web import current_language

PARAMETERS = ("type", "field", "f", "q", "p")


@dataclass(frozen=True)
class Here:
    """`chosen` is None where no list is mapped. `is_asked`: it is the one that the address names, if that names one."""

    connection: Connection
    configuration: Configuration
    schema: Schema
    lists: Sequence[MappedList]
    chosen: MappedList | None
    is_asked: bool

    @property
    def open(self) -> OpenList | None:
        """None for a list that was not read, on one side or on both."""
        each = self.chosen
        if each is None or each.erp_items is None or each.crm_items is None:
            return None
        return OpenList(each, each.erp_items, each.crm_items)

    def url(self, **changes: Any) -> str:
        """The address of this page with some parameters changed, or removed by None."""
        present = {name: request.args[name] for name in PARAMETERS if name in request.args}
        values = {name: value for name, value in {**present, **changes}.items() if value not in (None, "", 1)}
        return url_for("configuration.lists", connection_id=self.connection.id, **values)


def here_of(connection: Connection, configuration: Configuration, schema: Schema) -> Here:
    """The list that the address names, else the first."""
    lists = mapped_lists_of(configuration, schema, current_language())
    asked = asked_list()
    found = next((each for each in lists if each.ends == asked), None)
    first = lists[0] if lists else None
    return Here(connection, configuration, schema, lists, found or first, found is not None or asked == ("", ""))


def asked_list() -> tuple[str, str]:
    """The actor type and the key of the field that the address names."""
    return request.args.get("type", ""), request.args.get("field", "")
