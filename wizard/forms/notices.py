"""The form of a recipient of notifications."""

from __future__ import annotations

import re

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, RadioField, SelectMultipleField, StringField
from wtforms.validators import AnyOf, DataRequired, Length, ValidationError

from wizard.domain.languages import LANGUAGES
from wizard.domain.notices import Channel
from wizard.forms.row_id import VersionField, row_id
from wizard.forms.texts import NAME_LENGTH, trimmed, visible
from wizard.time_zones import find_time_zone

MAX_ADDRESS_LENGTH = 2000
EVERYTHING, CHOSEN = "everything", "chosen"
_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")


def _is_time(_form: object, field: Field) -> None:
    if field.data and not _TIME.fullmatch(field.data):
        raise ValidationError(_("Enter a time like 22:00."))


class RecipientForm(FlaskForm):  # type: ignore[misc]
    """A recipient. The address of a saved one is not in it: left empty, it stays as it is."""

    name = StringField(
        filters=[trimmed], validators=[DataRequired(_l("Enter a name.")), Length(max=NAME_LENGTH), visible]
    )
    channel = RadioField(
        choices=[each.value for each in Channel],
        validate_choice=False,
        validators=[DataRequired(_l("Choose how the notifications are sent."))],
    )
    address = StringField(filters=[trimmed], validators=[Length(max=MAX_ADDRESS_LENGTH), visible])
    told_of = RadioField(choices=[EVERYTHING, CHOSEN], default=EVERYTHING)
    connections = SelectMultipleField(coerce=lambda value: row_id(str(value)), validate_choice=False)
    language = StringField(validators=[AnyOf(LANGUAGES)])
    time_zone = StringField()
    quiet_from = StringField(filters=[trimmed], validators=[_is_time])
    quiet_until = StringField(filters=[trimmed], validators=[_is_time])
    version = VersionField()

    is_new = False

    def validate_address(self, field: Field) -> None:
        if self.is_new and not field.data:
            raise ValidationError(_("Enter the address."))

    def validate_channel(self, field: Field) -> None:
        if field.data not in list(Channel):
            raise ValidationError(_("Choose how the notifications are sent."))

    def validate_connections(self, field: Field) -> None:
        if self.told_of.data == CHOSEN and not field.data:
            raise ValidationError(_("Choose at least one connection."))

    def validate_time_zone(self, field: Field) -> None:
        if find_time_zone(field.data) is None:
            raise ValidationError(_("Choose a time zone."))

    def validate_quiet_until(self, field: Field) -> None:
        if bool(field.data) != bool(self.quiet_from.data):
            raise ValidationError(_("Enter both times, or none."))
        if field.data and field.data == self.quiet_from.data:
            raise ValidationError(_("Enter two different times."))
