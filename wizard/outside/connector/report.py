"""The report of a check, and the redaction of what it has read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from wizard.domain.fields import ConfigField
from wizard.outside.redaction import Redactor
from wizard.outside.running_check import Report, without_secrets
from wizard.outside.soap.contract import Namespaces

Catalog = dict[str, dict[str, Any]]
"""By the name of a record its fields, as `ConfigField.to_json`, and the names of those that can be searched."""


@dataclass(frozen=True)
class CheckReport(Report):
    """The results of a connector's check, and what it has read. `fields` is None if the connector has not declared any.

    `is_stored` says whether the connector has kept the connection that was sent; None if its answer did not come.
    """

    fields: tuple[ConfigField, ...] | None = None
    catalog: Catalog | None = None
    namespaces: Namespaces = Namespaces()
    is_stored: bool | None = False

    def without(self, secrets: Collection[str]) -> CheckReport:
        """A copy without these secrets, wherever the connector repeats them."""
        if not secrets:
            return self
        redactor = Redactor(secrets)
        return replace(
            self,
            results=without_secrets(self.results, redactor),
            fields=redacted_fields(self.fields, redactor),
            catalog=redacted_catalog(self.catalog, redactor),
        )

    def without_in_keys(self, secrets: Collection[str]) -> CheckReport:
        """The same without them in the keys of fields and the names of lists: to be read, not to be filled in."""
        mask, report = Redactor(secrets), self.without(secrets)
        fields = (replace(each, key=mask(each.key), list_name=mask(each.list_name)) for each in report.fields or ())
        return replace(report, fields=None if report.fields is None else tuple(fields))


def redacted_fields(fields: tuple[ConfigField, ...] | None, redactor: Redactor) -> tuple[ConfigField, ...] | None:
    """The fields with masked secrets. A form can still be made of them."""
    mask = _mask_of((text for each in fields or () for text in each.texts()), redactor)
    return tuple(each.masked(mask) for each in fields) if fields and mask else fields


def redacted_catalog(catalog: Catalog | None, redactor: Redactor) -> Catalog | None:
    """The catalog with masked secrets, in the names of records and fields too: nothing is sent under these."""
    mask = _mask_of(_texts_of(catalog or {}), redactor)
    if not catalog or not mask:
        return catalog
    return {
        mask(name): {
            "fields": [
                ConfigField.from_json(each).masked(mask).to_json() | {"key": mask(each["key"])}
                for each in actor["fields"]
            ],
            "searchable": [mask(each) for each in actor["searchable"]],
        }
        for name, actor in catalog.items()
    }


def _texts_of(catalog: Catalog) -> Iterator[str]:
    for name, actor in catalog.items():
        yield from (name, *actor["searchable"])
        for each in actor["fields"]:
            yield from (each["key"], *ConfigField.from_json(each).texts())


def _mask_of(texts: Iterable[str], redactor: Redactor) -> Callable[[str], str] | None:
    """Masks these texts, which are looked through at once: a connector may give a hundred thousand.

    None where no secret stands in any of them.
    """
    every = list(dict.fromkeys(texts))
    masked = redactor.each(every)
    return None if masked == every else dict(zip(every, masked, strict=True)).__getitem__
