"""Opens SuperOffice for the linked tenant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from flask import current_app
from sqlalchemy.orm import Session

from wizard.config import Settings
from wizard.domain.superoffice import LinkKind
from wizard.extensions import db
from wizard.models import SuperOfficeLink
from wizard.models.database import writing
from wizard.outside.http import Deadline, Policy
from wizard.outside.superoffice import BasicLogin, BearerTokens, Credentials, Site, SuperOffice

Cancelled = Callable[[], bool]


def open_superoffice(
    link: SuperOfficeLink, *, seconds: float | None = None, cancelled: Cancelled = lambda: False
) -> SuperOffice:
    """A client for the linked tenant, to be used as a context. No transaction may be open while it is used.

    All its calls together may take so many seconds, else as long as a check. What it learns, a refreshed token or a
    moved API, is written back to the link.
    """
    limit = seconds or current_app.config["CHECK_SECONDS"]
    return SuperOffice(
        site_of(link),
        credentials_of(link),
        policy=policy(),
        deadline=Deadline(limit, cancelled),
        on_change=writer_back(link),
    )


def site_of(link: SuperOfficeLink) -> Site:
    """Where the linked SuperOffice is."""
    login = {LinkKind.ONLINE: link.environment.login_url, LinkKind.PRACTICE: link.address}.get(link.kind, "")
    return Site(link.kind, login, link.tenant, link.api, link.ca_pem)


def credentials_of(link: SuperOfficeLink) -> Credentials:
    """What the wizard signs in with. Raises DecryptionError."""
    saved = link.credentials
    if link.kind is LinkKind.ONSITE:
        return BasicLogin(saved.get("username", ""), saved.get("password", ""))
    return BearerTokens(
        saved.get("access_token", ""),
        saved.get("refresh_token", ""),
        link.token_expires_at or datetime.min.replace(tzinfo=UTC),
        link.client_id,
        client_secret_of(link),
    )


def client_secret_of(link: SuperOfficeLink) -> str:
    """The secret of the app: that of the settings, else the one that was typed. Raises DecryptionError."""
    settings: Settings = current_app.config["SETTINGS"]
    given = settings.superoffice_client_secret if link.kind is LinkKind.ONLINE else ""
    return given or link.credentials.get("client_secret", "")


def policy() -> Policy:
    """Which addresses may be called: the same as for connectors."""
    allowed: Policy = current_app.config["ADDRESS_POLICY"]
    return allowed


def writer_back(link: SuperOfficeLink) -> Callable[[Site, BearerTokens], None]:
    """Writes to the link what a client has learned, in a transaction of its own.

    Somebody who has signed in again or unlinked meanwhile wins.
    """
    link_id, refresh_token = link.id, link.credentials.get("refresh_token", "")

    def write(site: Site, tokens: BearerTokens) -> None:
        nonlocal refresh_token
        with writing(), Session(db.engine) as session:
            link = session.get(SuperOfficeLink, link_id, with_for_update={"key_share": True})
            if link is None or link.credentials.get("refresh_token", "") != refresh_token:
                return
            changed = {"access_token": tokens.access_token, "refresh_token": tokens.refresh_token}
            link.credentials = {**link.credentials, **changed}
            link.token_expires_at, link.api = tokens.expires_at, site.api
            refresh_token = tokens.refresh_token
            session.commit()

    return write
