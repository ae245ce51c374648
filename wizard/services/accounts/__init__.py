"""The accounts that sign in to the wizard: who has one and what it may do, passwords, sessions and one-time links."""

from wizard.services.accounts.find import find_account, find_by_username, list_accounts
from wizard.services.accounts.login_links import any_account, find_login_link, make_login_link
from wizard.services.accounts.manage import (
    add_account,
    change_account,
    create_first_account,
    set_language,
    set_time_zone,
)
from wizard.services.accounts.passwords import authenticate, change_password, reset_password
from wizard.services.accounts.sessions import end_every_session, end_sessions, new_session_key

__all__ = [
    "add_account",
    "any_account",
    "authenticate",
    "change_account",
    "change_password",
    "create_first_account",
    "end_every_session",
    "end_sessions",
    "find_account",
    "find_by_username",
    "find_login_link",
    "list_accounts",
    "make_login_link",
    "new_session_key",
    "reset_password",
    "set_language",
    "set_time_zone",
]
