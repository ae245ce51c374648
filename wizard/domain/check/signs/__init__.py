"""Signs: what servers, proxies, firewalls, clouds and SOAP stacks say in their own words when a call fails.

`sign_of` recognises one in what an answer says. The words are in `wizard.messages.signs`.
"""

from __future__ import annotations

from collections.abc import Mapping

from wizard.domain.check.signs.clouds import CLOUDS
from wizard.domain.check.signs.firewalls import FIREWALLS
from wizard.domain.check.signs.pages import PAGES
from wizard.domain.check.signs.proxies import PROXIES
from wizard.domain.check.signs.said import Said, said_in, shortest_of, target_of
from wizard.domain.check.signs.servers import SERVERS
from wizard.domain.check.signs.sign import Sign
from wizard.domain.check.signs.stacks import STACKS
from wizard.domain.check.signs.tls import TLS

__all__ = ["SIGNS", "Said", "Sign", "said_in", "shortest_of", "sign_of", "target_of"]

SIGNS: Mapping[str, Sign] = {
    sign.code: sign for sign in (*TLS, *CLOUDS, *FIREWALLS, *PROXIES, *SERVERS, *STACKS, *PAGES)
}
"""Every sign by its code, the more particular ones first."""

_BY_REASON: Mapping[str, tuple[Sign, ...]] = {
    reason: tuple(sign for sign in SIGNS.values() if reason in sign.of)
    for reason in {reason for sign in SIGNS.values() for reason in sign.of}
}


def sign_of(reason: str, said: Said) -> Sign | None:
    """The first sign that explains this reason and is in what was said."""
    return next((sign for sign in _BY_REASON.get(reason, ()) if sign.is_in(said)), None)
