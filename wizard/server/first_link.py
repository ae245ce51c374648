"""The one-time link with which the first administrator creates an account, or another sets a new password."""

from __future__ import annotations

from flask import Flask
from flask_babel import gettext as _

from wizard.errors import InstanceError
from wizard.models.database import writing
from wizard.services.accounts import any_account, find_by_username, make_login_link


def welcome_link(
    app: Flask, base_url: str, username: str | None = None, *, resets_second_factor: bool = False
) -> str | None:
    """Makes a one-time link for an account; without a user name for the first one, or None if there is one already.

    Raises InstanceError for a user name that no account has.
    """
    with app.app_context(), writing():
        if username is None:
            return None if any_account() else f"{base_url}/welcome/{make_login_link(None)}"
        account = find_by_username(username)
        if account is None:
            raise InstanceError(_("There is no account %(username)s.", username=username))
        return f"{base_url}/welcome/{make_login_link(account, resets_second_factor=resets_second_factor)}"
