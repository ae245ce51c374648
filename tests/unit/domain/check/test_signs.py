"""Signs: each is looked for in bounded text, whatever a server says, and never makes a failure a success."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.domain.check import (
    REASONS,
    SIGNS,
    Outcome,
    Owner,
    Said,
    Stage,
    StageResult,
    said_in,
    shortest_of,
    sign_of,
    target_of,
)

RECORDED = sorted((Path(__file__).parents[3] / "data/connector-contract").rglob("*.response.xml"))
URL = "http://erp.example/services/ErpConnectorWS.svc"
HOSTILE = (
    b"<title" * 10_000,
    b"<title>" + b"&amp;" * 13_000,
    b"&#x" * 22_000,
    b"\xff\xfe" + b"<" * 65_534,
    b" \t\n" * 22_000,
    b"(" * 70_000,
    bytes(range(256)) * 256,
)
a_text = st.text(max_size=300) | st.sampled_from(
    ["%(host)s", "<script>alert(1)</script>", "http://[", "\ud800", "\0", "&#0;", "İ" * 50, "<TITLE>x</TITLE>"]
)


def try_all(said: Said) -> None:
    for sign in SIGNS.values():
        assert sign.is_in(said) in (True, False)
    for reason in REASONS:
        found = sign_of(reason, said)
        assert found is None or reason in found.of


@given(
    st.integers(0, 999),
    a_text,
    st.dictionaries(st.sampled_from(["Server", "Location", "X-Cache", "Allow"]) | a_text, a_text, max_size=5),
    st.binary(max_size=2000) | a_text.map(lambda text: text.encode("utf-8", "replace")),
    st.sampled_from([URL, "https://[::1]:8443/", ""]),
    st.tuples(a_text, a_text),
)
def test_no_answer_breaks_the_search_for_signs(status, phrase, headers, body, url, fault):
    try_all(said_in(status, phrase, headers, body, url, fault))
    assert isinstance(shortest_of(status, phrase, body), str)


def test_what_real_connectors_have_answered_is_searched():
    assert RECORDED
    for path in RECORDED:
        try_all(said_in(500, "", {}, path.read_bytes(), URL, ("a:Client", path.read_text(errors="replace"))))


@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_page_is_searched_at_once(body):
    began = time.process_time()
    said = said_in(500, "x" * 100_000, {f"x-{n}": "y" * 1000 for n in range(500)}, body, URL, ("c", "f" * 100_000))
    try_all(said)
    assert time.process_time() - began < 1.5
    assert max(map(len, (said.page, said.title, said.phrase, said.fault))) <= 65_536


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
def test_a_sign_explains_failures_and_names_its_source(sign):
    reasons = [REASONS[code] for code in (*sign.of, *([sign.reason] if sign.reason else []))]
    assert {reason.outcome for reason in reasons} == {Outcome.FAILED}
    assert sign.source.startswith(("https://", "github.com/"))
    assert SIGNS[sign.code] is sign


def test_a_host_that_is_called_login_is_no_sign_in_for_its_own_addresses():
    said = said_in(301, "", {"Location": "/v2/x.svc"}, b"", "https://login.erp.example/v1/x.svc")
    assert sign_of("http.redirect", said) is None


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (403, {"x-azure-ref": "1"}, b"<h1>Forbidden</h1>"),
        (503, {"X-Cache": "Error from cloudfront"}, b"<title>Service Unavailable</title>"),
        (404, {"Server": "Microsoft-IIS/10.0"}, b"<title>Plant maintenance</title>"),
        (403, {"Server": "cloudflare"}, b"<h1>Forbidden</h1>"),
        (403, {"Server": "cloudflare"}, b"error code: 1000"),
        (404, {"Server": "nginx"}, b"<center>nginx</center>"),
        (500, {"Server": "Microsoft-IIS/10.0"}, b"<h1>Login failed for the password of sa</h1>"),
        (400, {}, b"Bad host"),
    ],
)
def test_what_a_server_behind_says_for_itself_is_not_put_down_to_what_stands_in_front(status, headers, body):
    said = said_in(status, "", headers, body, URL)
    assert [code for code, sign in SIGNS.items() if sign.is_in(said)] == []


def test_nothing_said_is_no_sign():
    assert [code for code, sign in SIGNS.items() if sign.is_in(Said())] == []


def test_who_can_repair_it_is_whom_the_sign_names():
    assert StageResult(Stage.HTTP, Outcome.FAILED, "http.not_found").owner == Owner.ADMIN
    assert StageResult(Stage.HTTP, Outcome.FAILED, "http.not_found", sign="iis.mime_map").owner == Owner.PROVIDER
    assert StageResult(Stage.HTTP, Outcome.FAILED, "http.forbidden", sign="azure.stopped").owner == Owner.PROVIDER


def test_a_result_of_before_there_were_signs_is_read():
    data = StageResult(Stage.HTTP, Outcome.FAILED, "http.forbidden").to_json()
    del data["sign"]
    assert StageResult.from_json(data).sign is None
    assert StageResult.from_json(data | {"sign": "one.that_is_gone"}).sign is None


@pytest.mark.parametrize(
    ("status", "phrase", "body", "said"),
    [
        (403, "Site Disabled", b"", "Site Disabled"),
        (403, "Forbidden", b"<title>Web App - Unavailable</title>", "Web App - Unavailable"),
        (404, "Not Found", b"<title>404 Not Found</title>", ""),
        (404, "Not Found", b"<title>HTTP Error 404</title>", ""),
        (521, "", b"error code: 521", "error code: 521"),
        (455, "", b"<p>Blocked</p>", ""),
        (400, "Bad Request", b"{" + b"x" * 400, ""),
        (500, "Internal Server Error", b"<title>A &amp; B</title>", "A & B"),
    ],
)
def test_the_few_words_of_an_answer_are_those_that_say_more_than_its_status(status, phrase, body, said):
    assert shortest_of(status, phrase, body) == said


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/other.svc", "http://erp.example/other.svc"),
        ("https://x.example/", "https://x.example/"),
        ("javascript:alert(1)", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_where_a_redirect_leads_is_an_address_that_can_be_called(location, target):
    assert target_of(URL, location) == target


@pytest.mark.parametrize(
    ("location", "sign"),
    [
        ("/services/ErpConnectorWS.svc", "redirect.itself"),
        ("http://ERP.example:80/services/ErpConnectorWS.svc", "redirect.itself"),
        ("https://erp.example/services/ErpConnectorWS.svc", "redirect.https"),
        ("/Account/Login?ReturnUrl=%2Fservices", "redirect.sign_in"),
        ("login.aspx", "redirect.sign_in"),
        ("https://login.microsoftonline.com/x/oauth2/authorize", "entra.sign_in"),
        ("/services/v2/ErpConnectorWS.svc", None),
        ("/designing/ErpConnectorWS.svc", None),
    ],
)
def test_a_redirect_is_told_by_where_it_leads(location, sign):
    found = sign_of("http.redirect", said_in(302, "Found", {"Location": location}, b"", URL))
    assert (found and found.code) == sign


def test_an_address_that_cannot_be_taken_apart_is_only_compared() -> None:
    assert Said(url="http://[", location="http://[").leads_to_itself
    assert not Said(url="http://[", location="http://erp.example/").leads_to_itself
    assert not Said(url="http://[", location="https://[").leads_to_https
