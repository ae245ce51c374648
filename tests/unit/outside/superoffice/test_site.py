"""Which addresses may be SuperOffice's, and what is not shown of credentials."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from wizard.domain.superoffice import LinkKind
from wizard.outside.superoffice import BasicLogin, BearerTokens
from wizard.outside.superoffice.site import base_of, is_trusted


@pytest.mark.parametrize(
    ("kind", "url"),
    [
        (LinkKind.ONLINE, "https://online3.superoffice.com/Cust12345/api"),
        (LinkKind.ONLINE, "https://SOD2.SuperOffice.com/Cust12345/api/"),
        (LinkKind.ONSITE, "https://crm.example.com/so/api"),
        (LinkKind.ONSITE, "http://127.0.0.1:8080/so/api"),
        (LinkKind.PRACTICE, "http://127.0.0.1:8000/practice/superoffice"),
        (LinkKind.PRACTICE, "http://localhost:8000/practice/superoffice"),
        (LinkKind.PRACTICE, "http://[::1]:8000/practice/superoffice"),
        (LinkKind.PRACTICE, "https://erp-setup.example/practice/superoffice/Cust00001/api"),
    ],
)
def test_an_address_of_superoffice_is_trusted(kind: LinkKind, url: str) -> None:
    assert is_trusted(kind, url)


@pytest.mark.parametrize(
    ("kind", "url"),
    [
        (LinkKind.ONLINE, "http://online3.superoffice.com/Cust12345/api"),
        (LinkKind.ONLINE, "https://online3.superoffice.com:8443/Cust12345/api"),
        (LinkKind.ONLINE, "https://superoffice.com.evil.example/api"),
        (LinkKind.ONLINE, "https://evilsuperoffice.com/api"),
        (LinkKind.ONLINE, "https://evil.example\\.superoffice.com/api"),
        (LinkKind.ONLINE, "https://user@evil.example/.superoffice.com"),
        (LinkKind.ONLINE, ""),
        (LinkKind.ONSITE, "http://crm.example.com/so/api"),
        (LinkKind.PRACTICE, "http://192.168.1.2:8000/practice/superoffice"),
        (LinkKind.PRACTICE, "https://online.superoffice.com/"),
    ],
)
def test_any_other_address_is_not(kind: LinkKind, url: str) -> None:
    assert not is_trusted(kind, url)


@pytest.mark.parametrize("end", ["", "/", "/v1", "/v1/", "/V1"])
def test_the_base_of_an_api_has_neither_slash_nor_version(end: str) -> None:
    assert base_of(f"https://h/Cust1/api{end}") == "https://h/Cust1/api"


def test_credentials_do_not_show_their_secrets() -> None:
    tokens = BearerTokens("8A:access", "refresh", datetime.now(UTC), "client", "hidden")
    assert not any(secret in repr(tokens) for secret in tokens.secrets)
    assert "hidden" not in repr(BasicLogin("user", "hidden"))
