"""Why an ERP field is suggested for a field of SuperOffice."""

from __future__ import annotations

import pytest

from wizard.domain.configuration import ActorField, ActorType, SuggestedBy, suggested_by

CUSTOMER = ActorType("Customer")


@pytest.mark.parametrize(
    ("key", "name", "documented", "by"),
    [
        ("NAME", "Firma", "NAME", SuggestedBy.DEFAULT),
        ("F1", "Telefon", "PHONE", SuggestedBy.NAME),
        ("F1", "E-post", "EMAIL", SuggestedBy.NAME),
        ("Telefoonnummer", "Bereikbaar op", "PHONE", SuggestedBy.KEY),
        ("F1", "Telefon", "EMAIL", None),
        ("F1", "Krusedull", "PHONE", None),
    ],
)
def test_a_suggestion_is_made_by_superoffices_default_the_name_or_the_key(
    key: str, name: str, documented: str, by: SuggestedBy | None
) -> None:
    assert suggested_by(ActorField(key, name), documented, CUSTOMER) == by
