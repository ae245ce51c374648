"""Cryptography and limits: the keys that encrypt and sign, password hashes, and where rate limits are counted."""
