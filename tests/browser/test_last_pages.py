"""A test that fails says what its pages showed."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.browser.conftest import OpenPage, serving
from tests.browser.hands import go
from tests.browser.last_pages import PAGES
from tests.factories import Visitor


def test_address_status_and_words_of_a_page_are_told(
    app: Flask, admin: Visitor, open_page: OpenPage, request: pytest.FixtureRequest
) -> None:
    page = open_page()
    with serving(app, page) as address:
        go(page, admin, address, "/connections/999")
        (last,) = request.node.stash[PAGES]

        told = last.describe()

    assert f"{address}/connections/999 (GET {address}/connections/999 was answered with 404)" in told
    assert "There is nothing at this address." in told


def test_a_page_that_is_closed_is_told_as_one(open_page: OpenPage, request: pytest.FixtureRequest) -> None:
    open_page().close()
    (last,) = request.node.stash[PAGES]

    assert "It cannot be read" in last.describe()
