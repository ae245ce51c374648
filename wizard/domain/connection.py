"""What an administrator types for an ERP connection, and what has to be right before it can be saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Self

from wizard.domain.invisible import has_invisible

MAX_TEXT = 254
"""As SuperOffice's table ErpConnection keeps name and description, in characters."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Who may use a connection: everyone, or users and groups by id."""

    everyone: bool = True
    group_ids: tuple[int, ...] = ()
    user_ids: tuple[int, ...] = ()

    @classmethod
    def of(cls, group_ids: Iterable[int], user_ids: Iterable[int], *, everyone: bool = False) -> Self:
        return cls(everyone, tuple(group_ids), tuple(user_ids))

    @classmethod
    def from_draft(cls, draft: Mapping[str, Any]) -> Self:
        """From step 3. The ids stay beside `everyone`, for one who changes their mind."""
        # Drafts of version 1.0 call the ids `groups` and `people`.
        groups = draft.get("group_ids", draft.get("groups", ()))
        users = draft.get("user_ids", draft.get("people", ()))
        return cls.of(groups, users, everyone=draft.get("scope", "everyone") == "everyone")

    def to_draft(self) -> dict[str, Any]:
        choice = "everyone" if self.everyone else "specific"
        return {"scope": choice, "group_ids": list(self.group_ids), "user_ids": list(self.user_ids)}

    def sorted(self) -> Self:
        """The same users and groups in an order of their own, for comparing."""
        return replace(self, group_ids=tuple(sorted(self.group_ids)), user_ids=tuple(sorted(self.user_ids)))

    def __bool__(self) -> bool:
        """Whether anybody may use it."""
        return bool(self.everyone or self.group_ids or self.user_ids)


EVERYONE = Scope()


def _text(*, required: bool = False) -> Any:
    return field(default="", metadata={"max_length": MAX_TEXT, "required": required})


@dataclass(frozen=True, slots=True)
class ConnectionInput:
    """What a form, a file or a row says of a connection, in SuperOffice's order. It alone is saved.

    `config` has every configuration value by field key, encoded as it travels.
    """

    name: str = _text(required=True)
    connector_id: int | None = field(default=None, metadata={"required": True})
    scope: Scope = field(default=EVERYONE, metadata={"required": True})
    config: dict[str, str] = field(default_factory=dict)
    description: str = _text()

    def __post_init__(self) -> None:
        if self.scope.everyone:
            object.__setattr__(self, "scope", EVERYONE)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """From `Connection.pending`."""
        # Version 1.0 calls the ids of users `person_ids`.
        users = data.get("user_ids", data.get("person_ids", ()))
        return cls(
            **{name: data.get(name, "") for name in TEXTS},
            connector_id=data["connector_id"],
            scope=Scope.of(data["group_ids"], users, everyone=data["all_access"]),
            config=data["config"],
        )

    def to_json(self) -> dict[str, Any]:
        return {
            **self.texts,
            "connector_id": self.connector_id,
            "all_access": self.scope.everyone,
            "group_ids": list(self.scope.group_ids),
            "user_ids": list(self.scope.user_ids),
            "config": self.config,
        }

    @property
    def texts(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in TEXTS}

    def problems(self) -> dict[str, str]:
        """What keeps it from being saved, a code by field: `missing`, `too_long` or `invisible`.

        Whether the configuration is complete is for the connector's fields to say, and whether it works for a test.
        """
        found: dict[str, str] = {}
        for each in fields(self):
            value = getattr(self, each.name)
            if each.name in TEXTS and len(value) > each.metadata["max_length"]:
                found[each.name] = "too_long"
            elif each.metadata.get("required") and not value:
                found[each.name] = "missing"
            elif each.name == "name" and has_invisible(value):
                found[each.name] = "invisible"
        return found


TEXTS = tuple(each.name for each in fields(ConnectionInput) if "max_length" in each.metadata)
"""The fields that are plain texts, in a form, a draft, a row and a file alike."""
