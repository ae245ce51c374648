"""Which rows of SuperOffice are meant."""

from __future__ import annotations

from wizard.domain.superoffice import (
    ConnectionThere,
    ConnectorThere,
    matching_connections,
    matching_connectors,
    saved_since,
)

URL = "https://erp.example/x.svc"
VISMA = ConnectorThere(61, "Visma", URL)
OTHER = ConnectorThere(62, "Other", "https://other.example/")
NORWAY = ConnectionThere(372, "Acme Norway", 61, "guid-1")


def test_a_connector_is_found_by_its_url_whatever_its_name_is() -> None:
    assert matching_connectors([OTHER, VISMA], URL, "Other") == (VISMA,)


def test_a_connector_is_found_by_its_name_where_no_url_fits() -> None:
    assert matching_connectors([OTHER, VISMA], "https://new.example/", "Visma") == (VISMA,)


def test_several_connectors_with_one_url_are_all_found() -> None:
    twin = ConnectorThere(63, "Visma 2", URL)

    assert matching_connectors([VISMA, twin], URL, "Visma") == (VISMA, twin)


def test_a_connection_is_found_by_its_name_in_one_of_several_languages() -> None:
    norwegian = ConnectionThere(5, 'NO:"Acme Norge";US:"Acme Norway"', 61)

    assert matching_connections([norwegian], 61, "Acme Norway") == (norwegian,)


def test_a_connection_of_another_connector_or_a_deleted_one_is_not_found() -> None:
    deleted = ConnectionThere(5, "Acme Norway", 61, deleted=True)

    assert matching_connections([deleted, ConnectionThere(6, "Acme Norway", 62)], 61, "Acme Norway") == ()


def test_what_was_there_before_a_save_is_not_its_result() -> None:
    new = ConnectionThere(373, "Acme Norway", 61)

    assert saved_since([NORWAY, new], 61, "Acme Norway", before={372}) == (new,)
