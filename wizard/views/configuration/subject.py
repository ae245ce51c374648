"""An actor type of a connection, which a page of its configuration is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from flask import abort, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from wizard.domain.configuration import ActorType, Configuration, Schema, Target, TypeSettings, targets
from wizard.messages import crm_field_name, describe
from wizard.models import ConfigurationState, Connection
from wizard.services.configuration import (
    ConfigurationSummary,
    load,
    load_schema,
    read_schema_once,
    state_of,
    summary_of,
)
from wizard.web import current_language


@dataclass(frozen=True)
class Subject:
    """An actor type with its settings, what both sides have, and what is configured for all types."""

    connection: Connection
    schema: Schema
    actor_type: ActorType
    settings: TypeSettings
    language: str
    configuration: Configuration
    state: ConfigurationState | None

    @cached_property
    def summary(self) -> ConfigurationSummary:
        """How far everything is that is configured."""
        return summary_of(self.connection, self.configuration, self.state)

    @cached_property
    def targets(self) -> Sequence[Target]:
        """Where the fields go that are mapped towards SuperOffice."""
        return targets(self.actor_type, self.settings, self.schema)

    def name_of(self, key: str) -> str:
        """What users of the ERP call a field of it."""
        return self.actor_type.field(key).name_in(self.language)

    def crm_name_of(self, key: str) -> str:
        """What SuperOffice calls the field of this key; empty for none."""
        crm = self.schema.crm_field(self.actor_type, key)
        return crm_field_name(crm, self.actor_type.crm_type, self.language) if key else ""

    @property
    def keys(self) -> list[str]:
        """The keys of those fields."""
        return [each.field.key for each in self.targets]


def subject_of(connection: Connection) -> Subject | None:
    """The actor type of the address, else the first one; aborts for one that there is not.

    None where nothing was read yet.
    """
    state = state_of(connection)  # it stays in the session, so that its schema is decrypted once
    schema = schema_of(connection)
    if schema is None or not schema.types:
        return None
    name = request.args.get("type", schema.types[0].name)
    actor_type = next((each for each in schema.types if each.name == name), None) or abort(404)
    configuration, state = load(connection), state or state_of(connection)
    return Subject(connection, schema, actor_type, configuration.type(name), current_language(), configuration, state)


def schema_of(connection: Connection) -> Schema | None:
    """What both sides have. Reads them first if that was never tried."""
    may_read = current_user.is_administrator and connection.deleted_at is None
    return read_schema_once(connection) if may_read else load_schema(connection)


@dataclass(frozen=True)
class Unread:
    """Why the fields are not known, and what reads them."""

    why: str
    what_to_do: str
    read_url: str


def unread(connection: Connection) -> Unread:
    """For a page without a subject."""
    state = state_of(connection)
    words = describe(state.failure) if state and state.failure else None
    return Unread(
        why=words.says if words else _("The ERP has named none."),
        what_to_do=(words and words.what_to_do) or "",
        read_url=url_for("configuration.read_fields", connection_id=connection.id),
    )
