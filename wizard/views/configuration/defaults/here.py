"""The actor type that a page of defaults is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import abort, request, url_for
from flask_babel import gettext as _

from wizard.domain.configuration import ActorField, ActorType, Configuration, FieldSettings, Schema, TypeSettings
from wizard.messages import actor_type_name
from wizard.models import Connection
from wizard.services.configuration import load
from wizard.views.configuration.defaults.view import DefaultsView, TypeLink, default_rows, free_fields
from wizard.views.configuration.subject import schema_of
from wizard.web import current_language


@dataclass(frozen=True)
class Defaults:
    """`settings` are those of the chosen type; without any that is synchronised it has no name."""

    connection: Connection
    schema: Schema
    configuration: Configuration
    settings: TypeSettings

    @property
    def actor_type(self) -> ActorType:
        return self.schema.type(self.settings.actor_type)

    @property
    def url(self) -> str:
        return url_for("configuration.defaults", connection_id=self.connection.id, type=self.settings.actor_type)

    def field(self, key: str) -> tuple[ActorField, Mapping[str, str] | None, FieldSettings]:
        """The field, the items of its list, and what is saved for it. Answers 404 for one that is not there."""
        if key not in self.settings.by_key:
            abort(404)
        erp = self.actor_type.field(key)
        return erp, self.schema.lists.get(erp.list_name), self.settings.field(key)

    def view(self) -> DefaultsView:
        add_url = url_for(
            "configuration.default_value", connection_id=self.connection.id, type=self.settings.actor_type
        )
        free = free_fields(self.actor_type, self.settings)
        return DefaultsView(
            title=_("Default values of %(actor_type)s", actor_type=actor_type_name(self.settings.actor_type)),
            types=[self._link(each) for each in self._types],
            note=self._note(),
            rows=default_rows(self.connection.id, self.actor_type, self.settings, self.schema, current_language()),
            add_url=add_url if free else "",
            empty=self._empty(bool(free)),
        )

    @property
    def _types(self) -> list[TypeSettings]:
        """Those that are synchronised, and the one of the page."""
        return [each for each in self.configuration.types if each.is_synced or each is self.settings]

    def _note(self) -> str:
        name = actor_type_name(self.settings.actor_type)
        is_off = self.settings.actor_type and not self.settings.is_synced
        return _("%(actor_type)s is not synchronised. Its default values are kept.", actor_type=name) if is_off else ""

    def _link(self, each: TypeSettings) -> TypeLink:
        href = url_for("configuration.defaults", connection_id=self.connection.id, type=each.actor_type)
        count = sum(setting.has_default for setting in each.fields)
        return TypeLink(actor_type_name(each.actor_type), count, href, each is self.settings)

    def _empty(self, has_free: bool) -> str:
        if not self.settings.actor_type:
            return _("No actor type is synchronised yet. Choose one under Mappings.")
        if not has_free:
            return _("No field is left for a default value: all are mapped, or the ERP fills them itself.")
        return _("No default values yet. A new record in the ERP gets what SuperOffice has for it.")


def defaults_of(connection: Connection) -> Defaults:
    """The type that the address names, else the first that is synchronised; aborts for one that there is not.

    A form stays that of its type when somebody stops to synchronise it.
    """
    configuration, schema = load(connection), schema_of(connection) or Schema()
    asked, synced = request.args.get("type"), configuration.synced
    if asked is None:
        chosen = synced[0] if synced else TypeSettings("")
    else:
        chosen = next((each for each in configuration.types if each.actor_type == asked), None) or abort(404)
    return Defaults(connection, schema, configuration, chosen)
