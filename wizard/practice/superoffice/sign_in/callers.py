"""Who calls the API: by a Bearer token, a ticket, or user name and password."""

from __future__ import annotations

import hmac

from werkzeug.datastructures import Headers

from wizard.practice.superoffice.behaviour import CLIENT_SECRET, PASSWORD
from wizard.practice.superoffice.sign_in.flow import basic_of
from wizard.practice.superoffice.sign_in.tokens import Grant, Tokens
from wizard.practice.superoffice.tenant import Tenant
from wizard.practice.superoffice.users import ADMINISTRATOR
from wizard.practice.superoffice.wire import Caller


class NotSignedIn(Exception):
    """The request has no credentials that are good."""


def find_caller(tenant: Tenant, headers: Headers) -> Caller:
    """Raises NotSignedIn."""
    scheme, _, credentials = headers.get("Authorization", "").partition(" ")
    match scheme.lower():
        case "bearer":
            grant = Tokens(tenant.store).find("access", credentials)
        case "soticket" if hmac.compare_digest(headers.get("SO-AppToken", ""), CLIENT_SECRET):
            grant = Tokens(tenant.store).find("ticket", credentials)
        case "basic" if tenant.behaviour.basic:
            grant = _by_password(tenant, basic_of(f"{scheme} {credentials}"))
        case _:
            grant = None
    if grant is None:
        raise NotSignedIn
    return _caller(tenant, grant)


def _by_password(tenant: Tenant, pair: str) -> Grant | None:
    """Everybody has the same password here; only one user is an administrator."""
    name, _, password = pair.partition(":")
    user = tenant.directory.find(name)
    if user is None or user.has_left or not hmac.compare_digest(password.encode(), PASSWORD.encode()):
        return None
    return Grant(user.associate_id, is_administrator=user.associate_id == ADMINISTRATOR)


def _caller(tenant: Tenant, grant: Grant) -> Caller:
    behaviour = tenant.behaviour
    return Caller(
        grant.associate_id,
        is_administrator=grant.is_administrator and behaviour.is_administrator,
        has_licence=grant.has_licence and behaviour.has_licence,
        is_agent_open=grant.is_agent_open and not behaviour.agent_closed,
    )
