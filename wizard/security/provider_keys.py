"""Public keys of providers, by which a signed link shows who made it: Ed25519 (RFC 8032)."""

from __future__ import annotations

import base64
from hashlib import sha256

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

KEY_BYTES = 32


def read_public_key(text: str) -> bytes | None:
    """The key in PEM, or its 32 bytes in base64; None for anything else, a private key among it."""
    text = text.strip()
    try:
        if text.startswith("-----BEGIN"):
            key = load_pem_public_key(text.encode())
            return key.public_bytes_raw() if isinstance(key, Ed25519PublicKey) else None
        raw = base64.b64decode(text.replace("-", "+").replace("_", "/") + "=" * (-len(text) % 4), validate=True)
    except (ValueError, UnsupportedAlgorithm):
        return None
    return raw if len(raw) == KEY_BYTES else None


def fingerprint_of(key: bytes) -> str:
    """The name that a link gives to the key: the first 16 hexadecimal digits of its SHA-256."""
    return sha256(key).hexdigest()[:16]


def is_signed_with(key: bytes, signed: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, signed)
    except InvalidSignature:
        return False
    return True
