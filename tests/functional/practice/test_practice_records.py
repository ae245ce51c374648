"""The connections and records of the practice connector, as SuperOffice would call for them."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.functional.practice.practice_host import GOOD, GUID, ask, fault_of, host_at, post
from wizard.domain.fields import FieldType
from wizard.outside.soap import contract as c
from wizard.practice.erp import search as erp_search


def test_a_saved_connection_is_known_after_a_restart(path: Path) -> None:
    ask(host_at(path), "WSSaveConnection", connection_guid=GUID, connection_info=GOOD)
    assert ask(host_at(path), "WSTestConnection", connection_guid=GUID.upper()).is_ok


def test_a_password_is_not_kept(path: Path) -> None:
    ask(host_at(path), "WSSaveConnection", connection_guid=GUID, connection_info=GOOD)
    content = path.read_bytes()
    assert b"ACME" in content
    assert b"ApiPassword" not in content


def test_a_connection_with_a_wrong_password_is_not_saved(host: FlaskClient) -> None:
    info = GOOD | {"ApiPassword": "guess"}
    assert ask(host, "WSSaveConnection", connection_guid=GUID, connection_info=info).is_ok is False
    assert ask(host, "WSTestConnection", connection_guid=GUID).error_code == "UNKNOWN_CONNECTION_ID"


def test_a_deleted_connection_is_not_known_any_more(saved: FlaskClient) -> None:
    assert ask(saved, "WSDeleteConnection", connection_guid=GUID).is_ok
    assert ask(saved, "WSDeleteConnection", connection_guid=GUID).error_code == "UNKNOWN_CONNECTION_ID"


WITH_GUID = [name for name, operation in c.OPERATIONS.items() if issubclass(operation.request, c.ConnectionRequest)]


@pytest.mark.parametrize("name", [name for name in WITH_GUID if name != "WSSaveConnection"])
def test_an_unknown_connection_is_reported_by_its_error_code(host: FlaskClient, name: str) -> None:
    result = ask(host, name, connection_guid=str(uuid.uuid4()))
    assert (result.is_ok, result.state, result.error_code) == (False, c.State.ERROR, "UNKNOWN_CONNECTION_ID")


@pytest.mark.parametrize("name", WITH_GUID)
@pytest.mark.parametrize("guid", ["", "not-a-guid", None])
def test_a_guid_that_is_none_breaks_the_host(host: FlaskClient, name: str, guid: str | None) -> None:
    operation = c.OPERATIONS[name]
    response = post(host, operation, operation.request(connection_guid=guid))
    assert fault_of(response).code == "a:InternalServiceFault"


def test_the_actor_types_and_their_fields_can_be_had(saved: FlaskClient) -> None:
    kinds = ask(saved, "WSGetSupportedActorTypes", connection_guid=GUID).items
    assert kinds == ("Customer", "Supplier", "Person", "Project")
    for kind in kinds:
        fields = ask(saved, "WSGetSupportedActorTypeFields", connection_guid=GUID, actor_type=kind)
        searchable = ask(saved, "WSGetSearchableFields", connection_guid=GUID, actor_type=kind)
        assert set(searchable.items) <= {field.field_key for field in fields.field_meta_data_objects}


def test_an_unknown_actor_type_has_no_fields(saved: FlaskClient) -> None:
    members = {"connection_guid": GUID, "actor_type": "Unicorn"}
    assert ask(saved, "WSGetSupportedActorTypeFields", **members).field_meta_data_objects == ()
    assert ask(saved, "WSGetSearchableFields", **members).items == ()


def test_a_list_can_be_had_for_a_saved_connection(saved: FlaskClient) -> None:
    assert "NO" in ask(saved, "WSGetList", connection_guid=GUID, list_name="Country").list_items


def test_requested_items_come_in_the_lists_order(saved: FlaskClient) -> None:
    result = ask(saved, "WSGetListItems", connection_guid=GUID, list_name="Country", list_item_keys=("NL", "NO"))
    assert list(result.list_items) == ["NO", "NL"]


def test_an_unknown_item_is_a_warning_with_its_error_code(saved: FlaskClient) -> None:
    result = ask(saved, "WSGetListItems", connection_guid=GUID, list_name="Country", list_item_keys=("NO", "XX"))
    assert (result.state, result.error_code, list(result.list_items)) == (
        c.State.WARNING,
        "UNKOWN_LISTITEM_ID",
        ["NO"],
    )


@pytest.mark.parametrize("name", ["WSGetList", "WSGetListItems"])
def test_an_unknown_list_is_an_error_that_names_it(saved: FlaskClient, name: str) -> None:
    assert "Colours" in ask(saved, name, connection_guid=GUID, list_name="Colours").user_explanation


def keys_of(result: Any) -> list[str]:
    assert result.is_ok, result
    return [actor.erp_key for actor in result.actors]


def test_records_are_found_by_their_keys_with_the_fields_that_were_asked_for(saved: FlaskClient) -> None:
    result = ask(
        saved,
        "WSGetActors",
        connection_guid=GUID,
        actor_type="Customer",
        erp_keys=("C2", "C1", "C999"),
        field_keys=("Name",),
    )
    assert keys_of(result) == ["C1", "C2"]
    assert [list(actor.field_values) for actor in result.actors] == [["Name"], ["Name"]]


def test_records_are_found_by_a_text(saved: FlaskClient) -> None:
    found = ask(saved, "WSSearchActors", connection_guid=GUID, actor_type="Supplier", search_text="göteborg")
    assert found.actors
    assert {actor.field_values["Town"] for actor in found.actors} == {"Göteborg"}


def test_records_are_found_by_their_parent(saved: FlaskClient) -> None:
    members = {"parent_actor_type": "Customer", "parent_actor_erp_key": "C7"}
    found = ask(saved, "WSSearchActorByParent", connection_guid=GUID, actor_type="Person", search_text="", **members)
    assert keys_of(found) == ["P7"]


def search(host: FlaskClient, *restrictions: c.SearchRestriction) -> Any:
    return ask(host, "WSSearchActorsAdvanced", connection_guid=GUID, actor_type="Customer", restrictions=restrictions)


def test_records_are_found_by_several_restrictions_at_once(saved: FlaskClient) -> None:
    found = search(
        saved,
        c.SearchRestriction(field_key="Country", operator="oneof", values=("NO", "SE")),
        c.SearchRestriction(field_key="CreditLimit", operator="<", values=("[F:3000]",)),
    )
    assert found.actors
    assert {actor.field_values["Country"] for actor in found.actors} <= {"NO", "SE"}


def test_without_a_restriction_all_are_found(saved: FlaskClient) -> None:
    assert len(search(saved).actors) == 120


def test_a_restriction_on_an_unknown_field_has_the_products_error_code(saved: FlaskClient) -> None:
    result = search(saved, c.SearchRestriction(field_key="Colour", operator="=", values=("red",)))
    assert (result.is_ok, result.error_code) == (False, "UNKOWN_FIELDKEY")
    assert "Colour" in result.user_explanation


@pytest.mark.parametrize("values", [(), None, ("many",)])
def test_a_restriction_without_a_value_to_compare_is_an_error(saved: FlaskClient, values: Any) -> None:
    result = search(saved, c.SearchRestriction(field_key="CreditLimit", operator="=", values=values))
    assert result.state == c.State.ERROR


def test_records_changed_since_a_moment_are_found(saved: FlaskClient) -> None:
    def changed_since(moment: str) -> Any:
        return ask(
            saved,
            "WSGetActorsByTimestamp",
            connection_guid=GUID,
            actor_type="Project",
            updated_on_or_after=moment,
        )

    assert len(changed_since("[DT:01/05/2026 00:00:00.0000000]").actors) == 30
    assert keys_of(changed_since("[DT:01/14/2026 02:30:00.0000000]")) == ["J30"]
    assert changed_since("lately").state == c.State.ERROR
    assert changed_since("").state == c.State.ERROR


def test_a_new_record_gets_a_key_and_stays(saved: FlaskClient, path: Path) -> None:
    actor = c.Actor(actor_type="Customer", field_values={"Name": "Ødegård <Bakeri> & Sønner"})
    made = ask(saved, "WSCreateActor", connection_guid=GUID, actor=actor).actor
    again = ask(host_at(path), "WSGetActors", connection_guid=GUID, actor_type="Customer", erp_keys=(made.erp_key,))
    assert again.actors == (made,)
    assert made.field_values == actor.field_values
    assert search(saved, c.SearchRestriction(field_key="CreditLimit", operator=">", values=("[F:0]",))).is_ok


@pytest.mark.parametrize("actor", [None, c.Actor(), c.Actor(actor_type="Unicorn")])
def test_a_record_of_no_known_type_is_not_made(saved: FlaskClient, actor: c.Actor | None) -> None:
    assert ask(saved, "WSCreateActor", connection_guid=GUID, actor=actor).state == c.State.ERROR


def test_a_changed_record_keeps_its_other_values(saved: FlaskClient) -> None:
    change = c.Actor(actor_type="Customer", erp_key="C1", field_values={"Town": "Ålesund"})
    (after,) = ask(saved, "WSSaveActors", connection_guid=GUID, actors=(change,)).actors
    assert after.field_values["Town"] == "Ålesund"
    assert after.field_values["Name"]
    found = ask(saved, "WSGetActors", connection_guid=GUID, actor_type="Customer", erp_keys=("C1",))
    assert found.actors == (after,)


def test_one_unknown_record_among_several_changes_none(saved: FlaskClient) -> None:
    changes = tuple(
        c.Actor(actor_type="Customer", erp_key=key, field_values={"Town": "Nowhere"}) for key in ("C1", "C999")
    )
    assert "C999" in ask(saved, "WSSaveActors", connection_guid=GUID, actors=changes).user_explanation
    found = ask(saved, "WSGetActors", connection_guid=GUID, actor_type="Customer", erp_keys=("C1",))
    assert found.actors[0].field_values["Town"] != "Nowhere"


def test_a_record_that_every_search_would_have_to_carry_is_refused(saved: FlaskClient) -> None:
    large = {f"Field {number}": "x" * 900 for number in range(50)}
    record = c.Actor(actor_type="Customer", erp_key="C1", field_values=large)

    made = ask(saved, "WSCreateActor", connection_guid=GUID, actor=record)
    changed = ask(saved, "WSSaveActors", connection_guid=GUID, actors=(record,))

    assert [answer.user_explanation for answer in (made, changed)] == ["The record is too large"] * 2


def test_however_many_records_are_made_a_search_stays_small(saved: FlaskClient) -> None:
    for _ in range(80):
        ask(saved, "WSCreateActor", connection_guid=GUID, actor=c.Actor(actor_type="Project", field_values={}))

    found = ask(saved, "WSSearchActors", connection_guid=GUID, actor_type="Project", search_text="")

    assert len(found.actors) == 30 + 50


DATES = tuple(f"[D:{1 + n % 12:02}/{1 + n % 28:02}/2026]" for n in range(1000))


def test_a_restriction_is_read_once_and_not_for_every_record(
    saved: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    decode = erp_search.comparable

    def counted(kind: FieldType, text: str) -> object:
        read.append(text)
        return decode(kind, text)

    monkeypatch.setattr(erp_search, "comparable", counted)
    restriction = c.SearchRestriction(field_key="LastInvoice", operator="oneof", values=DATES[:100])

    assert search(saved, restriction).is_ok
    assert len(read) == 100 + 120  # the values, and one of each customer


@pytest.mark.parametrize("restrictions", [(DATES,), (DATES[:1],) * 21], ids=["values", "restrictions"])
def test_so_many_restrictions_or_values_that_they_would_take_long_are_refused(
    saved: FlaskClient, restrictions: tuple[tuple[str, ...], ...]
) -> None:
    asked = [c.SearchRestriction(field_key="LastInvoice", operator="oneof", values=values) for values in restrictions]
    answer = search(saved, *asked)
    assert (answer.is_ok, answer.user_explanation) == (False, "There are too many restrictions or values")


def test_so_many_records_that_saving_them_would_take_long_are_refused(saved: FlaskClient) -> None:
    actors = (c.Actor(actor_type="Customer", erp_key="C1", field_values={"Town": "Oslo"}),) * 21
    answer = ask(saved, "WSSaveActors", connection_guid=GUID, actors=actors)
    assert (answer.is_ok, answer.user_explanation) == (False, "There are too many records")
