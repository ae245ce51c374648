"""Every reason, and the ways in which a real server brings it about, by stage."""

from tests.wire.ways import address, config, connect, contract, dns, fields, http, misread, saving, tls, xml
from tests.wire.ways.way import SECRET, Way

__all__ = ["SECRET", "WAYS", "Way"]

WAYS: tuple[Way, ...] = (
    *address.WAYS,
    *dns.WAYS,
    *connect.WAYS,
    *tls.WAYS,
    *http.WAYS,
    *contract.WAYS,
    *xml.WAYS,
    *misread.WAYS,
    *fields.WAYS,
    *config.WAYS,
    *saving.WAYS,
)
