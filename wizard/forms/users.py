"""Forms for users, groups and their import."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FileField, HiddenField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length

from wizard.forms.row_id import VersionField, row_id
from wizard.forms.texts import NAME_LENGTH, trimmed, visible

_NAME = (Length(max=NAME_LENGTH, message=_l("Too long: 254 characters at most.")), visible)


class UserForm(FlaskForm):  # type: ignore[misc]
    """A SuperOffice user."""

    name = StringField(filters=[trimmed], validators=[DataRequired(_l("Enter a name.")), *_NAME])
    username = StringField(
        filters=[trimmed],
        validators=[DataRequired(_l("Enter the user name in SuperOffice.")), *_NAME],
    )
    groups = SelectMultipleField(coerce=lambda value: row_id(str(value)), validate_choice=False)
    version = VersionField()


class GroupForm(FlaskForm):  # type: ignore[misc]
    """A SuperOffice user group."""

    name = StringField(filters=[trimmed], validators=[DataRequired(_l("Enter a name.")), *_NAME])
    version = VersionField()


class ImportForm(FlaskForm):  # type: ignore[misc]
    """`text` carries the file from its preview to the import, `fingerprint` the plan that the preview showed."""

    file = FileField()
    text = HiddenField()
    fingerprint = HiddenField()
