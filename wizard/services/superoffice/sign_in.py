"""The sign-in at SuperOffice: begun in one request, ended in the one that the browser comes back with."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta

from flask import current_app

from wizard.errors import InvalidState, NotFound
from wizard.extensions import db
from wizard.models import Account, CheckRun, SuperOfficeLink, SuperOfficeSignIn
from wizard.models.columns import now
from wizard.models.database import reload_for_update, writing
from wizard.outside.http import Deadline
from wizard.outside.superoffice import (
    SignedIn,
    SignInRequest,
    SuperOfficeError,
    begin_sign_in,
    finish_sign_in,
)
from wizard.services import audit
from wizard.services.superoffice.client import client_secret_of, policy, site_of
from wizard.services.superoffice.link import record_refused_sign_in, start_link_check
from wizard.services.superoffice.link_input import LINK_ID

SIGN_IN_SECONDS = 20.0
"""How long a request may wait for SuperOffice to exchange the code."""
VALID_FOR = timedelta(minutes=15)
"""SuperOffice's code is valid for ten minutes, and asked for before that."""


def begin_link_sign_in(account: Account, link: SuperOfficeLink, redirect_uri: str) -> str:
    """The address to send the browser to. What belongs to this sign-in stays here, encrypted."""
    request = begin_sign_in(site_of(link).login, link.client_id, redirect_uri, link.tenant)
    sign_in = SuperOfficeSignIn(id=_id_of(request.state), account=account)
    sign_in.request = asdict(request)
    db.session.add(sign_in)
    db.session.commit()
    return request.url


def finish_link_sign_in(account: Account, answer: Mapping[str, str]) -> CheckRun:
    """Exchanges what the browser came back with for tokens, stores them and checks the link.

    A refusal of SuperOffice's is kept as a check that has stopped there. Raises NotFound for a sign-in that this
    account has not begun, and InvalidState with `used`, `expired` or `changed`.
    """
    db.session.rollback()  # what was read so far was read without the write intent
    with writing():
        request, link = _claim(account.id, answer.get("state", ""))
    deadline = Deadline(min(SIGN_IN_SECONDS, current_app.config["CHECK_SECONDS"]))
    try:
        signed_in = finish_sign_in(
            request, answer, client_secret_of(link), kind=link.kind, policy=policy(), deadline=deadline
        )
    except SuperOfficeError as error:
        db.session.rollback()
        with writing():
            return record_refused_sign_in(account, link, error.result)
    db.session.rollback()
    with writing():
        return start_link_check(account, _store(account, request, signed_in))


def _id_of(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()


def _claim(account_id: int, state: str) -> tuple[SignInRequest, SuperOfficeLink]:
    """Marks the sign-in as used, before anything else: its code works once."""
    sign_in = reload_for_update(SuperOfficeSignIn, _id_of(state))
    link = db.session.get(SuperOfficeLink, LINK_ID)
    if sign_in is None or sign_in.account_id != account_id or link is None:
        raise NotFound("sign-in")
    if sign_in.used_at is not None:
        raise InvalidState("used")
    sign_in.used_at = now()
    request, is_late = SignInRequest(**sign_in.request), sign_in.created_at < now() - VALID_FOR
    db.session.commit()
    if is_late:
        raise InvalidState("expired")
    _require_unchanged(link, request)
    db.session.commit()
    return request, link


def _require_unchanged(link: SuperOfficeLink, request: SignInRequest) -> None:
    if (site_of(link).login, link.client_id, link.tenant) != (request.login, request.client_id, request.tenant):
        raise InvalidState("changed")


def _store(account: Account, request: SignInRequest, signed_in: SignedIn) -> SuperOfficeLink:
    link = reload_for_update(SuperOfficeLink, LINK_ID)
    if link is None:
        raise InvalidState("changed")
    _require_unchanged(link, request)
    tokens = signed_in.tokens
    kept = {"access_token": tokens.access_token, "refresh_token": tokens.refresh_token}
    link.credentials = {**link.credentials, **kept}
    link.token_expires_at, link.api = tokens.expires_at, signed_in.api
    link.associate_id, link.company = signed_in.associate_id, signed_in.company[:254]
    link.signed_in_as, link.email = signed_in.name[:254], signed_in.email[:254]
    link.version += 1
    audit.note(account, "superoffice.signed_in", link.tenant, signed_in.name)
    db.session.commit()
    return link
