"""Users and groups: import from a CSV file."""

from __future__ import annotations

import io

import pytest
from werkzeug.test import TestResponse

from tests.factories import Visitor, form_fields, make_users
from tests.steps import users
from wizard.services.users.import_csv import MAX_BYTES, MAX_GROUPS, MAX_ROWS

PAGE = "/users/import"
LIST = "name,user name,groups\nAnna Lind,anna,Sales|Finance\nBjörn Öst,björn,Sales\n"


def look_at(admin: Visitor, data: str | bytes) -> TestResponse:
    """Sends a file, and does not import it yet."""
    content = data.encode() if isinstance(data, str) else data
    return send(admin, {"file": (io.BytesIO(content), "users.csv")})


def carry_out(admin: Visitor, preview: TestResponse) -> TestResponse:
    """Presses Import on the preview, as a browser sends it."""
    fields = form_fields(preview.text)
    text = fields["text"].replace("\r\n", "\n").replace("\n", "\r\n")
    return send(admin, {"text": text, "fingerprint": fields.get("fingerprint", "")})


def send(admin: Visitor, form: dict[str, object]) -> TestResponse:
    """Posts as the page's forms do; the test client leaves the file that it wrote a large body to open."""
    answer = admin.post(PAGE, form, content_type="multipart/form-data", follow_redirects=True)
    for each in (*answer.history, answer):
        each.request.environ["wsgi.input"].close()
    return answer


def test_a_file_is_shown_first_and_imported_by_the_second_press(admin: Visitor) -> None:
    preview = look_at(admin, LIST)

    assert "2 new users: Anna Lind, Björn Öst" in preview.text
    assert "2 new groups: Sales, Finance" in preview.text
    assert users(admin) == {}
    answer = carry_out(admin, preview)
    assert "Imported: 2 new, 0 changed." in answer.text
    assert users(admin) == {"anna": ["Finance", "Sales"], "björn": ["Sales"]}


def test_a_second_import_tells_new_changed_and_same_apart(admin: Visitor) -> None:
    carry_out(admin, look_at(admin, LIST))

    preview = look_at(admin, LIST.replace("Anna Lind", "Anna Berg") + "Carl,carl,\n")

    assert "1 new user: Carl" in preview.text
    assert "1 user changes: Anna Berg" in preview.text
    assert "1 user stays as it is" in preview.text
    assert "Imported: 1 new, 1 changed." in carry_out(admin, preview).text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
def test_the_usual_encodings_are_read(admin: Visitor, encoding: str) -> None:
    carry_out(admin, look_at(admin, LIST.encode(encoding)))

    assert set(users(admin)) == {"anna", "björn"}


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman"])
def test_an_older_code_page_is_read_where_it_is_beyond_doubt(admin: Visitor, encoding: str) -> None:
    carry_out(admin, look_at(admin, "name;login\nIngrid Müller;ingrid\nLars Ødegård;lars\n".encode(encoding)))

    assert "Ingrid Müller" in admin.get("/users/").text


def test_a_file_in_doubt_is_refused_with_what_to_save_it_as_and_then_read(admin: Visitor) -> None:
    doubtful = look_at(admin, "name;login\nMia Bærentsen;mia\n".encode("cp850"))

    assert (doubtful.status_code, "Save it as “CSV UTF-8”" in doubtful.text) == (422, True)
    carry_out(admin, look_at(admin, "name;login\nMia Bærentsen;mia\n"))
    assert set(users(admin)) == {"mia"}


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;", "sep=;;;"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_line_that_says_the_separator_is_no_header(admin: Visitor, first: str, encoding: str) -> None:
    text = f"{first}\r\nname;login;groups\r\nLind, Anna;anna;Sales\r\n"

    carry_out(admin, look_at(admin, text.encode(encoding)))

    assert users(admin) == {"anna": ["Sales"]}


@pytest.mark.parametrize("between", [";", ",", "|", " ; "])
def test_groups_stand_in_one_cell_with_any_usual_sign_between_them(admin: Visitor, between: str) -> None:
    carry_out(admin, look_at(admin, f'name\tlogin\tgroups\nAnna\tanna\t"Sales{between}Finance"\n'))

    assert users(admin) == {"anna": ["Finance", "Sales"]}


