"""URLs as people and attackers spell them, and which addresses may be called."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.outside.http.address_policy import MAX_URL_LENGTH, Address, AddressError, Policy, read_address

ANYWHERE = Policy(loopback=True)
METADATA = "169.254.169.254"


def networks(*texts: str) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    return tuple(map(ipaddress.ip_network, texts))


def allows(policy: Policy, text: str) -> bool:
    return policy.allows(ipaddress.ip_address(text))


def refusal(url: str, policy: Policy = Policy()) -> AddressError:
    with pytest.raises(AddressError) as caught:
        read_address(url, policy)
    return caught.value


# --- reading


def test_an_address_is_taken_apart() -> None:
    url = "https://ERP.Example:8443/Services/ERPConnectorWS.svc?ConnectorName=Visma"
    assert read_address(url, Policy()) == Address(
        url, "https", "erp.example", 8443, "/Services/ERPConnectorWS.svc?ConnectorName=Visma", None
    )


@pytest.mark.parametrize(
    ("url", "host", "port", "target"),
    [
        ("https://erp.example", "erp.example", 443, "/"),
        ("http://erp.example:/", "erp.example", 80, "/"),
        ("HTTPS://erp.example./x", "erp.example", 443, "/x"),
        ("https://erp.example?ConnectorName=A", "erp.example", 443, "/?ConnectorName=A"),
        ("https://erp.example/x#part", "erp.example", 443, "/x"),
        ("https://erp.example/@x", "erp.example", 443, "/@x"),
        ("  https://erp.example/  ", "erp.example", 443, "/"),
        ("https://bücher.example/", "xn--bcher-kva.example", 443, "/"),
        ("https://straße.test/x.svc", "xn--strae-oqa.test", 443, "/x.svc"),
        ("https://STRAẞE.test:8443/", "xn--strae-oqa.test", 8443, "/"),
        ("https://βόλος.example/", "xn--nxasmm1c.example", 443, "/"),
        ("https://ΒΌΛΟΣ.example/", "xn--nxasmq6b.example", 443, "/"),
        ("https://نامه\u200cای.example/", "xn--mgba3gch31f060k.example", 443, "/"),
        ("https://ශ්\u200dරී.example/", "xn--10cl1a0b660p.example", 443, "/"),
        ("https://erp_1.bücher。example/", "erp_1.xn--bcher-kva.example", 443, "/"),
        ("https://erp_1.example/", "erp_1.example", 443, "/"),
        ("https://[2001:db8::7]:444/", "2001:db8::7", 444, "/"),
        ("https://10.0.0.7/", "10.0.0.7", 443, "/"),
        ("https://0x0a.7/", "10.0.0.7", 443, "/"),
    ],
)
def test_a_host_is_read_in_any_spelling(url: str, host: str, port: int, target: str) -> None:
    address = read_address(url, Policy())
    assert (address.host, address.port, address.target) == (host, port, target)


@pytest.mark.parametrize("url", ["", " ", "     "])
def test_nothing_is_empty(url: str) -> None:
    assert refusal(url).reason == "address.empty"


@pytest.mark.parametrize(
    "url",
    [
        "erp.example",
        "erp.example/x.svc",
        "erp.example:443/x.svc",
        "localhost:8080",
        "//erp.example/",
        "https",
        "https:",
        "https:erp.example",
        "https:///x.svc",
        "https://erp.example:0/",
        "https://erp.example:65536/",
        "https://erp.example:port/",
        "https://a:b:c/",
        "https://[::1",
        "https://[::g]/",
        "https://erp..example/",
        "https://-erp.example/",
        "https://erp%2eexample/",
        f"https://{'a' * 64}.example/",
        f"https://{'a.' * 130}example/",
        "https://\u00df\u2100.example/",
        "https://erp.example\\@evil.example/",
        "https://erp.example/\r\nX-Injected: 1",
        "https://erp.example/a b",
        "https://erp.example/\x00x",
        "https://erp.example/\x85x",
        "https://erp.example/\u202egnp.svc",
        "https://erp\u200b.example/",
        "1https://erp.example/",
        "://",
    ],
)
def test_what_is_no_address_is_malformed(url: str) -> None:
    assert refusal(url).reason == "address.malformed"


@pytest.mark.parametrize("port", ["8139x", "99999", "0", "-1", "80:90"])
def test_a_port_that_is_none_is_named(port: str) -> None:
    refused = refusal(f"https://erp.example:{port}/x.svc")
    assert (refused.reason, refused.facts["kind"]) == ("address.malformed", "port")


@pytest.mark.parametrize("url", ["https://sa:p@ss@erp.example:x/", "https://sa:p/ss@erp.example:x/"])
def test_a_password_in_a_malformed_address_is_not_shown(url: str) -> None:
    rendered = refusal(url).facts["url"]
    assert "ss" not in rendered
    assert rendered.startswith("https://••••@erp.example")


@pytest.mark.parametrize(
    "url", ["plugin://visma", "plugin:visma", "ftp://erp.example/", "file:///etc/passwd", "javascript:alert(1)"]
)
def test_another_scheme_is_named(url: str) -> None:
    refused = refusal(url)
    assert (refused.reason, refused.facts) == ("address.unsupported_scheme", {"scheme": url.partition(":")[0]})


@pytest.mark.parametrize("url", ["app://1a2b3c", "APP://1a2b3c/x", "app:1a2b3c"])
def test_an_app_address_is_distinguished(url: str) -> None:
    assert refusal(url).reason == "address.app_scheme"


@pytest.mark.parametrize("url", ["https://sa:secret@erp.example/", "https://sa@erp.example/", "https://@erp.example/"])
def test_credentials_are_refused_and_not_repeated(url: str) -> None:
    refused = refusal(url)
    assert (refused.reason, refused.facts) == ("address.credentials", {"host": "erp.example"})


def test_an_address_of_1023_characters_is_the_longest() -> None:
    longest = "https://erp.example/" + "x" * (MAX_URL_LENGTH - 20)
    assert read_address(longest, Policy()).url == longest
    assert refusal(longest + "x").reason == "address.too_long"


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("http://erp.example/", True),
        ("http://10.0.0.7/", True),
        ("https://erp.example/", False),
        ("http://localhost/", False),
        ("http://LOCALHOST./", False),
        ("http://127.0.0.9/", False),
        ("http://[::1]/", False),
        ("http://[::ffff:127.0.0.1]/", False),
    ],
)
def test_plain_http_is_plain_beyond_this_machine(url: str, plain: bool) -> None:
    assert read_address(url, ANYWHERE).is_plain_http is plain


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    for url in (text, f"https://{text}", f"https://{text}/x"):
        try:
            address = read_address(url, Policy())
        except AddressError:
            continue
        assert address.host.isascii()


# --- judging


@pytest.mark.parametrize(
    "host",
    [
        METADATA,
        METADATA + ".",
        METADATA + "..",
        "2852039166",
        "0xa9fea9fe",
        "0xA9.0xFE.0xA9.0xFE",
        "0251.0376.0251.0376",
        "169.254.43518",
        "169.16689662",
        "１６９.254.169.254",
        "169。254。169。254",
        "[::ffff:169.254.169.254]",
        "[::ffff:a9fe:a9fe]",
        "[::169.254.169.254]",
        "[::ffff:0:a9fe:a9fe]",
        "[64:ff9b::a9fe:a9fe]",
        "[64:ff9b:1::a9fe:a9fe]",
        "[2002:a9fe:a9fe::]",
        "[2001:0:4136:e378:8000:63bf:5601:5601]",
        "[fe80::1]",
        "[fe80::1%25eth0]",
    ],
)
def test_a_forbidden_address_is_seen_through_its_disguise(host: str) -> None:
    refused = refusal(f"http://{host}/latest/meta-data", ANYWHERE)
    assert refused.reason == "address.not_allowed"
    assert refused.facts["address"]


@pytest.mark.parametrize(
    "text",
    [
        "0.0.0.0",
        "0.1.2.3",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.8",
        "192.88.99.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "100::1",
        "1000::1",
        "fd00:ec2::254",
        "fd20:ce::254",
        "fec0::1",
        "ff02::1",
    ],
)
def test_what_can_only_be_a_mistake_or_an_attack_is_not_allowed(text: str) -> None:
    assert not allows(ANYWHERE, text)


@pytest.mark.parametrize(
    "text",
    [
        "93.184.216.34",
        "10.0.0.7",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "2606:2800::1",
        "fd12::7",
        "64:ff9b::808:808",
    ],
)
def test_public_and_private_networks_are_allowed(text: str) -> None:
    assert allows(Policy(), text)


@pytest.mark.parametrize("text", ["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"])
def test_loopback_is_allowed_where_the_policy_says_so(text: str) -> None:
    assert not allows(Policy(), text)
    assert allows(ANYWHERE, text)


def test_allow_admits_what_is_forbidden_otherwise() -> None:
    policy = Policy(allow=networks("169.254.0.0/16", "127.0.0.0/8"))
    assert allows(policy, METADATA)
    assert allows(policy, f"::ffff:{METADATA}")
    assert allows(policy, "127.0.0.1")
    assert not allows(policy, "fe80::1")


def test_deny_wins_over_allow() -> None:
    policy = Policy(allow=networks("10.0.0.0/8"), deny=networks("10.1.0.0/16", "fd12::/16"))
    assert allows(policy, "10.2.0.1")
    assert not allows(policy, "10.1.0.1")
    assert not allows(policy, "::ffff:10.1.0.1")
    assert not allows(policy, "fd12::1")


@given(st.ip_addresses(v=4))
def test_an_address_is_judged_the_same_in_every_wrapping(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    verdict = Policy().allows(address)
    for prefix in (0xFFFF << 32, 0x0064FF9B << 96):
        assert Policy().allows(ipaddress.IPv6Address(prefix | number)) is verdict
    assert Policy().allows(ipaddress.IPv6Address(0x2002 << 112 | number << 80)) is verdict


@pytest.mark.parametrize(
    "text", ["127.0.0.1", "::1", "10.1.2.3", "192.168.0.9", "100.64.0.1", "fd12::1", "::ffff:10.1.2.3"]
)
def test_a_private_address_is_in_doubt_where_superoffice_runs_elsewhere(text: str) -> None:
    address = ipaddress.ip_address(text)
    assert Policy(superoffice=()).doubts_superoffice(address)
    assert Policy(superoffice=networks("172.16.0.0/12")).doubts_superoffice(address)
    assert not Policy(superoffice=networks("0.0.0.0/0", "::/0")).doubts_superoffice(address)
    assert not Policy().doubts_superoffice(address)


@pytest.mark.parametrize("text", ["203.0.114.7", "2a00:1450::1", "::ffff:8.8.8.8"])
def test_a_public_address_is_in_no_doubt(text: str) -> None:
    assert not Policy(superoffice=()).doubts_superoffice(ipaddress.ip_address(text))


@pytest.mark.parametrize("around", ["\u200b", "\ufeff", "\u00a0", " \u2060\t"])
def test_what_nobody_sees_around_a_url_is_cut(around: str) -> None:
    assert read_address(f"{around}https://erp.example/x.svc{around}", Policy()).host == "erp.example"


@pytest.mark.parametrize(
    ("url", "kind", "shown"),
    [
        ("https://erp.exam\u200bple/x.svc", "invisible", "https://erp.exam·ple/x.svc"),
        ("https://erp.example/x\u00a0y.svc", "invisible", "https://erp.example/x·y.svc"),
        ("https://erp.example/x\u200c.svc", "invisible", "https://erp.example/x·.svc"),
        ("http://https://erp.example/x.svc", "twice", "http://https://erp.example/x.svc"),
        ("https://http//erp.example/x.svc", "twice", "https://http//erp.example/x.svc"),
    ],
)
def test_what_was_copied_along_is_named(url: str, kind: str, shown: str) -> None:
    assert refusal(url).facts == {"url": shown, "kind": kind}
