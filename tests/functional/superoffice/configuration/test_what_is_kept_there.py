"""What an ERP connection synchronises is read from SuperOffice and written there, as its documents say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories import PracticeSuperOffice
from tests.functional.superoffice.calls import api_of, save_connection, save_connector
from tests.superoffice_judge import api_path, objections
from wizard.domain.superoffice import LinkKind
from wizard.models.columns import now
from wizard.outside.http import Deadline, Policy
from wizard.outside.superoffice import BearerTokens, Site, SuperOffice, configuration
from wizard.outside.superoffice.carriers import ErpSyncActorTypeMapping, ErpSyncFieldMapping, MDOListItem
from wizard.outside.superoffice.configuration import Restriction


@pytest.fixture
def so(host: PracticeSuperOffice) -> Iterator[SuperOffice]:
    """The wizard's own client, where the connection 1 is saved; all that it sends is as the documents say."""
    api = api_of(host)
    save_connection(api, save_connector(api, host.connector_url))
    begun = len(host.traffic)
    tokens = BearerTokens(host.access_token(), host.refresh_token(), now() + timedelta(hours=1), "practice", "")
    site = Site(LinkKind.PRACTICE, host.login, host.tenant, host.api)
    with SuperOffice(site, tokens, policy=Policy(loopback=True), deadline=Deadline(60)) as so:
        yield so
    own = [each for each in host.traffic[begun:] if api_path(each)]
    assert [each for exchange in own for each in objections(exchange)] == []


def _mapping(so: SuperOffice) -> ErpSyncActorTypeMapping:
    found = configuration.actor_type_mapping(so, 1, "Customer")
    assert found is not None
    return found


def _field(mapping: ErpSyncActorTypeMapping, key: str) -> ErpSyncFieldMapping:
    return next(each for each in mapping.field_mappings if each.erp_field_key == key)


def _map_category(so: SuperOffice) -> ErpSyncActorTypeMapping:
    mapping = _mapping(so)
    mapped = {"Category": "contact/category"}
    rows = tuple(
        replace(each, crm_field_key=mapped.get(each.erp_field_key, each.crm_field_key), sync_to_crm=True)
        for each in mapping.field_mappings
    )
    return configuration.save_actor_type_mapping(so, replace(mapping, is_active=True, field_mappings=rows))


def test_a_saved_mapping_is_read_back(so: SuperOffice) -> None:
    saved = _map_category(so)

    assert saved == _mapping(so)
    assert saved.is_active
    assert _field(saved, "Category").list_reference == "table=category"


def test_the_fields_of_superoffice_are_those_of_the_type(so: SuperOffice) -> None:
    keys = [each.extra_info for each in configuration.crm_fields(so, "Contact")]
    assert keys[0] == "contact/name"
    assert all(key.startswith("contact/") for key in keys)


@pytest.mark.parametrize(("shape", "first"), [("flat", ["person/firstname"]), ("headings", ["person/firstname"])])
def test_the_fields_of_a_type_are_found_in_other_shapes_of_the_list(
    host: PracticeSuperOffice, so: SuperOffice, shape: str, first: list[str]
) -> None:
    host.behaviour.crm_fields = shape
    assert [each.extra_info for each in configuration.crm_fields(so, "Person")][:1] == first


@pytest.mark.parametrize("shape", ["filler", "empty"])
def test_a_list_without_keys_has_no_fields(host: PracticeSuperOffice, so: SuperOffice, shape: str) -> None:
    host.behaviour.crm_fields = shape
    assert configuration.crm_fields(so, "Person") == []


def test_items_of_lists_are_read_and_saved(so: SuperOffice) -> None:
    _map_category(so)
    items = configuration.list_items(so, "table=category")
    lists = configuration.list_mappings(so, 1)
    category = next(each for each in lists.erp_list_item_mappings if each.erp_list_name == "Category")
    first = replace(category.erp_crm_list_item_mappings[0], crm_list_item=items[3])
    changed = replace(category, erp_crm_list_item_mappings=(first, *category.erp_crm_list_item_mappings[1:]))

    saved = configuration.save_list_mappings(so, replace(lists, erp_list_item_mappings=(changed,)))

    again = next(each for each in saved.erp_list_item_mappings if each.erp_list_name == "Category")
    assert [each.crm_id for each in again.erp_crm_list_item_mappings] == [4, 0, 0, 0, 0]
    assert isinstance(again.erp_crm_list_item_mappings[0].crm_list_item, MDOListItem)


def test_a_default_is_saved_and_a_field_is_moved(so: SuperOffice) -> None:
    terms = _field(_mapping(so), "PaymentTerms").erp_field_id
    default = replace(
        configuration.default_value(so, terms), has_first_sync_default_value=True, first_sync_default_value="30"
    )
    assert configuration.save_default_value(so, default) == configuration.default_value(so, terms) == default

    configuration.move_field(so, 1, "Customer", terms, -1)
    keys = [each.erp_field_key for each in _mapping(so).field_mappings]
    assert keys.index("PaymentTerms") == keys.index("Email") - 1


def test_priorities_are_saved_unless_an_id_is_unknown(so: SuperOffice) -> None:
    assert configuration.save_priorities(so, [1])
    assert not configuration.save_priorities(so, [1, 99])
    assert configuration.priorities(so) == [1]


def test_the_summary_names_what_is_mapped(so: SuperOffice) -> None:
    _map_category(so)
    summary = configuration.summary(so, 1)
    assert summary is not None
    assert "Category" in next(each.mappings for each in summary.actors if each.actor_type == "Customer")


def test_an_import_is_previewed(so: SuperOffice) -> None:
    _map_category(so)
    assert configuration.supports_advanced_search(so, 1, "Customer")
    found = configuration.create_import(so, 1, "Customer", [Restriction("Town", "=", ("Bergen",))], ["Name", "Town"])
    lines = configuration.preview_import(so, found.import_lines, ["Name", "Town"], "en")

    assert {each.values[1] for each in found.import_lines} == {"Bergen"}
    assert len(lines) == len(found.import_lines) == 10
    assert all(each.operation.startswith(("Contact", "Obs")) for each in lines)
