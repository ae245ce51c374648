"""Every reason and every sign, and the ways in which a real server brings them about, by stage."""

from tests.wire.ways import (
    address,
    config,
    connect,
    contract,
    dns,
    fields,
    http,
    misread,
    saving,
    signs_between,
    signs_servers,
    signs_stacks,
    signs_tls,
    tls,
    xml,
)
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
    *signs_between.WAYS,
    *signs_servers.WAYS,
    *signs_stacks.WAYS,
    *signs_tls.WAYS,
)
