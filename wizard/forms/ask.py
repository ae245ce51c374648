"""The form that asks a colleague for passwords."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from wizard.forms.texts import NAME_LENGTH, trimmed, visible

MAX_MESSAGE = 2000


class AskForm(FlaskForm):  # type: ignore[misc]
    """Whom is asked, and with what words; the fields and the days are chosen beside it."""

    who = StringField(
        _l("Who is it for?"),
        filters=[trimmed],
        validators=[DataRequired(_l("Say who it is for, so that you know later.")), Length(max=NAME_LENGTH), visible],
    )
    message = TextAreaField(
        _l("Message"), filters=[trimmed], validators=[Length(max=MAX_MESSAGE, message=_l("2,000 characters at most."))]
    )
