"""A linked SuperOffice for the tests of this folder."""

from __future__ import annotations

import pytest

from tests.factories import PracticeSuperOffice, Visitor, link_practice


@pytest.fixture
def there(admin: Visitor, served: PracticeSuperOffice) -> PracticeSuperOffice:
    """With nothing in it, and the app may save there."""
    link_practice(admin.app, served)
    return served
