"""The fields of an actor type in their rank, as `configuration/order/_order.html` renders them."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user

from wizard.domain.configuration import ActorType, FieldSettings, Part, TypeSettings
from wizard.domain.fields import in_language
from wizard.messages import actor_type_name
from wizard.views.configuration.order.moves import MoveNote
from wizard.views.configuration.order.order_view import OrderRow, OrderThere, OrderView
from wizard.views.configuration.parts import part_url
from wizard.views.configuration.subject import Subject
from wizard.web import Filter, current_language


def rank_view(subject: Subject, note: MoveNote | None = None, there: OrderThere | None = None) -> OrderView:
    connection_id, name = subject.connection.id, subject.actor_type.name
    return OrderView(
        url=rank_url(connection_id, name),
        label=_("Rank the fields of %(actor_type)s", actor_type=actor_type_name(name)),
        title=actor_type_name(name),
        first_column=_("Rank and ERP field"),
        second_column=_("ERP tab"),
        rows=_rows(subject.actor_type, subject.settings),
        may_move=current_user.is_administrator,
        hint=_("Each move is saved at once. Which fields are on the ERP tab is chosen here:"),
        nothing=_("The ERP has named no field of this type."),
        hint_link=(_("Mappings"), part_url(connection_id, Part.MAPPINGS, name)),
        filters=[
            Filter(actor_type_name(each.name), rank_url(connection_id, each.name), each.name == name)
            for each in subject.schema.types
        ],
        note=note,
        there=there,
    )


def rank_url(connection_id: int, actor_type: str) -> str:
    return url_for("configuration.rank", connection_id=connection_id, type=actor_type)


def _rows(actor_type: ActorType, settings: TypeSettings) -> list[OrderRow]:
    numbers = {key: number for number, key in enumerate(sorted(settings.by_key))}
    return [_row(actor_type, each, numbers[each.key]) for each in settings.fields]


def _row(actor_type: ActorType, settings: FieldSettings, number: int) -> OrderRow:
    field = actor_type.field(settings.key)
    return OrderRow(
        id=f"field-{number}",
        key=settings.key,
        name=field.name_in(current_language()),
        sub=in_language(field.description, current_language()),
        here=_("(missing in the ERP)") if field.is_missing else "",
        badge=(_("On the ERP tab"), "ok") if settings.show_in_tab else None,
        text=_("Not on the ERP tab"),
    )
