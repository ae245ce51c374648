"""What SuperOffice has and the wizard does not."""

from __future__ import annotations

import pytest

from wizard.domain.superoffice import Here, Licence, Registered, SeenConnection, SeenConnector, not_here

VISMA = SeenConnector(7, "Visma Sync", "https://a.example/x.svc")
ACME = SeenConnection(372, 'NO:"Norge";US:"Norway"', "", "AB-1", True, True, "Visma Sync", VISMA.url)
THERE = Registered(connectors=(VISMA,), connections=(ACME,))


@pytest.mark.parametrize("here", [Here(connector_ids={7}), Here(urls={VISMA.url})])
def test_a_connector_is_known_by_superoffices_id_or_by_its_url(here: Here) -> None:
    assert not_here(THERE, here).connectors == ()


@pytest.mark.parametrize(
    "here", [Here(connection_ids={372}), Here(guids={"ab-1"}), Here(named=[(VISMA.url, "Norway")])]
)
def test_a_connection_is_known_by_id_guid_or_name_on_its_connector(here: Here) -> None:
    assert not_here(THERE, here).connections == ()


def test_what_is_not_known_is_elsewhere() -> None:
    assert not_here(THERE, Here(named=[("https://b.example/", "Norway")])) == THERE


@pytest.mark.parametrize(
    ("names", "licence"),
    [
        (["superoffice.Expander-Services", "erp-sync"], Licence.DEVELOPER_TOOLS),
        (["ERP-SYNC"], Licence.ERP_SYNC),
        (["sales-premium"], None),
    ],
)
def test_a_licence_is_recognised_without_prefix_and_case(names: list[str], licence: Licence | None) -> None:
    assert Registered(licences=tuple(names)).licence == licence


def test_it_is_stored_and_loaded_as_it_was() -> None:
    assert Registered.from_json(THERE.to_json()) == THERE
