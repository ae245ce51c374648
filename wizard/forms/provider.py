"""The forms of providers' links and keys."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from wizard.forms.texts import NAME_LENGTH, trimmed, visible


class ProviderKeyForm(FlaskForm):  # type: ignore[misc]
    """A key that an administrator accepts."""

    name = StringField(
        _l("Provider"),
        filters=[trimmed],
        validators=[DataRequired(_l("Give the provider's name.")), Length(max=NAME_LENGTH), visible],
    )
    key = TextAreaField(
        _l("Public key"), filters=[trimmed], validators=[DataRequired(_l("Paste the key that the provider gave you."))]
    )
