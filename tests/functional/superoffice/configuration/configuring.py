"""A connection that stands on both sides, and what is configured for it here and there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypeVar

from flask import Flask

from tests.factories import PracticeSuperOffice, in_app
from tests.functional.superoffice.calls import Api
from tests.functional.superoffice.drift.drifting import BothSides, make_both_sides
from wizard.domain.configuration import Configuration, Direction, FieldSettings, TypeSettings
from wizard.extensions import db
from wizard.models import Account, ConfigurationState, Connection, SuperOfficeWrite
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.services.configuration import WrittenThere, load, save_configuration, state_of, write_there, write_waiting

Result = TypeVar("Result")
TO_SUPEROFFICE, BOTH_WAYS = Direction.TO_SUPEROFFICE, Direction.BOTH
MEMBERS = {"crm_key": "CrmFieldKey", "show_in_search": "ShowInSearch", "show_in_tab": "ShowInGui"}


@dataclass
class Configuring:
    """Writes settings here, reads them there by calls of our own."""

    both: BothSides
    account_id: int

    @property
    def app(self) -> Flask:
        return self.both.app

    @property
    def host(self) -> PracticeSuperOffice:
        return self.both.host

    @property
    def api(self) -> Api:
        return self.both.api

    # --- here

    def save(self, configuration: Configuration) -> None:
        with self.app.app_context(), writing():
            save_configuration(None, self._connection(), configuration, "configuration.imported")

    def set(self, actor_type: str, *, is_synced: bool = True, **fields: Mapping[str, Any]) -> None:
        """Changes settings of fields, by key; the others stay as they are."""
        here = self.here.type(actor_type)
        changed = tuple(replace(each, **fields[each.key]) if each.key in fields else each for each in here.fields)
        self.save(Configuration((replace(here, is_synced=is_synced, fields=changed),)))

    def order(self, actor_type: str, *keys: str) -> None:
        self.save(Configuration((self.here.type(actor_type).in_order(keys),)))

    @property
    def here(self) -> Configuration:
        return in_app(self.app, lambda: load(self._connection()))

    def state(self, read: Callable[[ConfigurationState], Result]) -> Result:
        def run() -> Result:
            state = state_of(self._connection())
            assert state is not None
            return read(state)

        return in_app(self.app, run)

    def change_state(self, **columns: Any) -> None:
        with self.app.app_context(), writing():
            for state in db.session.scalars(db.select(ConfigurationState)):
                for name, value in columns.items():
                    setattr(state, name, value)
            db.session.commit()

    def let_time_pass(self) -> None:
        """Until every retry is due, and SuperOffice works at nothing any more."""
        past = now() - timedelta(hours=1)
        with self.app.app_context(), writing():
            db.session.execute(db.update(SuperOfficeWrite).values(settles_at=past, created_at=past))
            for state in db.session.scalars(db.select(ConfigurationState)):
                state.retry_at = past if state.retry_at else None
                state.writing_until = None
            db.session.commit()

    # --- writing

    def write(self, **options: Any) -> WrittenThere:
        with self.app.app_context(), writing():
            return write_there(db.session.get_one(Account, self.account_id), self._connection(), **options)

    def retry(self) -> None:
        self.let_time_pass()
        with self.app.app_context():
            write_waiting()

    def activate(self) -> None:
        """Customers are synchronised by their name, on both sides, and the connection is active there."""
        self.set("Customer", Name={"direction": TO_SUPEROFFICE})
        self.write()
        assert self.api.agent("ErpSync/ToggleErpConnectionActive", {"ErpConnectionId": self.both.there_id}) == []

    # --- there

    def mapping(self, actor_type: str = "Customer") -> dict[str, Any]:
        body = {"ErpConnectionId": self.both.there_id, "ActorType": actor_type}
        return dict(self.api.agent("ErpSync/GetActorTypeMapping", body))

    def there(self, key: str, actor_type: str = "Customer") -> dict[str, Any]:
        rows = self.mapping(actor_type)["FieldMappings"]
        return next(each for each in rows if each["ErpFieldKey"] == key)

    def keys_there(self, actor_type: str = "Customer") -> list[str]:
        return [each["ErpFieldKey"] for each in self.mapping(actor_type)["FieldMappings"]]

    def items_there(self, list_name: str) -> dict[str, int]:
        lists = self.api.agent("ErpSync/GetConnectionListMappings", {"ErpConnectionId": self.both.there_id})
        rows = next(each for each in lists["ErpListItemMappings"] if each["ErpListName"] == list_name)
        items = rows["ErpCrmListItemMappings"]
        return {each["ErpListItemId"]: each["CrmListItem"]["Id"] for each in items if each["CrmListItem"]}

    def default_there(self, key: str) -> dict[str, Any]:
        field_id = self.there(key)["ErpFieldId"]
        return dict(self.api.agent("ErpSync/GetDefaultValueInfo", {"ErpFieldId": field_id}))

    def change_there(self, key: str, **members: Any) -> None:
        """As somebody does in SuperOffice."""
        mapping = self.mapping()
        next(each for each in mapping["FieldMappings"] if each["ErpFieldKey"] == key).update(members)
        self.api.agent("ErpSync/SaveActorTypeMapping", {"Mapping": mapping})

    def calls(self, begun: int) -> list[str]:
        """The operations since then, without those of the sign-in."""
        return [each.target.rpartition("/")[2] for each in self.host.traffic[begun:] if "/Agents/" in each.target]

    def _connection(self) -> Connection:
        return db.session.get_one(Connection, self.both.connection_id)


def configure(app: Flask, host: PracticeSuperOffice, account_id: int) -> Configuring:
    """With a row for every field that SuperOffice has, as it has it: mapped by itself, without a direction."""
    both = make_both_sides(app, host)
    both.change_here(guid=both.there()["ConnectionId"])
    configuring = Configuring(both, account_id)
    types = ("Customer", "Supplier", "Person", "Project")
    configuring.save(Configuration(tuple(_settings(configuring.mapping(name)) for name in types)))
    return configuring


def _settings(mapping: dict[str, Any]) -> TypeSettings:
    fields = tuple(
        FieldSettings(each["ErpFieldKey"], **{name: each[member] for name, member in MEMBERS.items()})
        for each in mapping["FieldMappings"]
    )
    return TypeSettings(mapping["ActorTypeErp"], mapping["IsActive"], fields)
