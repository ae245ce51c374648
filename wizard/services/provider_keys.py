"""The keys of providers that administrators have accepted, and which of them has signed a link."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from wizard.domain.provider_link import ProviderLink
from wizard.errors import InvalidInput
from wizard.extensions import db
from wizard.models import Account, ProviderKey
from wizard.security import fingerprint_of, is_signed_with, read_public_key
from wizard.services import audit


def list_keys() -> Sequence[ProviderKey]:
    """By name."""
    return db.session.scalars(select(ProviderKey).order_by(ProviderKey.name, ProviderKey.id)).all()


def find_key(key_id: int) -> ProviderKey | None:
    return db.session.get(ProviderKey, key_id)


def accept_key(account: Account, name: str, text: str) -> ProviderKey:
    """Raises InvalidInput for a text that is no public key, and for one that was accepted before."""
    key = read_public_key(text)
    if key is None:
        raise InvalidInput({"key": "no_key"})
    row = ProviderKey(name=name, key=key.hex(), fingerprint=fingerprint_of(key), accepted_by=audit.name_of(account))
    db.session.add(row)
    try:
        db.session.flush()
    except IntegrityError as error:
        db.session.rollback()
        raise InvalidInput({"key": "taken"}) from error
    audit.note(account, "provider_key.accepted", name, row.fingerprint)
    db.session.commit()
    return row


def remove_key(account: Account, row: ProviderKey) -> None:
    """Links that are signed with it are as unsigned from now on."""
    audit.note(account, "provider_key.removed", row.name, row.fingerprint)
    db.session.delete(row)
    db.session.commit()


def signer_of(link: ProviderLink) -> ProviderKey | None:
    """The provider whose key has signed a link; None where it is unknown or the signature is not right."""
    row = db.session.scalar(select(ProviderKey).where(ProviderKey.fingerprint == link.key_id)) if link.key_id else None
    return row if row is not None and is_signed_with(bytes.fromhex(row.key), link.signed, link.signature) else None
