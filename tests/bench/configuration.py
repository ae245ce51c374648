"""How fast what is configured for a connection is shown and saved."""

from __future__ import annotations

import statistics
import tempfile
from dataclasses import replace
from pathlib import Path

from flask import Flask

from tests import factories
from tests.bench.pages import app_with_user
from tests.bench.ratios import in_turn, ratio
from tests.bench.superoffice import linked_app, near_and_far, repeat
from tests.factories.configuration import configured, make_linked_schema
from tests.factories.traffic import Exchange
from tests.functional.superoffice.drift.drifting import make_both_sides
from wizard.domain.configuration import (
    ActorField,
    ActorType,
    Configuration,
    FieldSettings,
    Part,
    SuperOfficeField,
    TypeSettings,
)
from wizard.extensions import db
from wizard.models import Account, Connection
from wizard.models.database import writing
from wizard.services.configuration import Written, load, save_configuration, save_type, write_there

FIELDS = 200
CHOICES = 100


def throughput_of_200_fields() -> dict[str, float]:
    """Requests a second of the mappings of 200 fields with 100 choices each, against an empty view of the same app."""
    with tempfile.TemporaryDirectory() as folder:
        app, user = app_with_user(Path(folder))
        fields = tuple(ActorField(f"Field{n}", f"Field {n}", is_searchable=n % 2 == 0) for n in range(FIELDS))
        offered = tuple(SuperOfficeField(f"contact/udef/{n}", f"Choice {n}") for n in range(CHOICES))
        schema = make_linked_schema(ActorType("Customer", fields), crm_fields={"Contact": offered})
        page = f"/connections/{configured(app, schema=schema)}/mappings?type=Customer"
        ours, theirs = in_turn(lambda: user.get(page), lambda: user.get("/empty"), 100)
        factories.close(app)
    return {name: 1 / value for name, value in ratio(ours, theirs, statistics.median).items()}


def cost_of_saving_200_rows() -> dict[str, dict[str, float]]:
    """200 changed rows of a mapping, saved here and written to SuperOffice, against the same calls alone."""
    return near_and_far(_cost_of_saving_200_rows)


def _cost_of_saving_200_rows(**behaviour: object) -> dict[str, float]:
    with linked_app(**behaviour) as (app, there):
        factories.sign_in(app, "Ingrid Berg")
        connection_id = _with_fields(app, there)

        def save_to_and_fro() -> list[list[Exchange]]:
            return [_save(app, there, connection_id, shown=shown) for shown in (True, False)]

        save_to_and_fro()  # at first the fields of both sides are read, too
        saves = save_to_and_fro()

        def repeat_calls() -> None:
            for calls in saves:
                repeat(calls, there.origin)

        ours, theirs = in_turn(save_to_and_fro, repeat_calls, 20)
        return ratio(ours, theirs, statistics.median) | {"calls": len(saves[0])}


def _with_fields(app: Flask, there: factories.PracticeSuperOffice) -> int:
    """A connection on both sides whose customers have many fields, all of them read."""
    both = make_both_sides(app, there, is_linked=True)
    (document,) = there.twin.store.all("connection")
    own = document["Mappings"]["Customer"]["Fields"]
    more = range(len(own), FIELDS)
    fields = [*own, *(own[0] | {"Id": 1000 + n, "Key": f"Field{n}", "Rank": n, "Access": "Normal"} for n in more)]
    document["Mappings"]["Customer"]["Fields"] = fields
    there.twin.store.put("connection", both.there_id, document)
    settings = TypeSettings("Customer", fields=tuple(FieldSettings(each["Key"]) for each in fields))
    with app.app_context(), writing():
        connection = db.session.get_one(Connection, both.connection_id)
        save_configuration(None, connection, Configuration((settings,)), "configuration.imported")
    return both.connection_id


def _save(app: Flask, there: factories.PracticeSuperOffice, connection_id: int, *, shown: bool) -> list[Exchange]:
    """Returns the calls of the save."""
    there.traffic.clear()
    with app.app_context(), writing():
        connection = db.session.get_one(Connection, connection_id)
        account = db.session.scalars(db.select(Account)).one()
        saved = load(connection).type("Customer")
        changed = replace(saved, fields=tuple(replace(each, show_in_tab=shown) for each in saved.fields))
        save_type(account, connection, "Customer", changed, saved.versions(Part.MAPPINGS))
        assert write_there(account, connection).state is Written.DONE
    return [exchange for exchange in there.traffic if not exchange.is_inner]
