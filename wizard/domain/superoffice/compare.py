"""How a connector or a connection differs between the wizard and SuperOffice (docs/superoffice.md: What is compared).

Both sides are the same values: those of a row, with SuperOffice's ids, and those that SuperOffice was asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any

from wizard.domain.fields import ConfigField, same_text


class Part(StrEnum):
    """What of a connector or a connection is compared; of the configuration, each value by its key."""

    NAME = "name"
    URL = "url"
    DESCRIPTION = "description"
    CONNECTOR = "connector"
    ACTIVE = "active"
    SCOPE = "scope"
    CONFIG = "config"


@dataclass(frozen=True, slots=True)
class SuperOfficeScope:
    """Who may use a connection, by SuperOffice's ids. Beside everyone there are no ids."""

    everyone: bool = True
    group_ids: frozenset[int] = frozenset()
    associate_ids: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if self.everyone:
            object.__setattr__(self, "group_ids", frozenset())
            object.__setattr__(self, "associate_ids", frozenset())

    def to_json(self) -> dict[str, Any]:
        ids = {"group_ids": sorted(self.group_ids), "associate_ids": sorted(self.associate_ids)}
        return {"everyone": self.everyone, **ids}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> SuperOfficeScope:
        return cls(data["everyone"], frozenset(data["group_ids"]), frozenset(data["associate_ids"]))


@dataclass(frozen=True, slots=True)
class ConnectorValues:
    """A Sync Connector on one of the two sides. The name may be a multi-language text."""

    name: str = ""
    url: str = ""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ConnectorValues:
        return cls(**data)


@dataclass(frozen=True, slots=True)
class ConnectionValues:
    """An ERP connection on one of the two sides. Name and description may be multi-language texts.

    `connector` is SuperOffice's id of its connector. `config` has every value by field key, encoded.
    """

    name: str = ""
    description: str = ""
    connector: int = 0
    active: bool = False
    scope: SuperOfficeScope = SuperOfficeScope()
    config: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        plain = {each.name: getattr(self, each.name) for each in fields(self)}
        return {**plain, "scope": self.scope.to_json(), "config": dict(self.config)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ConnectionValues:
        return cls(**{**data, "scope": SuperOfficeScope.from_json(data["scope"])})


Values = ConnectorValues | ConnectionValues
Value = str | int | bool | SuperOfficeScope


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that differs. Of a secret, neither side is told; `key` is the field's key in the configuration.

    `is_known` is false for the value of a field that is not known here, which may be a secret.
    """

    field: Part
    ours: Value
    theirs: Value
    secret: bool = False
    key: str = ""
    is_known: bool = True

    @property
    def code(self) -> str:
        """Names the value in a form and in a file."""
        return f"{self.field}.{self.key}" if self.key else self.field.value


def differences(
    ours: Values, theirs: Values, config_fields: Iterable[ConfigField] = (), readable: Collection[str] = ()
) -> tuple[Difference, ...]:
    """What differs, in SuperOffice's order.

    SuperOffice may answer a secret with nothing, a mask or a text of its own: a difference is known only of a secret
    that is `readable`, see `readable_secrets`.
    """
    return (*_plain_differences(ours, theirs), *_config_differences(ours, theirs, config_fields, readable))


def readable_secrets(
    sent: ConnectionValues, received: ConnectionValues, config_fields: Iterable[ConfigField]
) -> frozenset[str]:
    """The keys of the secrets that SuperOffice has shown as they are: after a save, it answered what it was sent."""
    secrets = (each.key for each in config_fields if each.is_secret)
    return frozenset(key for key in secrets if sent.config.get(key) and sent.config[key] == received.config.get(key))


def _plain_differences(ours: Values, theirs: Values) -> Iterator[Difference]:
    for each in fields(ours):
        mine, other = getattr(ours, each.name), getattr(theirs, each.name)
        if each.name != Part.CONFIG and not _same(mine, other):
            yield Difference(Part(each.name), mine, other)


def _same(mine: Value, other: Value) -> bool:
    return same_text(mine, other) if isinstance(mine, str) and isinstance(other, str) else mine == other


def _config_differences(
    ours: Values, theirs: Values, config_fields: Iterable[ConfigField], readable: Collection[str]
) -> Iterator[Difference]:
    if not isinstance(ours, ConnectionValues) or not isinstance(theirs, ConnectionValues):
        return
    known = {each.key: each for each in config_fields}
    for key in dict.fromkeys((*known, *ours.config, *theirs.config)):
        mine, other = ours.config.get(key, ""), theirs.config.get(key, "")
        if _differs(known.get(key), mine, other, readable):
            yield _config_difference(key, known.get(key), mine, other)


def _differs(config_field: ConfigField | None, mine: str, other: str, readable: Collection[str]) -> bool:
    """Whether two values are known to differ; of a field that is not known, the texts count."""
    if config_field is None:
        return mine != other
    if config_field.is_secret and config_field.key not in readable:
        return False
    return config_field.takes_input and not config_field.type.value_type.same(mine, other)


def _config_difference(key: str, config_field: ConfigField | None, mine: str, other: str) -> Difference:
    if config_field is None or config_field.is_secret:
        return Difference(Part.CONFIG, "", "", secret=True, key=key, is_known=config_field is not None)
    return Difference(Part.CONFIG, mine, other, key=key)
