"""SuperOffice is linked: what is typed, the sign-in, the first check, and what the pages say of it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import requests

from tests.factories import PracticeSuperOffice, Visitor, in_app, serve_superoffice, type_practice
from wizard.domain.superoffice import LinkAccess
from wizard.services.superoffice import linked


@pytest.fixture
def served(admin: Visitor) -> Iterator[PracticeSuperOffice]:
    with serve_superoffice(admin.app) as served:
        type_practice(admin.app, served)
        yield served


def allow(served: PracticeSuperOffice, admin: Visitor, action: str = "allow", **choice: str) -> str:
    """Signs in at SuperOffice; the address that the browser comes back to."""
    page = str(admin.post("/superoffice/sign-in").location)
    assert page.startswith("/practice/superoffice/login/common/oauth/authorize?")
    answer = requests.post(served.origin + page, {"action": action, **choice}, allow_redirects=False, timeout=60)
    parts = urlsplit(answer.headers["Location"])
    return f"{parts.path}?{parts.query}"


def test_a_sign_in_and_a_check_link_superoffice(admin: Visitor, served: PracticeSuperOffice) -> None:
    back = allow(served, admin)

    page = admin.get(back, follow_redirects=True)

    assert page.request.path == "/superoffice/"
    assert "Linked to Cust00001" in page.text
    link = in_app(admin.app, linked)
    assert (link.access, link.company) == (LinkAccess.FULL, "Practice Company")
