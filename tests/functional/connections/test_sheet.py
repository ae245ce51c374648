"""The sheet: the values to enter in SuperOffice, on a page and as a file."""

from __future__ import annotations

import re

import pytest

from tests.factories import Visitor, make_connection, make_connector, make_users
from tests.steps import save
from wizard.models import ScopeEntry


def test_the_sheet_has_every_value_but_the_secrets(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)

    page = admin.get("/connections/1").text

    for text in ("Acme Norway", "ACME-NO", practice_url.rpartition("/")[2], "Everyone"):
        assert text in page
    assert '"practice"' not in page
    assert "Not shown here" in page


def test_the_sheet_names_the_users_and_groups_of_a_scope(admin: Visitor) -> None:
    make_users(admin.app, "Anna", groups=("Sales",))
    entries = [ScopeEntry(group_id=1), ScopeEntry(user_id=1)]
    make_connection(
        admin.app, make_connector(admin.app), "Acme", all_access=False, scope_entries=entries, description="Oslo"
    )

    page = admin.get("/connections/1").text

    assert "Sales; Anna" in page
    assert "Oslo" in page


@pytest.mark.parametrize("path", ["/connections/7", "/connections/7/sheet.txt"])
def test_the_sheet_of_an_unknown_connection_is_a_page_that_says_so(admin: Visitor, path: str) -> None:
    assert admin.get(path).status_code == 404


def test_the_file_has_the_name_the_date_the_receipt_the_values_and_the_steps(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)

    text = admin.get("/connections/1/sheet.txt").text

    assert text.startswith("Acme Norway in SuperOffice\nMade ")
    assert re.search(r"\nTest receipt K-\S+: Ingrid Berg, \d+ \w+ \d{4} at ", text)
    assert "today" not in text.lower()
    assert "\nCompany code: ACME-NO\n" in text
    assert "\nThen press Test ERP connection, then OK.\n" in text
    assert "\n[ ] List mapping (If you map lists): " in text
    assert "/erp/admin/configure.html#list-mapping\n" in text
    assert "practice\n" not in text.replace("practice/Services", "")


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("Acme Norway", 'attachment; filename="SuperOffice Acme Norway.txt"'),
        ("../a/b:c\r\nX: y", 'attachment; filename="SuperOffice a b c X y.txt"'),
        (
            "Blåbær",
            "attachment; filename=\"SuperOffice Blabr.txt\"; filename*=UTF-8''SuperOffice%20Bl%C3%A5b%C3%A6r.txt",
        ),
        ("...", "attachment; filename=SuperOffice.txt"),
    ],
)
def test_the_file_is_named_after_the_connection(admin: Visitor, name: str, header: str) -> None:
    make_connection(admin.app, make_connector(admin.app), name)

    assert admin.get("/connections/1/sheet.txt").headers["Content-Disposition"] == header


def test_the_end_of_a_setup_that_saved_nothing_leads_to_the_lists(admin: Visitor) -> None:
    admin.post("/setup/new")

    assert admin.get("/setup/1/done", follow_redirects=True).request.path == "/"


def test_what_the_connector_fills_in_itself_is_shown_without_a_button_to_copy_it(
    admin: Visitor, practice_url: str
) -> None:
    save(admin, practice_url)

    row = admin.get("/connections/1").text.partition(">ERP version</th>")[2].partition("</tr>")[0]

    assert "2026.1" in row
    assert "<button" not in row
