"""Ways to the reasons of stage `address`."""

from __future__ import annotations

import socket

from tests.wire.ways.servers import failing_lookup, lookup
from tests.wire.ways.way import Way
from wizard.domain.check import Stage

WAYS: tuple[Way, ...] = (
    Way("address.empty", "nothing", url=""),
    Way("address.empty", "spaces", url="   "),
    Way("address.malformed", "no scheme", url="erp.example/x.svc"),
    Way("address.malformed", "a backslash", url="https://erp.example\\@evil.example/"),
    Way("address.malformed", "a line break", url="https://erp.example/\r\nHost: evil"),
    Way("address.malformed", "something behind an IPv6 address", url="http://[::1]x:80/"),
    Way("address.malformed", "a password without slashes", url="https:sa:hunter2@erp.example/"),
    Way("address.malformed", "a space of no width", url="https://erp.exam\u200bple/x.svc"),
    Way("address.malformed", "two beginnings", url="http://https://erp.example/x.svc"),
    Way("address.malformed", "no host", url="https:///x.svc"),
    Way("address.malformed", "a port that is none", url="https://erp.example:99999/"),
    Way("address.malformed", "a joiner where none may be", url="https://er\u200dp.example/"),
    Way("address.malformed", "a joiner in the path", url="https://erp.example/x\u200c.svc"),
    Way("address.malformed", "a name that begins with an accent", url="https://\u0301erp.example/"),
    Way("address.malformed", "a slash in other dress", url="https://erp\uff0fx.example/"),
    Way("address.unsupported_scheme", "ftp", url="ftp://erp.example/"),
    Way("address.unsupported_scheme", "plugin", url="plugin://connector"),
    Way("address.unsupported_scheme", "javascript", url="javascript:alert(1)"),
    Way("address.app_scheme", "app", url="app://1a2b3c"),
    Way("address.credentials", "a password", url="https://sa:hunter2@erp.example/"),
    Way("address.credentials", "a user", url="https://sa@erp.example/"),
    Way("address.too_long", "1024 characters", url="https://erp.example/" + "x" * 1004),
    Way("address.not_allowed", "loopback", url="http://127.0.0.1/", allow_loopback=False),
    Way("address.not_allowed", "link-local", url="http://169.254.169.254/latest/meta-data"),
    Way("address.port_not_allowed", "a mail server's", url="https://erp.example:25/"),
    Way("address.port_not_allowed", "a key-value store's", url="http://10.0.0.7:6379/x.svc"),
    Way("address.not_allowed", "decimal", url="http://2852039166/"),
    Way("address.not_allowed", "octal", url="http://0251.0376.0251.0376/"),
    Way("address.not_allowed", "hexadecimal", url="http://0xa9fea9fe/"),
    Way("address.not_allowed", "a trailing dot", url="http://169.254.169.254./"),
    Way("address.not_allowed", "mapped", url="http://[::ffff:169.254.169.254]/"),
    Way("address.not_allowed", "NAT64", url="http://[64:ff9b::a9fe:a9fe]/"),
    Way("address.not_allowed", "full-width digits", url="http://１６９.254.169.254/"),
    Way("address.not_allowed", "a zone", url="http://[fe80::1%25eth0]/"),
    Way(
        "address.not_allowed",
        "a name that is one",
        url="http://erp.example/",
        resolve=lookup("169.254.169.254"),
        stage=Stage.DNS,
    ),
    Way(
        "address.not_allowed",
        "one of several",
        url="http://erp.example/",
        resolve=lookup("192.0.2.1", "169.254.169.254"),
        stage=Stage.DNS,
    ),
    Way(
        "address.plain_http",
        "http to another machine",
        url="http://erp.example/",
        resolve=failing_lookup(socket.gaierror(socket.EAI_NONAME, "no")),
    ),
)
