"""Passkeys (WebAuthn), which sign a challenge of this server; the authenticator verifies its user."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import webauthn
from sqlalchemy import select
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from wizard.errors import InvalidInput, NotFound
from wizard.extensions import db
from wizard.models import Account, AccountFactor, Passkey
from wizard.models.columns import now
from wizard.services.accounts.second_factor.state import lock_factor, second_factor_of

CHALLENGE_LIFETIME = timedelta(minutes=5)
MAX_PASSKEYS = 20
_INVALID = (WebAuthnException, ValueError, KeyError, TypeError)
"""What the library raises for an answer that is none, beside its own exceptions."""


@dataclass(frozen=True)
class RelyingParty:
    """Where passkeys are made and used: the host name, and the origin that browsers report."""

    id: str
    origin: str


def registration_options(account: Account, party: RelyingParty) -> str:
    """JSON for `navigator.credentials.create`, with a challenge that works once."""
    factor = lock_factor(account)
    options = webauthn.generate_registration_options(
        rp_id=party.id,
        rp_name="ERP Sync Setup",
        user_id=factor.user_handle.encode(),
        user_name=account.username,
        user_display_name=account.name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=_descriptors(second_factor_of(account).passkeys_at(party.id)),
    )
    _store(factor, options.challenge)
    return webauthn.options_to_json(options)


def authentication_options(account: Account, party: RelyingParty) -> str:
    """JSON for `navigator.credentials.get`, with a challenge that works once."""
    options = webauthn.generate_authentication_options(
        rp_id=party.id,
        allow_credentials=_descriptors(second_factor_of(account).passkeys_at(party.id)),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    _store(lock_factor(account), options.challenge)
    return webauthn.options_to_json(options)


def verified_passkey(account: Account, party: RelyingParty, name: str, credential: str) -> Passkey:
    """A new passkey, not stored yet. The account stays locked.

    Raises InvalidInput for an answer that does not fit the challenge or the origin, or for one passkey too many.
    """
    challenge = take_challenge(lock_factor(account))
    try:
        verified = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    except _INVALID as error:
        db.session.commit()  # the challenge has ended
        raise InvalidInput({"credential": "refused"}) from error
    credential_id = bytes_to_base64url(verified.credential_id)
    _require_room(account, credential_id)
    return Passkey(
        account_id=account.id,
        name=name,
        rp_id=party.id,
        credential_id=credential_id,
        public_key=bytes_to_base64url(verified.credential_public_key),
        sign_count=verified.sign_count,
    )


def _require_room(account: Account, credential_id: str) -> None:
    taken = db.session.scalar(select(Passkey.id).where(Passkey.credential_id == credential_id))
    if taken is not None or len(second_factor_of(account).passkeys) >= MAX_PASSKEYS:
        db.session.commit()
        raise InvalidInput({"credential": "refused"})


def is_signed_by_passkey(account: Account, party: RelyingParty, credential: str) -> bool:
    """Whether one of the account's passkeys has signed the challenge, which ends with it.

    A sign count that has not grown is refused: the passkey may have been cloned.
    """
    challenge = take_challenge(lock_factor(account))
    try:
        parsed = webauthn.helpers.parse_authentication_credential_json(credential)
        passkey = _passkey_of(account, parsed.id)
        verified = webauthn.verify_authentication_response(
            credential=parsed,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=base64url_to_bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except (*_INVALID, NotFound):
        return False
    passkey.sign_count, passkey.last_used_at = verified.new_sign_count, now()
    return True


def rename_passkey(account: Account, passkey_id: int, name: str) -> None:
    """Raises NotFound for a passkey of somebody else."""
    find_passkey(account, passkey_id).name = name
    db.session.commit()


def take_challenge(factor: AccountFactor) -> bytes:
    """The challenge that was sent last, which ends here; random bytes that nobody has signed if there is none."""
    challenge, until = factor.challenge, factor.challenge_until
    factor.challenge = factor.challenge_until = None
    if challenge is None or until is None or until < now():
        return webauthn.helpers.generate_challenge()
    return base64url_to_bytes(challenge)


def _store(factor: AccountFactor, challenge: bytes) -> None:
    factor.challenge, factor.challenge_until = bytes_to_base64url(challenge), now() + CHALLENGE_LIFETIME
    db.session.commit()


def _passkey_of(account: Account, credential_id: str) -> Passkey:
    passkey = db.session.scalar(
        select(Passkey).where(Passkey.account_id == account.id, Passkey.credential_id == credential_id)
    )
    if passkey is None:
        raise NotFound(credential_id)
    return passkey


def find_passkey(account: Account, passkey_id: int) -> Passkey:
    """A passkey of this account, which is locked. Raises NotFound."""
    lock_factor(account)
    passkey = db.session.get(Passkey, passkey_id, populate_existing=True)
    if passkey is None or passkey.account_id != account.id:
        raise NotFound(passkey_id)
    return passkey


def _descriptors(passkeys: Sequence[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(passkey.credential_id)) for passkey in passkeys]
