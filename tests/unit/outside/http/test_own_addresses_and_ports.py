"""This machine under any of its addresses, and the ports of other services."""

from __future__ import annotations

import ipaddress
import socket

import pytest

from wizard.outside.http.address_policy import AddressError, Policy, read_address

ANYWHERE = Policy(loopback=True)


def allows(policy: Policy, text: str) -> bool:
    return policy.allows(ipaddress.ip_address(text))


def refusal(url: str, policy: Policy = Policy()) -> AddressError:
    with pytest.raises(AddressError) as caught:
        read_address(url, policy)
    return caught.value


def own_address() -> str | None:
    """An address of this machine other than loopback, if it has one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("203.0.113.1", 9))
        except OSError:
            return None
        return str(probe.getsockname()[0])


needs_a_network = pytest.mark.skipif(own_address() is None, reason="this machine has no address but loopback")


@needs_a_network
@pytest.mark.parametrize("wrapping", ["{}", "::ffff:{}", "64:ff9b::{}"])
def test_every_address_of_this_machine_counts_as_loopback(wrapping: str) -> None:
    own = wrapping.format(own_address())
    assert not allows(Policy(), own)
    assert allows(ANYWHERE, own)
    assert allows(Policy(allow=[ipaddress.ip_network(str(own_address()))]), own)


@needs_a_network
def test_of_an_own_address_the_setting_that_would_allow_it_is_known() -> None:
    url = f"http://{own_address()}:8080/"
    assert refusal(url).facts["kind"] == "own"
    assert "kind" not in refusal(url, Policy(deny=[ipaddress.ip_network("0.0.0.0/0")])).facts
    assert not read_address(url, ANYWHERE).is_plain_http


@pytest.mark.parametrize("port", [21, 22, 25, 110, 445, 1433, 3306, 3389, 5432, 6379, 10250, 11211, 27017])
def test_a_port_of_another_kind_of_service_is_not_called_unless_it_is_allowed(port: int) -> None:
    url = f"https://erp.example:{port}/"
    assert (refusal(url).reason, refusal(url).facts["port"]) == ("address.port_not_allowed", str(port))
    assert read_address(url, Policy(allow_ports=(port,))).port == port


@pytest.mark.parametrize("port", [80, 81, 443, 1024, 8000, 8080, 8443, 8888, 9000, 9001, 9443, 10443, 44300, 65535])
def test_a_port_on_which_connectors_run_is_called(port: int) -> None:
    assert read_address(f"https://erp.example:{port}/", Policy()).port == port
