"""What is typed for the link, or given by settings, and stored until SuperOffice has accepted it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from flask import current_app

from wizard.config import Settings
from wizard.domain.superoffice import Environment, LinkInput, LinkKind
from wizard.errors import InvalidInput, InvalidState
from wizard.extensions import db
from wizard.models import Account, SuperOfficeLink
from wizard.models.database import reload_for_update
from wizard.models.encrypted import Undecryptable
from wizard.services import audit

LINK_ID = 1
"""There is one link at most."""
_CREDENTIALS = {
    LinkKind.ONLINE: ("client_secret",),
    LinkKind.ONSITE: ("username", "password"),
    LinkKind.PRACTICE: ("client_secret",),
}


def given_by_settings() -> dict[str, str]:
    """The fields of the form that the settings decide, for SuperOffice Online."""
    settings: Settings = current_app.config["SETTINGS"]
    found = {
        "environment": settings.superoffice_environment,
        "tenant": settings.superoffice_tenant,
        "client_id": settings.superoffice_client_id,
        "client_secret": settings.superoffice_client_secret,
    }
    return {name: text for name, text in found.items() if text}


def save_link_input(typed: LinkInput) -> SuperOfficeLink:
    """Stores what is typed while SuperOffice is not linked. A secret that is left blank stays as it is.

    Raises InvalidInput, and InvalidState once SuperOffice is linked.
    """
    link = reload_for_update(SuperOfficeLink, LINK_ID)
    if link is not None and link.linked_at is not None:
        raise InvalidState("linked")
    values = _with_saved_secrets(link, _with_settings(typed))
    if problems := values.problems():
        raise InvalidInput(problems)
    link = link or SuperOfficeLink(id=LINK_ID)
    _assign(link, values)
    db.session.add(link)
    db.session.commit()
    return link


def replace_password(account: Account, link: SuperOfficeLink, username: str, password: str) -> None:
    """Takes another user name and password for the server that is linked. Raises InvalidInput."""
    typed = LinkInput(LinkKind.ONSITE, address=link.address, username=username, password=password)
    if problems := typed.problems():
        raise InvalidInput(problems)
    link.credentials = {"username": username, "password": password}
    link.version += 1
    audit.note(account, "superoffice.signed_in", link.address, username)
    db.session.commit()


def typed_before(link: SuperOfficeLink | None) -> LinkInput:
    """What the form shows at first: what was typed before, without secrets, and what the settings decide."""
    if link is None:
        return _with_settings(LinkInput())
    saved: Any = {} if isinstance(link.credentials, Undecryptable) else link.credentials
    return _with_settings(
        LinkInput(
            kind=link.kind,
            environment=link.environment,
            tenant=link.tenant if link.kind is LinkKind.ONLINE else "",
            client_id=link.client_id if link.kind is LinkKind.ONLINE else "",
            address=link.address if link.kind is LinkKind.ONSITE else "",
            username=saved.get("username", ""),
            ca_pem=link.ca_pem,
        )
    )


def has_secret(link: SuperOfficeLink | None, name: str) -> bool:
    """Whether this secret is stored."""
    saved = link.credentials if link is not None else {}
    return not isinstance(saved, Undecryptable) and bool(saved.get(name))


def _with_settings(typed: LinkInput) -> LinkInput:
    if typed.kind is not LinkKind.ONLINE:
        return typed
    given: dict[str, Any] = given_by_settings()
    if "environment" in given:
        given["environment"] = Environment(given["environment"])
    return replace(typed, **given)


def _with_saved_secrets(link: SuperOfficeLink | None, typed: LinkInput) -> LinkInput:
    """With the secrets that were typed before for the same app or server: no other one may be given them."""
    if link is None or isinstance(link.credentials, Undecryptable) or not _is_same_party(link, typed):
        return typed
    blank = [name for name in _CREDENTIALS[typed.kind] if not getattr(typed, name)]
    saved: dict[str, Any] = {name: link.credentials.get(name, "") for name in blank}
    return replace(typed, **saved)


def _is_same_party(link: SuperOfficeLink, typed: LinkInput) -> bool:
    if link.kind is not typed.kind:
        return False
    if typed.kind is LinkKind.ONSITE:
        return _origin(link.address) == _origin(typed.address)
    return (link.environment, link.client_id) == (typed.environment, typed.client_id)


def _origin(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        return address, ""
    return parts.scheme, parts.netloc.lower()


def _assign(link: SuperOfficeLink, values: LinkInput) -> None:
    """Writes what is typed; what was learned of another SuperOffice is forgotten."""
    link.kind, link.environment, link.tenant = values.kind, values.environment, values.tenant
    link.client_id, link.address, link.ca_pem = values.client_id, values.address, values.ca_pem
    link.api = f"{values.address}/api" if values.kind is LinkKind.ONSITE else ""
    given = given_by_settings() if values.kind is LinkKind.ONLINE else {}  # what is given there is not kept here
    link.credentials = {name: getattr(values, name) for name in _CREDENTIALS[values.kind] if name not in given}
    link.company = link.signed_in_as = link.email = link.product_version = ""
    link.associate_id = link.token_expires_at = link.health = None
    link.version = (link.version or 0) + 1
