"""What is configured here is written to SuperOffice, whole, and only where it is different."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from tests.functional.superoffice.configuration.configuring import BOTH_WAYS, TO_SUPEROFFICE, Configuring
from tests.superoffice_judge import api_path, objections
from wizard.extensions import db
from wizard.models import ConnectionState, SuperOfficeWrite, WriteState
from wizard.models.columns import now
from wizard.practice.superoffice import Fault
from wizard.services.configuration import Written, write_waiting
from wizard.services.configuration.there.state import MAX_TRIES


def test_mapping_lists_defaults_and_rank_are_there_afterwards(sides: Configuring) -> None:
    begun = len(sides.host.traffic)
    sides.set(
        "Customer",
        Name={"direction": BOTH_WAYS, "show_in_search": True},
        Category={"crm_key": "contact/category", "direction": TO_SUPEROFFICE, "items": {"A": 4, "C": 5}},
        PaymentTerms={"default": "30", "ask_user": True},
        CreditLimit={"show_in_tab": True},
    )
    sides.order("Customer", "Name", "Number", "CreditLimit")

    assert sides.write().state is Written.DONE

    own = [each for each in sides.host.traffic[begun:] if api_path(each)]
    assert [each for exchange in own for each in objections(exchange)] == []
    name, category = sides.there("Name"), sides.there("Category")
    assert (name["SyncToCrm"], name["SyncToErp"], name["ShowInSearch"]) == (True, True, True)
    assert (category["CrmFieldKey"], category["SyncToCrm"], category["SyncToErp"]) == ("contact/category", True, False)
    assert sides.mapping()["IsActive"]
    assert sides.items_there("Category") == {"A": 4, "C": 5}
    assert sides.keys_there()[:3] == ["Name", "Number", "CreditLimit"]
    default = sides.default_there("PaymentTerms")
    assert (default["FirstSyncDefaultValue"], default["PromptUser"]) == ("30", True)
    assert not sides.state(lambda state: state.waiting)
    assert sides.state(lambda state: state.written) == sides.here


def test_what_is_the_same_is_not_written_again(sides: Configuring) -> None:
    sides.set("Customer", Name={"direction": BOTH_WAYS})
    sides.write()
    begun = len(sides.host.traffic)

    assert sides.write().state is Written.DONE

    assert sides.calls(begun) == ["GetConnection"]


def test_all_rows_of_a_type_take_no_more_calls_than_one(sides: Configuring) -> None:
    sides.write()
    sides.set("Customer", **{key: {"show_in_tab": True} for key in sides.keys_there()})
    begun = len(sides.host.traffic)

    sides.write()

    assert Counter(sides.calls(begun)) == {"GetConnection": 1, "GetActorTypeMapping": 2, "SaveActorTypeMapping": 1}


def test_a_refused_row_is_named_in_superoffices_words_and_the_others_are_saved(sides: Configuring) -> None:
    sides.set(
        "Customer",
        Name={"direction": BOTH_WAYS},
        Town={"crm_key": "contact/nowhere", "direction": TO_SUPEROFFICE},
        Phone={"direction": TO_SUPEROFFICE},
    )

    result = sides.write()

    assert result.refused == {"Customer": {"Town": "contact/nowhere is no field of Contact."}}
    assert (sides.there("Name")["SyncToErp"], sides.there("Phone")["SyncToCrm"]) == (True, True)
    assert sides.there("Town")["CrmFieldKey"] == ""
    assert sides.here.type("Customer").field("Town").crm_key == "contact/nowhere"
    assert sides.state(lambda state: (state.waiting, state.refused)) == (False, result.refused)


def test_fields_that_exchange_their_superoffice_fields_are_saved_together(sides: Configuring) -> None:
    sides.write()
    sides.set("Customer", Phone={"crm_key": "contact/email"}, Email={"crm_key": "contact/phone"})
    sides.set("Customer", Town={"crm_key": "contact/nowhere"})

    assert sides.write().refused["Customer"].keys() == {"Town"}
    assert sides.there("Phone")["CrmFieldKey"] == "contact/email"


def test_a_row_that_is_not_kept_is_named(sides: Configuring) -> None:
    sides.host.behaviour.illegal_crm_field = "dropped"
    sides.set("Customer", Town={"crm_key": "contact/nowhere", "direction": TO_SUPEROFFICE})

    assert sides.write().refused == {"Customer": {"Town": ""}}


def test_a_refused_list_and_a_refused_default_are_named(sides: Configuring) -> None:
    sides.set(
        "Customer",
        Category={"crm_key": "contact/category", "items": {"A": 4, "B": 4}},
        Country={"items": {"NO": 1}},
        PaymentTerms={"default": "x" * 300},
        InvoiceLanguage={"default": "nb"},
    )

    assert sides.write().refused == {
        "Customer": {
            "Category": "An item is mapped twice in Category.",
            "PaymentTerms": "The default value is too long.",
        }
    }
    assert sides.items_there("Country") == {"NO": 1}
    assert sides.default_there("InvoiceLanguage")["FirstSyncDefaultValue"] == "nb"


def test_what_somebody_else_has_changed_there_is_not_written_over(sides: Configuring) -> None:
    sides.write()
    sides.change_there("Phone", ShowInGui=True)
    sides.change_there("Email", ShowInGui=True)
    sides.set("Customer", Email={"show_in_search": False, "direction": TO_SUPEROFFICE}, Name={"show_in_tab": True})

    result = sides.write()

    assert [each.key for each in result.conflicts] == ["Email"]
    assert sides.there("Phone")["ShowInGui"]
    assert not sides.there("Email")["SyncToCrm"]
    assert sides.there("Name")["ShowInGui"]


def test_an_active_connection_is_switched_off_for_the_change_and_on_again(sides: Configuring) -> None:
    sides.activate()
    sides.host.behaviour.edits_active = "refused"
    sides.set("Customer", Phone={"show_in_tab": True})
    begun = len(sides.host.traffic)

    assert sides.write().state is Written.DONE

    assert Counter(sides.calls(begun))["ToggleErpConnectionActive"] == 2
    assert sides.both.there()["Active"]
    assert sides.there("Phone")["ShowInGui"]
    assert sides.state(lambda state: (state.reactivate, state.is_active)) == (False, True)


def test_a_connection_that_does_not_become_active_again_is_tried_again(sides: Configuring) -> None:
    sides.activate()
    sides.host.behaviour.toggle_reasons = ("The licence has ended.",)
    sides.set("Customer", Phone={"show_in_tab": True})

    result = sides.write()

    assert (result.state, result.refused[""]) == (Written.WAITING, {"": "The licence has ended."})
    assert sides.state(lambda state: (state.reactivate, state.is_active)) == (True, False)
    sides.host.behaviour.toggle_reasons = ()
    sides.retry()
    assert sides.both.there()["Active"]
    assert sides.state(lambda state: (state.reactivate, state.waiting)) == (False, False)


def test_a_new_field_of_the_connector_is_read_by_superoffice_first(sides: Configuring) -> None:
    (document,) = sides.host.twin.store.all("connection")
    fields = document["Mappings"]["Customer"]["Fields"]
    document["Mappings"]["Customer"]["Fields"] = [each for each in fields if each["Key"] != "Phone"]
    sides.host.twin.store.put("connection", sides.both.there_id, document)
    sides.set("Customer", Phone={"crm_key": "contact/phone", "direction": TO_SUPEROFFICE})

    sides.write()

    assert sides.there("Phone")["SyncToCrm"]


def test_every_write_is_a_row_of_the_journal_that_has_ended(sides: Configuring) -> None:
    sides.set("Customer", Phone={"show_in_tab": True}, PaymentTerms={"ask_user": True})
    sides.write()
    with sides.app.app_context():
        writes = db.session.scalars(db.select(SuperOfficeWrite).order_by(SuperOfficeWrite.id)).all()
    assert [each.operation for each in writes] == ["SaveActorTypeMapping", "SaveDefaultValueInfo"]
    assert {each.state for each in writes} == {WriteState.DONE}


def test_no_write_is_begun_without_time_for_its_answer(sides: Configuring) -> None:
    sides.set("Customer", Phone={"show_in_tab": True})
    begun = len(sides.host.traffic)

    assert sides.write(seconds=0.9).state is Written.WAITING

    assert "SaveActorTypeMapping" not in sides.calls(begun)
    sides.retry()
    assert sides.there("Phone")["ShowInGui"]


def test_one_attempt_at_a_time_works_at_a_connection_and_what_is_saved_meanwhile_follows(sides: Configuring) -> None:
    sides.set("Customer", Phone={"show_in_tab": True})
    sides.change_state(writing_until=now() + timedelta(minutes=1))
    begun = len(sides.host.traffic)

    assert sides.write().state is Written.WAITING
    assert [each for each in sides.calls(begun) if not each.startswith("Get")] == []

    sides.change_state(writing_until=now() - timedelta(seconds=1), waiting=False)  # its process was killed
    with sides.app.app_context():
        write_waiting()
    assert sides.there("Phone")["ShowInGui"]
    assert sides.state(lambda state: (state.waiting, state.writing_until)) == (False, None)


def test_a_connection_that_is_being_saved_is_left_alone(sides: Configuring) -> None:
    sides.set("Customer", Phone={"show_in_tab": True})
    sides.both.change_here(state=ConnectionState.SAVING)
    assert sides.write().state is Written.WAITING
    sides.both.change_here(state=ConnectionState.SAVED)
    assert sides.write().state is Written.DONE


def test_a_connection_that_is_gone_there_waits_for_a_person(sides: Configuring) -> None:
    sides.set("Customer", Phone={"show_in_tab": True})
    sides.api.agent("ErpSync/DeleteConnection", {"ErpConnectionId": sides.both.there_id})

    result = sides.write()

    assert (result.state, result.failure and result.failure.reason) == (Written.WAITING, "superoffice.gone")
    begun = len(sides.host.traffic)
    sides.retry()
    assert sides.calls(begun) == []


def test_without_a_link_nothing_is_written_and_it_waits(sides: Configuring) -> None:
    sides.both.unlink()
    sides.set("Customer", Phone={"show_in_tab": True})
    assert sides.write().state is Written.UNLINKED
    assert sides.state(lambda state: state.waiting)


def test_a_try_that_fails_is_repeated_later_each_time(sides: Configuring) -> None:
    sides.set("Customer", Phone={"show_in_tab": True})
    sides.host.plan(Fault.HTML, "GetConnection", None)
    delays = []
    for _ in range(3):
        sides.write()
        retry_at = sides.state(lambda state: state.retry_at)
        assert retry_at is not None
        delays.append(round((retry_at - now()) / timedelta(minutes=1)))
    assert delays == [1, 2, 4]


def test_what_is_saved_after_the_last_try_is_tried_again(sides: Configuring) -> None:
    sides.change_state(retries=MAX_TRIES + 1, retry_at=None)
    sides.host.plan(Fault.HTML, "GetConnection")
    sides.set("Customer", Phone={"show_in_tab": True})
    assert sides.write().state is Written.WAITING

    sides.retry()

    assert sides.there("Phone")["ShowInGui"]


def test_what_was_prepared_without_a_link_is_written_once_there_is_one(sides: Configuring) -> None:
    sides.change_state(schema=None, written=None, theirs=None)
    sides.set("Customer", Town={"crm_key": "DEPARTMENT", "direction": TO_SUPEROFFICE})

    assert sides.write().refused == {}

    assert sides.there("Town")["CrmFieldKey"] == "contact/department"


def test_nothing_is_written_while_the_fields_of_both_sides_cannot_be_read(sides: Configuring) -> None:
    sides.set("Customer", Phone={"show_in_tab": True})
    sides.host.plan(Fault.HTML, "GetActorTypeMapping", None)
    begun = len(sides.host.traffic)

    result = sides.write()

    assert (result.state, result.failure is not None) == (Written.WAITING, True)
    assert "SaveActorTypeMapping" not in sides.calls(begun)
    assert sides.state(lambda state: state.retry_at) is not None
