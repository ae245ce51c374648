"""The form that links SuperOffice."""

from __future__ import annotations

from typing import ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import Field, PasswordField, StringField, TextAreaField

from wizard.domain.superoffice import Environment, LinkInput, LinkKind
from wizard.forms.setups import Problems, StepForm, require_certificate
from wizard.forms.texts import trimmed

LINK_LABELS = {
    "environment": _l("Environment"),
    "tenant": _l("Tenant"),
    "client_id": _l("Client ID"),
    "client_secret": _l("Client secret"),
    "address": _l("Address of SuperOffice"),
    "username": _l("User name"),
    "password": _l("Password"),
    "ca_pem": _l("Certificate of the authority"),
}
ENVIRONMENTS = {
    Environment.ONLINE: _l("Production (online)"),
    Environment.QAONLINE: _l("Stage (qaonline)"),
    Environment.SOD: _l("Development (sod)"),
}


class LinkForm(StepForm):
    """Where SuperOffice runs, and what is needed to sign in there. Secrets are never filled in."""

    PROBLEMS: ClassVar[Problems] = {
        ("tenant", "missing"): _l("Enter your tenant."),
        ("tenant", "tenant"): _l("A tenant is Cust and a number, like Cust12345."),
        ("client_id", "missing"): _l("Enter the client ID of the app."),
        ("client_secret", "missing"): _l("Enter the client secret of the app."),
        ("address", "missing"): _l("Enter the address of your SuperOffice."),
        ("address", "address"): _l("Enter the whole address, as in https://crm.company.example/SuperOffice."),
        ("address", "insecure"): _l("The address has to begin with https://, as a password is sent there."),
        ("address", "too_long"): _l("Too long: 1023 characters at most."),
        ("username", "missing"): _l("Enter the user name of a SuperOffice administrator."),
        ("password", "missing"): _l("Enter the password."),
        ("ca_pem", "too_long"): _l("Too long: 64 kB at most."),
    }

    where = StringField()
    environment = StringField(LINK_LABELS["environment"])
    tenant = StringField(LINK_LABELS["tenant"], filters=[trimmed])
    client_id = StringField(LINK_LABELS["client_id"], filters=[trimmed])
    client_secret = PasswordField(LINK_LABELS["client_secret"], filters=[trimmed])
    address = StringField(LINK_LABELS["address"], filters=[trimmed])
    username = StringField(LINK_LABELS["username"], filters=[trimmed])
    password = PasswordField(LINK_LABELS["password"])
    ca_pem = TextAreaField(LINK_LABELS["ca_pem"], filters=[trimmed])

    @property
    def kind(self) -> LinkKind:
        """The choice, Online unless another one was made."""
        return LinkKind(self.where.data) if self.where.data in tuple(LinkKind) else LinkKind.ONLINE

    @property
    def input(self) -> LinkInput:
        environment = self.environment.data
        return LinkInput(
            kind=self.kind,
            environment=Environment(environment) if environment in tuple(Environment) else Environment.ONLINE,
            **self.texts(("tenant", "client_id", "client_secret", "address", "username", "password", "ca_pem")),
        )

    def validate_ca_pem(self, field: Field) -> None:
        if self.kind is LinkKind.ONSITE:
            require_certificate(field)
