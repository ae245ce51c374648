"""What a suggestion goes by, one rule a test."""

from __future__ import annotations

import time

import pytest

from wizard.domain.mapping import CRM_FIELDS, MAX_FIELDS, Direction, Entity, ErpField, Kind, suggest


def text(name: str, kind: Kind = Kind.TEXT) -> ErpField:
    return ErpField(name, name, kind)


def suggested(actor_type: str, *fields: str | ErpField) -> dict[str, str]:
    every = [text(each) if isinstance(each, str) else each for each in fields]
    return {each.erp_key: each.crm_key for each in suggest(actor_type, every)}


@pytest.mark.parametrize(
    ("entity", "actor_type"), [(Entity.COMPANY, "Customer"), (Entity.PERSON, "Person"), (Entity.PROJECT, "Project")]
)
def test_a_key_that_superoffice_maps_by_itself_is_taken(entity: Entity, actor_type: str) -> None:
    fields = [
        ErpField(each.key.lower(), "", next(iter(each.kinds))) for each in CRM_FIELDS[entity].values() if each.automatic
    ]
    assert suggested(actor_type, *fields) == {field.key: field.key.upper() for field in fields}


@pytest.mark.parametrize(
    "name", ["zipCode", "zip_code", "ZIP-CODE", "Postleitzahl", "Postnr.", "postnummer", "Adresse: PLZ"]
)
def test_a_name_is_read_in_any_spelling(name: str) -> None:
    assert suggested("Customer", name) == {name: "POSTALZIP"}


@pytest.mark.parametrize("name", ["Straße", "Strasse", "STRASSE"])
def test_an_umlaut_may_be_spelled_in_two_letters(name: str) -> None:
    assert suggested("Kunde", name) == {name: "POSTALAD1"}


@pytest.mark.parametrize("name", ["Besöksadress", "Besoeksadress", "Besøksadresse", "Bezoekadres", "Visiting address"])
def test_a_compound_is_taken_apart(name: str) -> None:
    found = suggested("Customer", "Postadresse", "Postadresse postnr", name, f"{name} postnr")
    assert found[name] == "STREETAD1"


@pytest.mark.parametrize("name", ["Bank name", "Customer price group", "Name of the moon", "Created by", "Is customer"])
def test_a_name_with_another_word_gets_none(name: str) -> None:
    assert suggested("Customer", name) == {}


def test_a_mail_address_without_a_number_gets_none_as_it_may_be_for_e_mail() -> None:
    assert suggested("Customer", "Mail address") == {}
    assert suggested("Customer", "Mail address 2") == {"Mail address 2": "POSTALAD2"}


def test_the_rest_of_an_address_goes_where_superoffice_maps_its_street_by_itself() -> None:
    found = suggested("Customer", "STREETAD1", "Town", "Region")

    assert found == {"STREETAD1": "STREETAD1", "Town": "STREETCITY", "Region": "STREETSTATE"}
    assert suggested("Customer", "STREETAD1", "POSTALZIP", "Town")["Town"] == "POSTALCITY"


def test_of_two_addresses_the_first_is_postal_and_the_delivery_address_the_visiting_one() -> None:
    assert suggested("Customer", "City", "Delivery city") == {"City": "POSTALCITY", "Delivery city": "STREETCITY"}


def test_beside_postal_and_visiting_address_the_others_get_none() -> None:
    found = suggested("Customer", "Postal city", "Visiting city", "Delivery city", "Invoice city")
    assert found == {"Postal city": "POSTALCITY", "Visiting city": "STREETCITY"}


def test_a_postal_address_and_a_bare_postcode_are_one_address() -> None:
    found = suggested("Kunde", "Postadresse", "Postnr", "Poststed")
    assert found == {"Postadresse": "POSTALAD1", "Postnr": "POSTALZIP", "Poststed": "POSTALCITY"}


def test_five_lines_without_postcode_and_town_are_a_british_address() -> None:
    found = suggested("Customer", *(f"Address {number}" for number in range(1, 6)))
    assert list(found.values()) == ["POSTALAD1", "POSTALAD2", "POSTALCITY", "POSTALCOUNTY", "POSTALZIP"]


def test_a_company_has_one_country() -> None:
    assert suggested("Customer", "Delivery country", "Country", "City") == {"Country": "COUNTRY", "City": "POSTALCITY"}


def test_a_superoffice_field_is_suggested_once() -> None:
    assert suggested("Customer", "Phone", "Telephone") == {"Phone": "PHONE"}


def test_a_person_has_other_telephones_than_a_company() -> None:
    assert suggested("Contact", "Phone", "Mobile", "Phone 2") == {
        "Phone": "PHONE_DIRECT",
        "Mobile": "PHONE_MOBILE",
        "Phone 2": "PHONE_OTHER",
    }


