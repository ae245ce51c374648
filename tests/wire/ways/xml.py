"""Ways in which the answer of a connector is not XML that SuperOffice reads."""

from __future__ import annotations

import gzip

from tests.wire import hosts
from tests.wire.hosts import HEALTHY, http, later, sending
from tests.wire.ways.servers import healthy_with
from tests.wire.ways.way import Way

_LATIN = HEALTHY.replace(b"Company", b"Soci\xe9t\xe9")


_TYPED = '<FieldMetadataInfoWS i:type="FieldMetadataInfoWS"/>' * 2000 + "<FieldMetadataInfoWS>"


_UTF_16 = '<?xml version="1.0" encoding="utf-16"?>'


def _attributes(count: int) -> str:
    return "".join(f" a{n:x}=''" for n in range(count))


def _with_prefixes(count: int) -> bytes:
    return b"<s:Envelope " + b" ".join(b"xmlns:a%x='u'" % n for n in range(count)) + b" "


WAYS: tuple[Way, ...] = (
    Way("contract.not_xml", "JSON", sending(http(b'{"fields": []}', "200 OK", "application/json"))),
    Way("contract.not_xml", "text", sending(http(b"It works", "200 OK", "text/plain"))),
    Way(
        "contract.not_xml",
        "MTOM",
        sending(
            http(
                b"--uuid\r\nContent-Type: application/xop+xml\r\n\r\n" + HEALTHY,
                "200 OK",
                'multipart/related; type="application/xop+xml"',
            )
        ),
    ),
    Way(
        "contract.not_xml",
        "an unknown encoding",
        sending(http(gzip.compress(HEALTHY), "200 OK", hosts.TEXT_XML, "Content-Encoding: br")),
    ),
    Way(
        "contract.not_xml",
        "a broken gzip",
        sending(http(b"this is no gzip", "200 OK", hosts.TEXT_XML, "Content-Encoding: gzip")),
    ),
    *(
        Way(
            "contract.not_xml",
            f"packed as {name}",
            sending(http(body, "200 OK", hosts.TEXT_XML, f"Content-Encoding: {name}")),
        )
        for name, body in (
            ("gzip, gzip", gzip.compress(gzip.compress(HEALTHY))),
            ("GZIP", gzip.compress(HEALTHY)),
            ("x-gzip", gzip.compress(HEALTHY)),
        )
    ),
    Way("contract.not_xml", "JSON that says it is XML", sending(http(b'{"fields": []}'))),
    Way(
        "contract.not_xml",
        "a gzip with a wrong sum",
        sending(
            http(gzip.compress(HEALTHY)[:-8] + b"12345678", "200 OK", hosts.TEXT_XML, "Content-Encoding: gzip"),
        ),
    ),
    Way(
        "contract.not_xml",
        "packed sixty times",
        sending(http(HEALTHY, "200 OK", hosts.TEXT_XML, "Content-Encoding: " + ", ".join(["gzip"] * 60))),
    ),
    Way("contract.malformed_xml", "2,500,000 open elements", later(lambda: sending(http(b"<a>" * 2_500_000)))),
    Way(
        "contract.malformed_xml",
        "a million attributes",
        later(lambda: sending(http(healthy_with("<IsOk>", f"<a{_attributes(700_000)}/><IsOk>")))),
    ),
    Way("contract.malformed_xml", "a name of 7 MB", later(lambda: sending(http(b"<" + b"a" * 7_000_000 + b"/>")))),
    Way("contract.malformed_xml", "a declaration of 7 MB", later(lambda: sending(http(b"<?xml " + b"a" * 7_000_000)))),
    Way(
        "contract.malformed_xml",
        "utf-16 that nothing names",
        sending(http(HEALTHY.decode().encode("utf-16"), "200 OK", "text/xml; charset=utf-16")),
    ),
    Way("contract.malformed_xml", "two declarations", sending(http(b'<?xml version="1.0"?>' * 2 + HEALTHY))),
    Way("contract.malformed_xml", "a declaration of its own", sending(http(b'<?xml version="1.0" x="y"?>' + HEALTHY))),
    Way("contract.malformed_xml", "XML 1.1", sending(http(b'<?xml version="1.1"?>' + HEALTHY))),
    Way(
        "contract.malformed_xml", "utf-8 that says utf-16", sending(http(HEALTHY, "200 OK", "text/xml; charset=utf-16"))
    ),
    Way("contract.malformed_xml", "utf-16 that says utf-8", sending(http(HEALTHY.decode().encode("utf-16")))),
    Way("contract.malformed_xml", "a number where an element is due", sending(http(b"<1>" + HEALTHY))),
    Way("contract.malformed_xml", "two envelopes", sending(http(HEALTHY + HEALTHY))),
    Way("contract.malformed_xml", "text behind the envelope", sending(http(HEALTHY + b"Notice: x"))),
    Way("contract.malformed_xml", "a control character", sending(http(healthy_with(">Company</D", ">\x01</D")))),
    Way(
        "contract.malformed_xml",
        "a reference to half a character",
        sending(http(healthy_with(">Company</D", ">&#xD800;</D"))),
    ),
    Way("contract.malformed_xml", "an entity of HTML", sending(http(healthy_with(">Company</D", ">&nbsp;</D")))),
    Way(
        "contract.malformed_xml",
        "a truncated gzip",
        sending(http(gzip.compress(HEALTHY)[:-30], "200 OK", hosts.TEXT_XML, "Content-Encoding: gzip")),
    ),
    Way("contract.malformed_xml", "Content-Length too short", sending(http(HEALTHY, length=len(HEALTHY) - 20))),
    Way(
        "contract.malformed_xml",
        "prefixes without end",
        later(
            lambda: sending(
                http(healthy_with("<FieldMetadataInfoWS>", _TYPED).replace(b"<s:Envelope ", _with_prefixes(60_000)))
            )
        ),
    ),
    Way(
        "contract.malformed_xml",
        "no prefix behind a namespace that is no URI",
        sending(http(healthy_with("<IsOk>", "<a xmlns='My ERP'/><y:b/><IsOk>"))),
    ),
    Way("contract.malformed_xml", "an open element", sending(http(healthy_with("</s:Envelope>", "")))),
    Way(
        "contract.malformed_xml",
        "100,000 levels deep",
        later(lambda: sending(http(b"<a>" * 100_000 + b"</a>" * 100_000))),
    ),
    Way(
        "contract.malformed_xml",
        "bytes that are no utf-8",
        sending(http(HEALTHY.replace(b"Company", b"Soci\xe9t\xe9"))),
    ),
    Way(
        "contract.malformed_xml",
        "white space before the declaration",
        sending(http(b' <?xml version="1.0"?>' + HEALTHY)),
    ),
    Way("contract.forbidden_xml", "a DTD", sending(http(b'<!DOCTYPE x SYSTEM "http://evil.example/x.dtd">' + HEALTHY))),
    Way(
        "contract.forbidden_xml",
        "an entity attack",
        sending(http(b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + HEALTHY)),
    ),
    Way(
        "contract.forbidden_xml",
        "a local file",
        sending(http(b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + HEALTHY)),
    ),
    Way("contract.forbidden_xml", "a processing instruction", sending(http(b"<?php echo 1 ?>" + HEALTHY))),
    Way(
        "contract.forbidden_xml",
        "a DTD in utf-16",
        sending(
            http(
                (_UTF_16 + "<!DOCTYPE x []>" + HEALTHY.decode()).encode("utf-16"), "200 OK", "text/xml; charset=utf-16"
            )
        ),
    ),
    Way("contract.forbidden_xml", "a DTD behind a comment", sending(http(b"<!-- a -->\n<!DOCTYPE x>" + HEALTHY))),
    Way("contract.forbidden_xml", "an instruction inside", sending(http(healthy_with("<IsOk>", "<?evil x?><IsOk>")))),
    Way("contract.forbidden_xml", "an instruction behind", sending(http(HEALTHY + b"<?evil x?>"))),
    Way("contract.content_type", "application/xml", sending(http(HEALTHY, "200 OK", "application/xml"))),
    Way("contract.content_type", "application/soap+xml", sending(http(HEALTHY, "200 OK", "application/soap+xml"))),
    Way("contract.content_type", "none", sending(http(HEALTHY, "200 OK", None))),
    Way("contract.content_type", "text/html", sending(http(HEALTHY, "200 OK", "text/html"))),
    Way(
        "contract.content_type", "two of them", sending(http(HEALTHY, "200 OK", "text/xml", "Content-Type: text/html"))
    ),
    Way("contract.content_type", "a charset that is empty", sending(http(HEALTHY, "200 OK", "text/xml; charset="))),
    Way("contract.content_type", "a parameter without a value", sending(http(HEALTHY, "200 OK", "text/xml; foo"))),
    Way("contract.content_type", "65,000 semicolons", sending(http(HEALTHY, "200 OK", f'text/xml; a="{";" * 65_000}'))),
    Way("contract.content_type", "garbage", sending(http(HEALTHY, "200 OK", ";;;=="))),
    Way("contract.charset", "utf8 without a hyphen", sending(http(HEALTHY, "200 OK", "text/xml; charset=utf8"))),
    Way("contract.charset", "in single quotes", sending(http(HEALTHY, "200 OK", "text/xml; charset='utf-8'"))),
    Way(
        "contract.charset",
        "utf_8 in the declaration",
        sending(http(b'<?xml version="1.0" encoding="utf_8"?>' + HEALTHY, "200 OK", "text/xml")),
    ),
    Way("contract.charset", "utf-7", sending(http(HEALTHY, "200 OK", "text/xml; charset=utf-7"))),
    Way("contract.charset", "ASCII", sending(http(HEALTHY, "200 OK", "text/xml; charset=us-ascii"))),
    Way("contract.charset", "latin-1 bytes", sending(http(_LATIN, "200 OK", "text/xml; charset=iso-8859-1"))),
    Way("contract.charset", "latin-1 in the header", sending(http(HEALTHY, "200 OK", "text/xml; charset=iso-8859-1"))),
    Way(
        "contract.charset",
        "latin-1 in the declaration",
        sending(http(b'<?xml version="1.0" encoding="iso-8859-1"?>' + HEALTHY)),
    ),
)
