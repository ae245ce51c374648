"""Notes what will end: certificates of connectors, and the sign-in to SuperOffice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import select

from wizard.domain.notices import CERTIFICATE_DAYS, NoticeKind, certificate_step
from wizard.errors import DecryptionError
from wizard.extensions import db
from wizard.models import Connector, SuperOfficeLink, Watch
from wizard.models.columns import now
from wizard.models.database import writing
from wizard.services.notices.note import note

TOKEN_NOTICE = timedelta(hours=3)
"""How long before its end a sign-in is told of that cannot be renewed."""
_SIGN_IN_ENDED = frozenset({"superoffice.consent_revoked", "superoffice.not_authorised", "superoffice.client_rejected"})


@writing()
def note_certificates() -> None:
    """Notes the certificates that end in 30, 14 or 3 days, each once for each of these. Commits."""
    note(_certificates())
    db.session.commit()


def _certificates() -> Iterator[Mapping[str, Any]]:
    at = now()
    last = at + timedelta(days=max(CERTIFICATE_DAYS))
    found = (
        select(Watch.connector_id, Watch.certificate_until)
        .join(Connector, Connector.id == Watch.connector_id)
        .where(Connector.deleted_at.is_(None), Watch.certificate_until > at, Watch.certificate_until <= last)
    )
    for connector_id, end in db.session.execute(found).all():
        until = cast(datetime, end)  # the condition leaves out those without
        key = f"certificate:{connector_id}:{until:%Y-%m-%d}:{certificate_step(until, at)}"
        yield {"kind": NoticeKind.CERTIFICATE, "key": key, "connector_id": connector_id, "ends_at": until}


@writing()
def note_sign_in() -> None:
    """Notes that the sign-in to SuperOffice ends and cannot be renewed, or that it has ended. Commits."""
    link = db.session.scalar(select(SuperOfficeLink).where(SuperOfficeLink.linked_at.is_not(None)))
    if link is not None:
        note(_ends_of_sign_in(link))
    db.session.commit()


def _ends_of_sign_in(link: SuperOfficeLink) -> Iterator[Mapping[str, Any]]:
    """One key for each sign-in: a new one sets `linked_at` or the end of its token anew."""
    failed = link.health.stage if link.health else None
    until = link.token_expires_at
    if failed is not None and failed.reason in _SIGN_IN_ENDED:
        yield {"kind": NoticeKind.TOKEN, "key": f"sign-in-ended:{link.linked_at}"}
    elif until and timedelta(0) < until - now() <= TOKEN_NOTICE and not _can_renew(link):
        yield {"kind": NoticeKind.TOKEN, "key": f"sign-in-ends:{until}", "ends_at": until}


def _can_renew(link: SuperOfficeLink) -> bool:
    try:
        return bool(link.credentials.get("refresh_token"))
    except DecryptionError:
        return True  # nothing is known of it
