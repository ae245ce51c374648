"""What a person types, checked and made into what the services take."""

from wizard.forms.accounts import (
    MIN_LENGTH,
    AccountForm,
    ChangePasswordForm,
    CodeForm,
    ConfirmForm,
    FirstAccountForm,
    LoginForm,
    NewAccountForm,
    NewPassword,
    PasskeyForm,
    PolicyForm,
)
from wizard.forms.ask import AskForm
from wizard.forms.config_fields import PREFIX, ConfigForm, typed_values
from wizard.forms.default_value import DefaultForm, field_of, ticks_of
from wizard.forms.notices import RecipientForm
from wizard.forms.provider import ProviderKeyForm
from wizard.forms.row_id import RowId, row_ids, settings_version
from wizard.forms.sent_names import key_of, with_keys
from wizard.forms.setups import (
    APP_LABELS,
    CONNECTION_LABELS,
    CONNECTOR_LABELS,
    AppForm,
    ConnectionForm,
    ConnectorForm,
    StepForm,
)
from wizard.forms.superoffice import ENVIRONMENTS, LINK_LABELS, LinkForm
from wizard.forms.texts import trimmed
from wizard.forms.users import GroupForm, ImportForm, UserForm

__all__ = [
    "APP_LABELS",
    "CONNECTION_LABELS",
    "CONNECTOR_LABELS",
    "ENVIRONMENTS",
    "LINK_LABELS",
    "MIN_LENGTH",
    "PREFIX",
    "AccountForm",
    "AppForm",
    "AskForm",
    "ChangePasswordForm",
    "CodeForm",
    "ConfigForm",
    "ConfirmForm",
    "ConnectionForm",
    "ConnectorForm",
    "DefaultForm",
    "FirstAccountForm",
    "GroupForm",
    "ImportForm",
    "LinkForm",
    "LoginForm",
    "NewAccountForm",
    "NewPassword",
    "PasskeyForm",
    "PolicyForm",
    "ProviderKeyForm",
    "RecipientForm",
    "RowId",
    "StepForm",
    "UserForm",
    "field_of",
    "key_of",
    "row_ids",
    "settings_version",
    "ticks_of",
    "trimmed",
    "typed_values",
    "with_keys",
]