def test_a_contact_persons_field_of_a_company_gets_none() -> None:
    assert suggested("Customer", "Contact name", "Contact e-mail", "First name") == {}


def test_a_name_beside_a_first_name_and_a_company_is_a_persons() -> None:
    assert suggested("Kunde", "Vorname", "Name", "Firma") == {"Firma": "NAME"}


def test_a_customers_number_at_its_supplier_is_not_the_suppliers() -> None:
    assert suggested("Supplier", "Customer number", "Supplier number") == {"Supplier number": "NUMBER2"}


def test_a_field_whose_kind_does_not_fit_gets_none() -> None:
    assert suggested("Project", text("End date", Kind.TEXT), text("Name", Kind.LIST)) == {}


@pytest.mark.parametrize("actor_type", ["Invoice", "Product", "Customer order", "Kundegruppe", "", "%"])
def test_an_unknown_type_of_actor_gets_none(actor_type: str) -> None:
    assert suggested(actor_type, "Name") == {}


@pytest.mark.parametrize("actor_type", ["Customers", "DEBITOR", "Leverantör", "Klanten", "Geschäftspartner"])
def test_a_company_is_known_in_each_language(actor_type: str) -> None:
    assert suggested(actor_type, "Name") == {"Name": "NAME"}


def test_the_lines_of_a_first_address_are_read_and_those_of_a_second_are_not() -> None:
    found = suggested("Account", "address1_line1", "address1_line2", "address2_line1")
    assert found == {"address1_line1": "POSTALAD1", "address1_line2": "POSTALAD2"}


@pytest.mark.parametrize("mandatory", [True, False])
def test_an_account_is_the_customers_number_if_it_is_mandatory(mandatory: bool) -> None:
    found = suggested("Debitor", ErpField("Konto", "Konto", Kind.TEXT, mandatory=mandatory))
    assert found == ({"Konto": "NUMBER2"} if mandatory else {})


def test_a_suppliers_address_in_a_customer_gets_none() -> None:
    assert suggested("Customer", "Supplier city") == {}


def test_a_delivery_address_has_a_companys_name_that_is_no_address() -> None:
    assert suggested("Kunde", "Lieferanschrift Firma") == {}


def test_where_key_and_name_differ_the_key_goes_first_unless_it_is_a_word_for_many_things() -> None:
    fields = [ErpField("address2", "Nummer", Kind.TEXT), ErpField("code", "Telefon", Kind.TEXT)]
    assert suggested("Customer", *fields) == {"address2": "POSTALAD2", "code": "PHONE"}


@pytest.mark.parametrize(("key", "name"), [("billing.phone", "Phone"), ("e-mail", "Invoice e-mail")])
def test_the_one_of_key_and_name_that_says_more_counts(key: str, name: str) -> None:
    assert suggested("Customer", ErpField(key, name, Kind.TEXT)) == {}


def test_a_name_that_is_not_understood_may_still_say_that_it_is_of_something_else() -> None:
    assert suggested("Customer", ErpField("telephone", "Invoice hotline", Kind.TEXT)) == {}


@pytest.mark.parametrize("name", ["Address name", "Address number"])
def test_the_name_or_number_of_an_address_is_no_line_of_it(name: str) -> None:
    assert suggested("Customer", name) == {}


@pytest.mark.parametrize(
    ("field", "direction"),
    [
        (ErpField("Phone", "Phone", Kind.TEXT), Direction.BOTH),
        (ErpField("Phone", "Phone", Kind.TEXT, read_only=True), Direction.TO_SUPEROFFICE),
        (ErpField("Number", "Number", Kind.TEXT), Direction.TO_SUPEROFFICE),
    ],
)
def test_what_the_erp_gives_or_only_reads_goes_to_superoffice(field: ErpField, direction: Direction) -> None:
    assert [each.direction for each in suggest("Customer", [field])] == [direction]


@pytest.mark.no_cover
@pytest.mark.parametrize("name", ["n" * 100_000, "street" * 20, ("street" * 6 + "xx ") * 3, "1" * 5000, "<b>Name"])
def test_hostile_names_of_ten_thousand_fields_are_read_in_bounded_time(name: str) -> None:
    fields = [ErpField(f"x{number}", name, Kind.TEXT) for number in range(MAX_FIELDS)]
    start = time.process_time()
    assert suggest("Customer", fields) == []
    assert time.process_time() - start < 30


@pytest.mark.parametrize("name", ["", "٣ ² Ⅷ", "\u200d\u202e", "%", "名前"])
def test_a_name_without_letters_that_are_known_gets_none(name: str) -> None:
    assert suggested("Customer", ErpField("x", name, Kind.TEXT)) == {}


def test_more_fields_are_refused() -> None:
    with pytest.raises(ValueError, match="more than 10000 fields"):
        suggest("Customer", [text("Name")] * (MAX_FIELDS + 1))