def test_what_nobody_sees_is_cut_around_a_name_and_named_inside(admin: Visitor) -> None:
    inside = look_at(admin, "name;login\nAn\u200bna;anna\nBob;bo\u0081b\n")
    assert inside.status_code == 422
    assert inside.text.count("There is an invisible character inside a name.") == 2

    carry_out(admin, look_at(admin, "\ufeffname;\u200blogin\n\u00a0Anna\u200b;anna\ufeff\n"))
    assert set(users(admin)) == {"anna"}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_usual_separators_and_line_ends_are_read(admin: Visitor, separator: str, line_end: str) -> None:
    carry_out(admin, look_at(admin, LIST.replace(",", separator).replace("\n", line_end)))

    assert set(users(admin)) == {"anna", "björn"}


@pytest.mark.parametrize(
    "header",
    [
        "Naam;Gebruikersnaam;Groepen",
        "Name;Benutzername;Gruppen",
        "Navn;Brukernavn;Grupper",
        "Namn;Användarnamn;Grupper",
        "Navn;Brugernavn;Grupper",
        " NAME ;Login;Extra;Group",
    ],
)
def test_columns_are_known_in_every_language_and_in_any_case(admin: Visitor, header: str) -> None:
    row = "Anna;anna;;Sales" if "Extra" in header else "Anna;anna;Sales"

    carry_out(admin, look_at(admin, f"{header}\n{row}\n"))

    assert users(admin) == {"anna": ["Sales"]}


def test_quoted_cells_may_hold_the_separator_quotes_and_line_ends(admin: Visitor) -> None:
    carry_out(admin, look_at(admin, 'login,name\nanna,"Lind, ""Anna""\nMaria"\n'))

    assert "Lind, &#34;Anna&#34; Maria" in admin.get("/users/").text


def test_a_file_that_says_nothing_of_groups_leaves_them_as_they_are(admin: Visitor) -> None:
    make_users(admin.app, "Anna", groups=("Sales",))

    preview = look_at(admin, "name,login\nAnna Lind,anna\n")

    assert "1 user changes: Anna Lind" in preview.text
    carry_out(admin, preview)
    assert users(admin) == {"anna": ["Sales"]}


def test_an_empty_cell_of_groups_takes_a_user_out_of_all_of_them(admin: Visitor) -> None:
    make_users(admin.app, "Anna", groups=("Sales",))

    carry_out(admin, look_at(admin, "name,login,groups\nAnna,anna,\n"))

    assert users(admin) == {"anna": []}


def test_a_group_is_the_same_in_any_case(admin: Visitor) -> None:
    make_users(admin.app, "Anna", groups=("Sales",))

    carry_out(admin, look_at(admin, "name,login,groups\nAnna,ANNA,SALES\nBob,bob,sales|Sales | |\n"))

    assert users(admin) == {"anna": ["Sales"], "bob": ["Sales"]}


def test_errors_are_named_by_line_and_nothing_is_imported(admin: Visitor) -> None:
    wrong = f"\n\nname,login,groups\nAnna,anna,\n,bob,\nCarl,,\n\nAnna again,ANNA,\n{'x' * 255},dora,\nshort\n"

    answer = look_at(admin, wrong)

    assert answer.status_code == 422
    rows = [
        ("5", "The name is missing."),
        ("6", "The user name is missing."),
        ("8", "This user name is in the file twice."),
        ("9", "A value is longer than 254 characters."),
        ("10", "The user name is missing."),
    ]
    for line, words in rows:
        assert f'<tr><th scope="row">{line}</th><td>{words}</td></tr>' in answer.text
    assert 'name="text"' not in answer.text
    assert users(admin) == {}


