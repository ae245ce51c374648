"""What an administrator types for a Sync Connector, and what has to be right before it can be registered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from wizard.domain.invisible import has_invisible, trim, without_invisible

MAX_NAME = 254
MAX_URL = 1023
"""As SuperOffice's table ErpConnector keeps them, in characters."""
MAX_PEM = 64 * 1024
_WITHOUT_SCHEME = re.compile(
    r"(?:(https?)(?::/{0,2}|/{1,2})|/{2})?((?:(?:[\w-]+\.)+[\w-]+|[\w-]+(?=:\d))(?::\d{1,5})?(?:[/?#]\S*)?)",
    re.ASCII | re.IGNORECASE,
)
"""A host with a dot or a port, and perhaps a scheme that lost some of its signs."""
_TWO_SCHEMES = re.compile(r"https?:?/{1,2}(?=https?:?/{1,2}|app://)", re.IGNORECASE)
_DESCRIPTION = re.compile(r"\?(?:singlewsdl|wsdl|xsd|disco)(?:=[^&#]*)?$", re.IGNORECASE)
_CALLABLE = re.compile(r"(?:https?|app)://[^\s/?#]", re.IGNORECASE)
APP_SCHEME = "app://"
"""An address that only SuperOffice can resolve."""


@dataclass(frozen=True, slots=True)
class ConnectorInput:
    """What a form, a draft or a file says of a connector. It alone is checked, covered by a receipt and registered.

    `real_url` is the address behind an `app://` URL; beside any other URL it is empty, whatever was typed there before.
    """

    name: str = ""
    url: str = ""
    real_url: str = ""
    ca_pem: str = ""

    def __post_init__(self) -> None:
        if not self.is_app_url:
            object.__setattr__(self, "real_url", "")

    @classmethod
    def from_draft(cls, draft: Mapping[str, Any]) -> ConnectorInput:
        """From what was typed at step 2, without the white space around it that copying brings along."""
        return cls(**{name: trim(text) for name, text in texts_of_draft(draft).items()})

    def to_json(self) -> dict[str, str]:
        return asdict(self)

    @property
    def is_app_url(self) -> bool:
        return self.url.lower().startswith(APP_SCHEME)

    @property
    def address(self) -> str:
        """The URL that can be called from here."""
        return self.real_url or self.url

    def problems(self) -> dict[str, str]:
        """What keeps it from being registered, a code by field: `missing`, `too_long`, `invisible` or `app_scheme`.

        Whether the address can be called is for a check to say.
        """
        found = {name: "missing" for name in ("name", "url") if not getattr(self, name)}
        if self.is_app_url and not self.real_url:
            found["real_url"] = "missing"
        unchecked = ("name", "url") if self.is_app_url else ("name",)
        found |= {name: "invisible" for name in unchecked if has_invisible(getattr(self, name))}
        if self.real_url.lower().startswith(APP_SCHEME):
            found["real_url"] = "app_scheme"
        limits = {"name": MAX_NAME, "url": MAX_URL, "real_url": MAX_URL, "ca_pem": MAX_PEM}
        return found | {name: "too_long" for name, limit in limits.items() if len(getattr(self, name)) > limit}


def texts_of_draft(draft: Mapping[str, Any]) -> dict[str, str]:
    """What was typed at step 2, field by field. Drafts of version 1.0 call the real address `endpoint`."""
    texts = {"real_url": draft.get("endpoint"), **draft}
    return {each.name: texts.get(each.name) or "" for each in fields(ConnectorInput)}


def mended_url(url: str) -> str | None:
    """The URL as it was probably meant, where it only lacks its scheme, or has one thing that was copied along.

    That is a second scheme before the first, an invisible character, or the question for the description of the
    service, which tools show behind its address.
    """
    plain = without_invisible(url)
    plain = _TWO_SCHEMES.sub("", plain)
    plain = _DESCRIPTION.sub("", plain)
    found = _WITHOUT_SCHEME.fullmatch(plain)
    if found is not None and "://" not in plain[:8]:
        plain = f"{(found[1] or 'https').lower()}://{found[2]}"
    return plain if plain != trim(url) and _CALLABLE.match(plain) else None
