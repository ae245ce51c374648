"""What a letter tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wizard.domain.check import StageResult
from wizard.domain.notices import NoticeKind


@dataclass(frozen=True, slots=True)
class About:
    """A connector or a connection that is broken or works again, a certificate, or the right to SuperOffice.

    `result` is the stage that failed first, `url` the connector's address, `path` the page that has more. `until` is
    when it worked again, or when a certificate ends.
    """

    kind: NoticeKind
    name: str
    path: str
    is_connector: bool = False
    since: datetime | None = None
    until: datetime | None = None
    result: StageResult | None = None
    connector: str = ""
    url: str = ""
    provider: str = ""
