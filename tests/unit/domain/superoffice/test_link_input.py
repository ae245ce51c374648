"""What is typed for the link to SuperOffice."""

from __future__ import annotations

import pytest

from wizard.domain.superoffice import Environment, LinkInput, LinkKind, TenantState

ONLINE = {"kind": LinkKind.ONLINE, "tenant": "Cust12345", "client_id": "abc", "client_secret": "s"}
ONSITE = {
    "kind": LinkKind.ONSITE,
    "address": "https://crm.acme.example/SuperOffice",
    "username": "INBE",
    "password": "p",
}


@pytest.mark.parametrize("texts", [ONLINE, ONSITE, {"kind": LinkKind.PRACTICE}])
def test_what_is_complete_has_no_problem(texts: dict) -> None:
    assert LinkInput(**texts).problems() == {}


@pytest.mark.parametrize(
    ("texts", "problems"),
    [
        ({"kind": LinkKind.ONLINE}, {"tenant": "missing", "client_id": "missing", "client_secret": "missing"}),
        ({"kind": LinkKind.ONSITE}, {"address": "missing", "username": "missing", "password": "missing"}),
        (ONLINE | {"tenant": "12345"}, {"tenant": "tenant"}),
        (ONLINE | {"tenant": "Cust12345/../x"}, {"tenant": "tenant"}),
        (ONLINE | {"tenant": "Cust１２３"}, {"tenant": "tenant"}),
        (ONLINE | {"client_id": "x" * 255}, {"client_id": "too_long"}),
        (ONSITE | {"address": "crm.acme.example"}, {"address": "address"}),
        (ONSITE | {"address": "https://me:pw@crm.acme.example"}, {"address": "address"}),
        (ONSITE | {"address": "http://[::1"}, {"address": "address"}),
        (ONSITE | {"address": "http://crm.acme.example"}, {"address": "insecure"}),
        (ONSITE | {"ca_pem": "x" * 70_000}, {"ca_pem": "too_long"}),
    ],
)
def test_each_problem_is_told_at_its_field(texts: dict, problems: dict) -> None:
    assert LinkInput(**texts).problems() == problems


def test_a_password_may_travel_in_clear_text_within_this_machine_only() -> None:
    assert LinkInput(**ONSITE | {"address": "http://127.0.0.1:8080/SuperOffice"}).problems() == {}


def test_the_fields_of_another_kind_do_not_count() -> None:
    assert LinkInput(**ONLINE | {"address": "nonsense", "ca_pem": "x" * 70_000}).problems() == {}


@pytest.mark.parametrize(
    "shown",
    [
        "https://crm.acme.example/SuperOffice/",
        "https://crm.acme.example/SuperOffice/default.aspx?ctx=1#top",
        "https://crm.acme.example/SuperOffice/api/v1",
        "https://crm.acme.example/SuperOffice/api",
    ],
)
def test_an_address_may_be_that_of_a_page_or_of_the_api(shown: str) -> None:
    assert LinkInput(**ONSITE | {"address": shown}).address == "https://crm.acme.example/SuperOffice"


def test_a_tenant_is_spelled_as_superoffice_spells_it() -> None:
    assert LinkInput(**ONLINE | {"tenant": "cust12345"}).tenant == "Cust12345"


def test_a_tenant_is_at_the_login_of_its_environment() -> None:
    assert Environment.SOD.login_url == "https://sod.superoffice.com"


def test_the_api_answers_in_two_states_of_a_tenant() -> None:
    assert [state.value for state in TenantState if state.is_running] == ["Running", "OnlineMaintenance"]