def test_a_forged_text_with_an_error_imports_nothing(admin: Visitor) -> None:
    answer = admin.post(PAGE, {"text": "name,login\nAnna,anna\n,bob\n"})

    assert answer.status_code == 422
    assert "The name is missing." in answer.text
    assert users(admin) == {}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Choose a CSV file."),
        (b"   \n \n", "The first line has to name the columns"),
        (b"Anna,anna\n", "The first line has to name the columns"),
        (b"name,groups\nAnna,Sales\n", "The first line has to name the columns"),
        (b"PK\x03\x04\0\0name,login", "This is no text file."),
        (b"\xff\xfen", "This is no text file."),
        (b'name,login\n"Anna"x,anna\n', "The quotation marks in this file do not match up."),
        (b'name,login\n"Anna,anna\n', "The quotation marks in this file do not match up."),
        (b"name,login\n" + b"x" * MAX_BYTES, "This file is too large"),
        (b"name,login\n" + b"a,b\n" * (MAX_ROWS + 1), "This file is too large"),
    ],
    ids=["empty", "blank", "no-header", "no-login", "binary", "half-utf16", "quotes", "open-quote", "bytes", "lines"],
)
def test_a_file_that_is_no_list_of_users_is_refused_with_the_reason(admin: Visitor, data: bytes, words: str) -> None:
    answer = look_at(admin, data)

    assert answer.status_code == 422
    assert words in answer.text
    assert users(admin) == {}


def test_no_file_at_all_is_asked_for(admin: Visitor) -> None:
    answer = admin.post(PAGE)

    assert answer.status_code == 422
    assert "Choose a CSV file." in answer.text
    assert admin.get(PAGE).status_code == 200


def test_a_forged_text_that_is_too_large_is_refused(admin: Visitor) -> None:
    answer = send(admin, {"text": "name,login\n" + "x" * MAX_BYTES})

    assert answer.status_code == 422
    assert "This file is too large" in answer.text


def test_a_file_as_large_as_it_may_be_travels_from_its_preview_to_the_import(admin: Visitor) -> None:
    rows = [f"Användare {number:>20},user{number}" for number in range(1200)]
    padding = " " * ((MAX_BYTES - 200_000) // 1200)

    preview = look_at(admin, "name,login\n" + "\n".join(padding + row for row in rows))

    assert preview.status_code == 200
    assert "Imported: 1200 new, 0 changed." in carry_out(admin, preview).text


def test_markup_in_a_file_is_shown_as_text(admin: Visitor) -> None:
    preview = look_at(admin, "name,login\n<img src=x>,anna\n")

    assert "<img src=x>" not in preview.text
    carry_out(admin, preview)
    assert "&lt;img src=x&gt;" in admin.get("/users/").text


def test_a_deleted_user_in_a_file_is_added_as_a_new_one(admin: Visitor) -> None:
    make_users(admin.app, "Anna")
    admin.post("/users/1/delete")

    carry_out(admin, look_at(admin, "name,login\nAnna,anna\n"))

    assert set(users(admin)) == {"anna"}


def test_what_the_file_would_do_now_is_shown_again_when_somebody_else_has_changed_a_user(admin: Visitor) -> None:
    carry_out(admin, look_at(admin, LIST))
    preview = look_at(admin, LIST.replace("Anna Lind", "Anna Berg"))
    admin.send("/users/1", {"name": "Anna By Somebody"})

    conflict = carry_out(admin, preview)

    assert conflict.status_code == 409
    assert "Somebody else has changed this meanwhile" in conflict.text
    assert "1 user changes: Anna Berg" in conflict.text
    assert "Imported: 0 new, 1 changed." in carry_out(admin, conflict).text


def test_a_form_of_a_user_is_stale_after_an_import_that_changes_the_user(admin: Visitor) -> None:
    carry_out(admin, look_at(admin, LIST))
    form = form_fields(admin.get("/users/1").text)

    carry_out(admin, look_at(admin, LIST.replace("Anna Lind", "Anna Berg")))

    assert admin.post("/users/1", form).status_code == 409


def test_a_file_that_would_make_hundreds_of_groups_is_refused(admin: Visitor) -> None:
    groups = "|".join(f"Group {number}" for number in range(MAX_GROUPS + 1))

    answer = look_at(admin, f"name,login,groups\nAnna,anna,{groups}\n")

    assert answer.status_code == 422
    assert "This file would make more than 500 groups." in answer.text
