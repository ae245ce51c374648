"""Public keys of providers."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from wizard.domain.provider_link import read_link
from wizard.security import fingerprint_of, is_signed_with, read_public_key

KEY = Ed25519PrivateKey.generate()
RAW = KEY.public_key().public_bytes_raw()
PEM = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
PRIVATE = KEY.private_bytes(PEM[0], serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()


@pytest.mark.parametrize(
    "text",
    [
        KEY.public_key().public_bytes(*PEM).decode(),
        base64.b64encode(RAW).decode(),
        f"\n{base64.urlsafe_b64encode(RAW).decode().rstrip('=')}\n",
    ],
    ids=["PEM", "base64", "base64 for URLs"],
)
def test_a_public_key_is_read_as_people_have_it(text: str) -> None:
    assert read_public_key(text) == RAW


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "AAAA",
        PRIVATE,
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
        generate_private_key(SECP256R1()).public_key().public_bytes(*PEM).decode(),
    ],
    ids=["empty", "text", "short", "private", "broken", "of another kind"],
)
def test_anything_else_is_no_key(text: str) -> None:
    assert read_public_key(text) is None


def test_a_signature_holds_for_its_text_and_key_only() -> None:
    signature = KEY.sign(b"url=a")

    assert is_signed_with(RAW, b"url=a", signature)
    assert not is_signed_with(RAW, b"url=b", signature)
    assert not is_signed_with(Ed25519PrivateKey.generate().public_key().public_bytes_raw(), b"url=a", signature)


def test_the_fingerprint_is_that_of_the_documentation() -> None:
    assert fingerprint_of(bytes(32)) == "66687aadf862bd77"


def test_the_link_of_the_documentation_is_signed_with_its_key() -> None:
    page = (Path(__file__).parents[3] / "docs" / "provider-link.md").read_text()
    key, link = (line.strip() for line in page.partition("It prints:")[2].strip().splitlines())
    read, raw = read_link(link), read_public_key(key)

    assert raw is not None
    assert (read.connector.name, read.key_id) == ("Visma.net Sync", fingerprint_of(raw))
    assert is_signed_with(raw, read.signed, read.signature)
