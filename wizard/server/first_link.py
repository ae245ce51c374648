"""The one-time link by which the first administrator, or one who forgot the password, comes in."""

from __future__ import annotations

from flask import Flask
from flask_babel import gettext as _

from wizard.config import Settings
from wizard.errors import InstanceError
from wizard.models.database import writing
from wizard.services.accounts.find import find_by_username
from wizard.services.accounts.login_links import any_account, make_login_link


def welcome_link(app: Flask, address: str, username: str | None = None) -> str | None:
    """A new one-time link: for the account of that name, else for the first administrator; None where that is not due.

    Raises InstanceError for a user name that nobody has.
    """
    with app.app_context(), writing():
        if username is None:
            return None if any_account() else f"{address}/welcome/{make_login_link(None)}"
        account = find_by_username(username)
        if account is None:
            raise InstanceError(_("There is no account %(username)s.", username=username))
        return f"{address}/welcome/{make_login_link(account)}"


def address_of(settings: Settings) -> str:
    """Where a person reaches the wizard on this machine."""
    return url_of(settings.host, settings.port)


def url_of(host: str, port: int) -> str:
    """The address under which a person on this machine reaches a server that listens there."""
    shown = "localhost" if host in ("0.0.0.0", "::", "") else f"[{host}]" if ":" in host else host  # noqa: S104
    return f"http://{shown}:{port}"
