"""Cryptography and limits: the keys that encrypt and sign, password hashes, and where rate limits are counted."""

from wizard.security.keyring import KEY_FILE, KeyRing, read_keys, write_keys
from wizard.security.password_strength import judge_password
from wizard.security.passwords import NO_PASSWORD, hash_password, verify_password
from wizard.security.provider_keys import fingerprint_of, is_signed_with, read_public_key
from wizard.security.rate_limit_storage import DatabaseStorage

__all__ = [
    "KEY_FILE",
    "NO_PASSWORD",
    "DatabaseStorage",
    "KeyRing",
    "fingerprint_of",
    "hash_password",
    "is_signed_with",
    "judge_password",
    "read_keys",
    "read_public_key",
    "verify_password",
    "write_keys",
]
