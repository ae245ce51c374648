"""Why an ERP field is suggested for a field of SuperOffice."""

from __future__ import annotations

import pytest

from wizard.domain.configuration import ActorField, ActorType, SuggestedBy, suggested_by
from wizard.domain.fields import Access

CUSTOMER = ActorType("Customer")


@pytest.mark.parametrize(
    ("key", "name", "documented", "by"),
    [
        ("NAME", "Firma", "NAME", SuggestedBy.DEFAULT),
        ("F1", "Telefon", "PHONE", SuggestedBy.NAME),
        ("F1", "E-post", "EMAIL", SuggestedBy.NAME),
        ("F1", 'NO:"Krusedull";US:"Phone number"', "PHONE", SuggestedBy.NAME),
        ("Telefoonnummer", "Bereikbaar op", "PHONE", SuggestedBy.KEY),
        ("F1", "Telefon", "EMAIL", None),
        ("F1", "Krusedull", "PHONE", None),
    ],
)
def test_a_suggestion_is_made_by_superoffices_default_the_name_or_the_key(
    key: str, name: str, documented: str, by: SuggestedBy | None
) -> None:
    assert suggested_by(ActorField(key, name), documented, CUSTOMER) == by


@pytest.mark.parametrize(
    ("key", "documented", "by"),
    [
        ("ShippingZip", "STREETZIP", SuggestedBy.ADDRESS),
        ("Account", "NUMBER1", SuggestedBy.OTHERS),
        ("ShippingZip", "STREETCITY", None),
    ],
)
def test_what_only_the_other_fields_make_clear_says_so(key: str, documented: str, by: SuggestedBy | None) -> None:
    fields = (
        ActorField("BillingZip", "Rechnungs-PLZ"),
        ActorField("BillingCity", "Rechnungsort"),
        ActorField("ShippingZip", "Versand-PLZ"),
        ActorField("ShippingCity", "Versandort"),
        ActorField("CustomerNo", "Kundennummer"),
        ActorField("Account", "Konto", access=Access.MANDATORY),
    )
    erp = next(each for each in fields if each.key == key)

    assert suggested_by(erp, documented, ActorType("Customer", fields)) == by
