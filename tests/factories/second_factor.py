"""Second factors: apps whose codes are real, and passkeys that a program signs with."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import pyotp
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, encode_cbor

from wizard.extensions import db
from wizard.models import Account, AccountFactor, RequiredFor
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.services.accounts.second_factor.app_codes import begin_app, pending_secret
from wizard.services.accounts.second_factor.policy import set_policy
from wizard.services.accounts.second_factor.set_up import add_app

ORIGIN = "http://localhost"


def set_up_app(app: Flask, account_id: int) -> tuple[str, list[str]]:
    """Gives the account an authenticator app none of whose codes was used; its secret, and the recovery codes."""
    with app.app_context(), writing():
        account = db.session.get_one(Account, account_id)
        begin_app(account)
        secret = pending_secret(account) or ""
        codes = add_app(account, code_of(secret))
        _forget_codes()
        return secret, codes


def forget_used_codes(app: Flask) -> None:
    """Lets the codes of this half minute be used again, as time would."""
    with app.app_context(), writing():
        _forget_codes()


def _forget_codes() -> None:
    db.session.execute(db.update(AccountFactor).values(app_last_step=None))
    db.session.commit()


def code_of(secret: str, seconds: int = 0) -> str:
    """The code that the app shows, or showed or will show so many seconds from now."""
    return pyotp.TOTP(secret).at(int(now().timestamp()) + seconds)


def require_second_factor(app: Flask, by: int, whom: RequiredFor) -> None:
    with app.app_context(), writing():
        set_policy(db.session.get_one(Account, by), whom)


class Authenticator:
    """Holds one passkey and signs with it, as honestly as its arguments say."""

    def __init__(self, name: bytes = b"a passkey", rp_id: str = "localhost") -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id, self.rp_id, self.sign_count = name, rp_id, 0

    def create(self, options: dict[str, Any], origin: str = ORIGIN, flags: int = 0x45) -> str:
        """The answer to the options of a registration."""
        client = _client_data("webauthn.create", options["challenge"], origin)
        credential = len(self.id).to_bytes(2, "big") + self.id + self._public_key()
        data = self._data(flags) + bytes(16) + credential
        attestation = encode_cbor({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(clientDataJSON=client, attestationObject=attestation)

    def get(self, options: dict[str, Any], origin: str = ORIGIN, flags: int = 0x05, kind: str = "webauthn.get") -> str:
        """The answer to the options of a sign-in; the sign count grows."""
        self.sign_count += 1
        client, data = _client_data(kind, options["challenge"], origin), self._data(flags)
        signature = self.key.sign(data + sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signature)

    def _data(self, flags: int) -> bytes:
        return sha256(self.rp_id.encode()).digest() + bytes([flags]) + self.sign_count.to_bytes(4, "big")

    def _public_key(self) -> bytes:
        numbers = self.key.public_key().public_numbers()
        return encode_cbor({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")})

    def _answer(self, **parts: bytes) -> str:
        name = bytes_to_base64url(self.id)
        response = {part: bytes_to_base64url(value) for part, value in parts.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})


def _client_data(kind: str, challenge: str, origin: str) -> bytes:
    assert base64url_to_bytes(challenge)
    return json.dumps({"type": kind, "challenge": challenge, "origin": origin}).encode()
