"""An address that was typed and is not saved yet: the page has it encrypted, so that it need not be typed again."""

from __future__ import annotations

from flask import current_app, request

from wizard.errors import DecryptionError


def typed_before() -> str:
    """What an earlier answer to this form has kept, or nothing."""
    token = request.form.get("typed_address", "")
    try:
        address: bytes = current_app.extensions["keyring"].decrypt(token.encode(), _context())
    except DecryptionError:
        return ""
    return address.decode()


def sealed(address: str) -> str:
    """What goes into the page."""
    token: bytes = current_app.extensions["keyring"].encrypt(address.encode(), _context())
    return token.decode()


def _context() -> str:
    return f"address typed at {request.path}"
