"""Codes, tokens and tickets, kept in the store so that a restart ends none of them, and the key of the id_tokens."""

from __future__ import annotations

import json
import secrets
import time
from base64 import urlsafe_b64encode
from dataclasses import asdict, dataclass
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

from wizard.practice.superoffice.behaviour import TENANT
from wizard.practice.superoffice.store import Store

CODE_SECONDS = 600
TICKET_SECONDS = 6 * 3600
KEY_ID = "practice"


@dataclass(frozen=True)
class Grant:
    """What a user has consented to; codes and tokens stand for it."""

    associate_id: int
    is_administrator: bool = True
    has_licence: bool = True
    is_agent_open: bool = True
    redirect_uri: str = ""
    challenge: str = ""
    challenge_method: str = ""
    nonce: str = ""


class Tokens:
    """Issues and finds them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def issue_code(self, grant: Grant) -> str:
        return self._issue("code", grant, CODE_SECONDS)

    def use_code(self, code: str) -> Grant | None:
        """The grant of a code, which is good for one use."""
        return _valid(self._store.take("code", code))

    def issue_access(self, grant: Grant, seconds: int) -> str:
        return self._issue("access", grant, seconds, f"8A:{TENANT}.")

    def issue_refresh(self, grant: Grant) -> str:
        return self._issue("refresh", grant, 10**9)

    def issue_ticket(self, grant: Grant) -> str:
        return self._issue("ticket", grant, TICKET_SECONDS, "7T:")

    def find(self, kind: str, token: str) -> Grant | None:
        """The grant of an access token, a refresh token or a ticket; None for an ended or unknown one."""
        return _valid(self._store.get(kind, token))

    def revoke(self, token: str) -> None:
        for kind in ("access", "refresh"):
            self._store.change(kind, token, lambda _: None)

    def end_access(self) -> None:
        """Ends all access tokens."""
        self._store.clear("access")

    def _issue(self, kind: str, grant: Grant, seconds: int, prefix: str = "") -> str:
        token = prefix + secrets.token_urlsafe(32)
        self._store.put(kind, token, {"grant": asdict(grant), "until": time.time() + seconds})
        return token

    # --- id_tokens

    def sign(self, claims: dict[str, Any]) -> str:
        """A JWT, signed with RS256."""
        head = {"alg": "RS256", "typ": "JWT", "kid": KEY_ID}
        signed = ".".join(_encoded(json.dumps(each).encode()) for each in (head, claims))
        return f"{signed}.{_encoded(self._key().sign(signed.encode(), PKCS1v15(), hashes.SHA256()))}"

    def jwks(self) -> dict[str, Any]:
        public = self._key().public_key().public_numbers()
        exponent, modulus = (_encoded(n.to_bytes((n.bit_length() + 7) // 8, "big")) for n in (public.e, public.n))
        return {
            "keys": [{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": KEY_ID, "e": exponent, "n": modulus}],
        }

    def _key(self) -> RSAPrivateKey:
        pem = self._store.get("key", 1) or self._store.change("key", 1, lambda before: before or _new_key())
        key = serialization.load_pem_private_key(pem.encode(), None)
        assert isinstance(key, RSAPrivateKey)  # noqa: S101 - made below
        return key


def _valid(document: Any) -> Grant | None:
    return Grant(**document["grant"]) if document and document["until"] > time.time() else None


def _new_key() -> str:
    key = generate_private_key(public_exponent=65537, key_size=2048)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return key.private_bytes(*form).decode()


def _encoded(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()
