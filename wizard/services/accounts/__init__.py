"""The accounts that sign in to the wizard: who has one and what it may do, passwords, sessions and one-time links."""

from wizard.services.accounts import notices
from wizard.services.accounts.failures import report_failed_sign_in, report_refused_sign_in
from wizard.services.accounts.find import find_account, find_by_username, list_accounts
from wizard.services.accounts.login_links import any_account, find_login_link, make_login_link
from wizard.services.accounts.manage import (
    add_account,
    change_account,
    create_first_account,
    set_language,
    set_time_zone,
)
from wizard.services.accounts.notices import dismiss_notices, list_notices
from wizard.services.accounts.passwords import (
    authenticate,
    change_password,
    complete_sign_in,
    is_password_of,
    reset_password,
)
from wizard.services.accounts.sessions import (
    MAX_CLOCK_SKEW,
    begin_session,
    end_every_session,
    end_other_sessions,
    end_session,
    end_sessions,
    find_session,
    list_sessions,
    touch_session,
)

__all__ = [
    "MAX_CLOCK_SKEW",
    "add_account",
    "any_account",
    "authenticate",
    "begin_session",
    "change_account",
    "change_password",
    "complete_sign_in",
    "create_first_account",
    "dismiss_notices",
    "end_every_session",
    "end_other_sessions",
    "end_session",
    "end_sessions",
    "find_account",
    "find_by_username",
    "find_login_link",
    "find_session",
    "is_password_of",
    "list_accounts",
    "list_notices",
    "list_sessions",
    "make_login_link",
    "notices",
    "report_failed_sign_in",
    "report_refused_sign_in",
    "reset_password",
    "set_language",
    "set_time_zone",
    "touch_session",
]
