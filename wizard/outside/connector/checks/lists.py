"""Fetches the choices of list fields, within limits of time, number and size."""

from __future__ import annotations

from dataclasses import dataclass, field

from wizard.domain.check import Stage
from wizard.domain.fields import ListItem
from wizard.outside.connector.client import ConnectorClient
from wizard.outside.connector.results import explanation, is_error
from wizard.outside.http import Deadline, Failure
from wizard.outside.soap.contract import ZERO_GUID, GetListRequest

MAX_LISTS = 500
"""Calls of a check for lists: more take longer than a person waits, and no form has so many."""
MAX_LIST_ITEMS = 100_000
MAX_LIST_CHARACTERS = 8_000_000
"""Of all lists together: a hundred lists, each as large as an answer may be, would fill the memory."""


@dataclass
class Lists:
    """Fetches the lists of a connection, or of one to be, until the deadline, or until they are more, or together
    larger, than a form can hold."""

    client: ConnectorClient
    deadline: Deadline
    guid: str = ZERO_GUID
    found: dict[str, tuple[ListItem, ...]] = field(default_factory=dict)
    items: int = 0
    characters: int = 0
    calls: int = 0
    ended: str | None = None
    """The reason why no further list is fetched."""

    def fetch(self, name: str) -> str | None:
        """Fetches a list. Returns the reason why it is not available; None if it is."""
        if self.ended is None and self.deadline.is_over():
            self.ended = "http.timeout"
        if self.ended is None and self.calls == MAX_LISTS:
            self.ended = "too many lists"
        if self.ended is not None:
            return self.ended
        self.calls += 1
        try:
            items = _list_items(self.client, self.guid, name)
        except Failure as failure:
            return failure.reason
        self.items += 1 + len(items)
        self.characters += sum(len(item.key) + len(item.label) for item in items)
        if self.items > MAX_LIST_ITEMS or self.characters > MAX_LIST_CHARACTERS:
            self.ended = "too many choices"
            return self.ended
        self.found[name] = items
        return None


def _list_items(client: ConnectorClient, guid: str, name: str) -> tuple[ListItem, ...]:
    result, evidence = client.call("WSGetList", GetListRequest(connection_guid=guid, list_name=name))
    if is_error(result) or result.list_items is None:
        raise Failure(Stage.FIELDS, explanation(result) or "no list", {}, evidence)
    return tuple(ListItem(key, label or key) for key, label in result.list_items.items())
