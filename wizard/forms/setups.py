"""The forms of the three steps, but for the fields that a connector asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from wizard.domain.connector import ConnectorInput
from wizard.forms.texts import INVISIBLE, NAME_LENGTH, trimmed
from wizard.models import Route
from wizard.outside.http import BadCertificate, check_pem

Problems = Mapping[tuple[str, str], LazyString]
"""What is wrong, by the name of a field and a code."""
TOO_LONG = _l("Too long: SuperOffice keeps 254 characters at most.")
APP_LABELS = {
    "erp": _l("Which ERP do you use?"),
    "route": _l("What did you find?"),
    "installed": _l("The app is installed"),
    "registered": _l("It is registered, and I have its connector URL"),
    "provider": _l("Company or team"),
    "contact": _l("Support e-mail"),
}
CONNECTOR_LABELS = {
    "name": _l("Name"),
    "url": _l("Sync Connector URL"),
    "real_url": _l("Real address"),
    "ca_pem": _l("Certificate of the authority"),
}
CONNECTION_LABELS = {
    "name": _l("Name"),
    "connector_id": _l("ERP Sync Connector"),
    "scope": _l("Scope"),
    "description": _l("Description"),
}
"""What is typed at each step, by its name in the form, the draft and the row."""


def require_certificate(field: Field) -> None:
    """Raises ValidationError for a text that is there and is no certificate."""
    if not field.data:
        return
    try:
        check_pem(field.data)
    except BadCertificate as error:
        if str(error) == "private_key":
            raise ValidationError(_("This holds a private key. Paste the certificate only, never the key.")) from error
        raise ValidationError(_("This is no certificate. It begins with -----BEGIN CERTIFICATE-----")) from error


class StepForm(FlaskForm):  # type: ignore[misc]
    """A step's form."""

    PROBLEMS: ClassVar[Problems] = {}

    def texts(self, names: Iterable[str]) -> dict[str, str]:
        return {name: self[name].data or "" for name in names}

    def add_problems(self, problems: Mapping[str, str]) -> None:
        """Says at its field what is wrong; `problems` are codes as an input's `problems()` gives them, or `taken`."""
        for name, code in problems.items():
            self[name].errors = [self.PROBLEMS.get((name, code), TOO_LONG)]


class AppForm(StepForm):
    """Step 1. All of it may be saved as a draft."""

    erp = StringField(
        APP_LABELS["erp"],
        filters=[trimmed],
        validators=[
            DataRequired(_l("Enter the name of your ERP.")),
            Length(max=NAME_LENGTH, message=_l("Too long: 254 characters at most.")),
        ],
    )
    route = RadioField(
        APP_LABELS["route"],
        choices=[SelectChoice(route.value) for route in Route],
        validators=[InputRequired(_l("Choose what you found."))],
    )
    installed = BooleanField(
        APP_LABELS["installed"], validators=[InputRequired(_l("Install the app first, then tick this."))]
    )
    registered = BooleanField(
        APP_LABELS["registered"],
        validators=[InputRequired(_l("Register the app and get its connector URL, then tick this."))],
    )
    provider = StringField(
        APP_LABELS["provider"],
        filters=[trimmed],
        validators=[Length(max=NAME_LENGTH, message=_l("Too long: 254 characters at most."))],
    )
    contact = StringField(APP_LABELS["contact"], filters=[trimmed])

    def draft(self) -> dict[str, Any]:
        return {name: self[name].data for name in APP_LABELS}

    def validate_contact(self, field: Field) -> None:
        if not field.data:
            return
        try:
            validate_email(field.data, check_deliverability=False)
        except EmailNotValidError as error:
            raise ValidationError(_("This is not an e-mail address. Write it like name@company.example.")) from error


class ConnectorForm(StepForm):
    """Step 2. Whether the address can be used is for the check to say, not for this form."""

    PROBLEMS: ClassVar[Problems] = {
        ("name", "missing"): _l("Enter a name for the connector."),
        ("name", "invisible"): INVISIBLE,
        ("url", "invisible"): INVISIBLE,
        ("name", "taken"): _l("Another connector has this name. Choose another one."),
        ("url", "missing"): _l("Enter the Sync Connector URL."),
        ("url", "too_long"): _l("Too long: SuperOffice keeps 1023 characters at most."),
        ("real_url", "missing"): _l("Enter the real address behind the app:// URL, so that it can be tested."),
        ("real_url", "app_scheme"): _l("Enter the real address here, one that begins with https://."),
        ("real_url", "too_long"): _l("Too long: 1023 characters at most."),
        ("ca_pem", "too_long"): _l("Too long: 64 kB at most."),
    }

    name = StringField(CONNECTOR_LABELS["name"], filters=[trimmed])
    url = StringField(CONNECTOR_LABELS["url"], filters=[trimmed])
    real_url = StringField(CONNECTOR_LABELS["real_url"], filters=[trimmed])
    ca_pem = TextAreaField(CONNECTOR_LABELS["ca_pem"], filters=[trimmed])

    def draft(self) -> dict[str, str]:
        """What was typed, a real address beside a URL that needs none too."""
        return self.texts(CONNECTOR_LABELS)

    @property
    def input(self) -> ConnectorInput:
        return ConnectorInput(**self.draft())

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        problems = self.input.problems()
        self.add_problems(problems)
        return is_valid and not problems

    def validate_ca_pem(self, field: Field) -> None:
        require_certificate(field)


class ConnectionForm(StepForm):
    """Step 3, without the connector's fields."""

    PROBLEMS: ClassVar[Problems] = {
        ("name", "missing"): _l("Enter a name for the connection."),
        ("name", "invisible"): INVISIBLE,
        ("name", "taken"): _l("Another connection has this name. Choose another one."),
        ("connector_id", "missing"): _l("Choose a connector."),
        ("connector_id", "unanswered"): _l("This connector has not answered yet, so its fields are not known."),
        ("scope", "missing"): _l("Choose at least one user or group, or Everyone."),
    }

    name = StringField(CONNECTION_LABELS["name"], filters=[trimmed])
    connector_id = StringField(CONNECTION_LABELS["connector_id"])
    scope = RadioField(
        CONNECTION_LABELS["scope"],
        choices=[SelectChoice("everyone"), SelectChoice("specific")],
        validators=[InputRequired(_l("Choose who may use the connection."))],
    )
    description = TextAreaField(CONNECTION_LABELS["description"], filters=[trimmed])
