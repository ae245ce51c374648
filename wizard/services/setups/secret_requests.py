"""Links by which a colleague fills in the secrets of a connection, once: nobody sees them, not even who has asked."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import select

from wizard.domain.fields import ConfigField
from wizard.domain.steps import Step
from wizard.errors import InvalidInput
from wizard.extensions import db
from wizard.models import Account, CheckRun, SecretRequest, Setup
from wizard.models.columns import now
from wizard.services import audit
from wizard.services.setups.draft import save_draft
from wizard.services.setups.find import chosen_connector

MAX_DAYS = 3
MAX_OPEN = 20
"""How many links of a setup may wait at a time."""


def secret_fields(setup: Setup) -> list[ConfigField]:
    """The fields of its connector that are passwords."""
    connector = chosen_connector(setup)
    return [field for field in (connector.config_fields() or ()) if field.is_secret] if connector else []


def ask_for_secrets(
    account: Account, setup: Setup, keys: Collection[str], who: str, message: str, days: int
) -> tuple[SecretRequest, str]:
    """A link that works for so many days, MAX_DAYS at most, and its token, which cannot be had again.

    Raises InvalidInput: `keys` is `missing`, `who` is `missing`, or there are `too_many` links.
    """
    known = [field.key for field in secret_fields(setup) if field.key in keys]
    problems = {name: "missing" for name, given in (("keys", known), ("who", who)) if not given}
    if sum(map(is_open, list_requests(setup))) >= MAX_OPEN:
        problems["keys"] = "too_many"
    connector = chosen_connector(setup)
    if problems or connector is None:
        raise InvalidInput(problems)
    token = secrets.token_urlsafe(32)
    request = SecretRequest(
        token_hash=_hash(token),
        setup=setup,
        account=account,
        origin=connector.origin,
        expires_at=now() + timedelta(days=min(days, MAX_DAYS)),
    )
    request.content = {"keys": known, "who": who, "message": message}
    db.session.add(request)
    audit.note(account, "secret.asked", setup.name, who)
    db.session.commit()
    return request, token


def list_requests(setup: Setup) -> Sequence[SecretRequest]:
    """The latest first."""
    query = select(SecretRequest).where(SecretRequest.setup_id == setup.id).order_by(SecretRequest.id.desc())
    return db.session.scalars(query).all()


def find_request(token: str, *, to_fill: bool = False) -> SecretRequest | None:
    """The link with this token, whatever its state; locked until the transaction ends if it is to be filled in."""
    query = select(SecretRequest).where(SecretRequest.token_hash == _hash(token))
    return db.session.scalar(query.with_for_update(of=SecretRequest) if to_fill else query)


def is_open(request: SecretRequest) -> bool:
    """Whether it can be filled in: not used, withdrawn or too old, nor for another host or of a closed account."""
    is_over = request.filled_at is not None or request.withdrawn_at is not None or request.expires_at < now()
    if is_over or not request.account.is_active:
        return False
    setup = request.setup
    connector = chosen_connector(setup) if setup.finished_at is None else None
    return connector is not None and connector.origin == request.origin and bool(request.keys)


def note_opened(request: SecretRequest) -> None:
    if request.opened_at is None:
        request.opened_at = now()
        db.session.commit()


def withdraw(account: Account, request: SecretRequest) -> None:
    if request.filled_at is None and request.withdrawn_at is None:
        request.withdrawn_at = now()
        audit.note(account, "secret.withdrawn", request.setup.name, request.who)
        db.session.commit()


def fill_in(request: SecretRequest, values: Mapping[str, str]) -> None:
    """Puts what a colleague has typed into the draft; the link does not work again. Both rows are locked."""
    setup, at = request.setup, now()
    given = {key: value for key, value in values.items() if key in request.keys and value}
    facts = {"origin": request.origin, "at": at.isoformat(), "by": request.who}
    typed = {key: {"value": value, **facts} for key, value in given.items()}
    draft = setup.typed(Step.CONNECTION)
    request.filled_at = at
    request.content = {**(request.content or {}), "filled": list(given)}
    audit.note(None, "secret.filled", setup.name, request.who)
    save_draft(request.account, setup, Step.CONNECTION, {**draft, "secrets": {**draft.get("secrets", {}), **typed}})
    db.session.commit()


def link_test(request: SecretRequest, run: CheckRun) -> None:
    """Remembers the test of what was filled in, for the page that says how it has ended."""
    request.run_id = run.id
    db.session.commit()


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
