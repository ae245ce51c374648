"""The second factor of accounts: codes of an authenticator app, passkeys, recovery codes, and who has to have one.

`verify_second_factor` judges what was entered at the second step of a sign-in, or to confirm a sensitive act.
"""

from wizard.services.accounts.second_factor.app_codes import begin_app, pending_secret
from wizard.services.accounts.second_factor.passkeys import (
    RelyingParty,
    authentication_options,
    registration_options,
    rename_passkey,
)
from wizard.services.accounts.second_factor.policy import must_set_up, required_for, requires_second_factor, set_policy
from wizard.services.accounts.second_factor.recovery import is_own_code, looks_like_recovery_code, renew_codes
from wizard.services.accounts.second_factor.set_up import (
    add_app,
    add_passkey,
    remove_app,
    remove_passkey,
    remove_second_factor,
    reset_second_factor,
)
from wizard.services.accounts.second_factor.state import (
    SecondFactor,
    has_second_factor,
    list_second_factors,
    second_factor_of,
)
from wizard.services.accounts.second_factor.verify import Answer, Verdict, verify_second_factor

__all__ = [
    "Answer",
    "RelyingParty",
    "SecondFactor",
    "Verdict",
    "add_app",
    "add_passkey",
    "authentication_options",
    "begin_app",
    "has_second_factor",
    "is_own_code",
    "list_second_factors",
    "looks_like_recovery_code",
    "must_set_up",
    "pending_secret",
    "registration_options",
    "remove_app",
    "remove_passkey",
    "remove_second_factor",
    "rename_passkey",
    "renew_codes",
    "required_for",
    "requires_second_factor",
    "reset_second_factor",
    "second_factor_of",
    "set_policy",
    "verify_second_factor",
]
