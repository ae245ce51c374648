"""The forms of the three steps, but for the fields that a connector asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from wizard.domain.connector import ConnectorInput
from wizard.forms.row_ids import row_ids
from wizard.models import Route
from wizard.outside.http import BadCertificate, check_pem

NAME_LENGTH = 254


def trimmed(text: str | None) -> str:
    """Without the white space around it that copying brings along."""
    return (text or "").strip()


class StepForm(FlaskForm):  # type: ignore[misc]
    """A step's form; `seen_version` is the draft's version when the page was made, `typed_at` is set by script."""

    seen_version = HiddenField()
    typed_at = HiddenField()

    @property
    def seen(self) -> int | None:
        return next(iter(row_ids([self.seen_version.data or ""])), None)

    @property
    def when(self) -> int | None:
        """Milliseconds of the browser's clock at the last key; None without script."""
        text = self.typed_at.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None


class AppForm(StepForm):
    """Step 1. All of it may be saved as a draft; Continue needs what `missing` names."""

    erp = StringField(
        filters=[trimmed],
        validators=[
            DataRequired(_l("Enter the name of your ERP.")),
            Length(max=NAME_LENGTH, message=_l("Too long: 254 characters at most.")),
        ],
    )
    route = RadioField(
        choices=[SelectChoice(route.value) for route in Route],
        validators=[InputRequired(_l("Choose what you found."))],
    )
    installed = BooleanField(validators=[InputRequired(_l("Install the app first, then tick this."))])
    registered = BooleanField(
        validators=[InputRequired(_l("Register the app and get its connector URL, then tick this."))]
    )
    provider = StringField(
        filters=[trimmed], validators=[Length(max=NAME_LENGTH, message=_l("Too long: 254 characters at most."))]
    )
    contact = StringField(filters=[trimmed])

    def validate_contact(self, field: Field) -> None:
        if not field.data:
            return
        try:
            validate_email(field.data, check_deliverability=False)
        except EmailNotValidError as error:
            raise ValidationError(_("This is not an e-mail address. Write it like name@company.example.")) from error


class ConnectorForm(StepForm):
    """Step 2. Whether the address can be used is for the check to say, not for this form."""

    name = StringField(filters=[trimmed])
    url = StringField(filters=[trimmed])
    real_url = StringField(filters=[trimmed])
    ca_pem = TextAreaField(filters=[trimmed])

    @property
    def typed(self) -> ConnectorInput:
        return ConnectorInput(**{name: self[name].data or "" for name in _CONNECTOR_FIELDS})

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        problems = self.typed.problems()
        self.add_problems(problems)
        return is_valid and not problems

    def add_problems(self, problems: Mapping[str, str]) -> None:
        """Says at its field what is wrong; `problems` are codes as `ConnectorInput.problems` gives them, or `taken`."""
        for name, code in problems.items():
            self[name].errors = [_CONNECTOR_PROBLEMS[name, code]]

    def validate_ca_pem(self, field: Field) -> None:
        if not field.data:
            return
        try:
            check_pem(field.data)
        except BadCertificate as error:
            if str(error) == "private_key":
                raise ValidationError(
                    _("This holds a private key. Paste the certificate only, never the key.")
                ) from error
            raise ValidationError(_("This is no certificate. It begins with -----BEGIN CERTIFICATE-----")) from error


_CONNECTOR_FIELDS = ("name", "url", "real_url", "ca_pem")
_CONNECTOR_PROBLEMS = {
    ("name", "missing"): _l("Enter a name for the connector."),
    ("name", "too_long"): _l("Too long: SuperOffice keeps 254 characters at most."),
    ("name", "taken"): _l("Another connector has this name. Choose another one."),
    ("url", "missing"): _l("Enter the Sync Connector URL."),
    ("url", "too_long"): _l("Too long: SuperOffice keeps 1023 characters at most."),
    ("real_url", "missing"): _l("Enter the real address behind the app:// URL, so that it can be tested."),
    ("real_url", "app_scheme"): _l("Enter the real address here, one that begins with https://."),
    ("real_url", "too_long"): _l("Too long: 1023 characters at most."),
    ("ca_pem", "too_long"): _l("Too long: 64 kB at most."),
}


class ConnectionForm(StepForm):
    """Step 3, without the connector's fields."""

    name = StringField(
        filters=[trimmed],
        validators=[
            DataRequired(_l("Enter a name for the connection.")),
            Length(max=NAME_LENGTH, message=_l("Too long: SuperOffice keeps 254 characters at most.")),
        ],
    )
    connector_id = StringField()
    scope = RadioField(
        choices=[SelectChoice("everyone"), SelectChoice("specific")],
        validators=[InputRequired(_l("Choose who may use the connection."))],
    )
    description = TextAreaField(
        filters=[trimmed],
        validators=[Length(max=NAME_LENGTH, message=_l("Too long: SuperOffice keeps 254 characters at most."))],
    )
