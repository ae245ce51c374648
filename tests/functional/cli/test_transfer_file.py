"""What a file of connectors and connections may say, and how one that is wrong is explained."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.factories import Visitor, make_users
from tests.functional.cli.transfers import changes, exported, imported
from tests.steps import connections, save
from wizard.cli.transfer import command
from wizard.cli.transfer.document import ConnectionEntry, Document, from_literal, literal, placeholder_in, write
from wizard.cli.transfer.reader import read
from wizard.errors import InvalidFile


def test_a_name_that_is_nowhere_stops_the_import_before_anything_is_changed(other: Visitor) -> None:
    text = (
        "format: 1\nconnectors:\n- {name: Dead, url: 'https://x.example/'}\nconnections:\n"
        "- {name: Acme, connector: Lost}\n- {name: Beta, connector: Dead, scope: {users: [nobody]}}\n"
    )

    with pytest.raises(InvalidFile) as caught:
        imported(other.app, text)

    assert str(caught.value).splitlines() == [
        "Acme: there is no connector Lost.",
        "Beta: there is no user or group nobody.",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "Write it as key: value."),
        ("format: 2\n", "It has to say format: 1."),
        ("format: 1\nconectors: []\n", "conectors is not known. Is it connectors?"),
        ("format: 1\nconnectors: {}\n", "connectors: Write it as a list, a - before each entry."),
        ("format: 1\nconnectors: [{url: x}]\n", "connectors[1]: It has no name."),
        ("format: 1\nconnectors: [{name: A}]\n", "connectors A: It has no url."),
        ("format: 1\nconnectors: [{name: A, url: x}, {name: a, url: y}]\n", "connectors[2]: a is there twice."),
        ("format: 1\nconnectors: [{name: A, url: [x]}]\n", "connectors A: url: Write one text."),
        ("format: 1\nconnectors: [{name: A, url: x, app: {erp: E, installed: 1}}]\n", "write true or false."),
        ("format: 1\nconnectors: [{name: A, url: x, app: {}}]\n", "It has no erp."),
        ("format: 1\nconnectors: [x]\n", "connectors[1]: Write it as key: value."),
        ("format: 1\nconnectors: [{name: A\u200bB, url: x}]\n", "name: There is an invisible character inside."),
        ("format: 1\nconnectors: [{name: A, url: 'https://x', real_url: y}]\n", "Only an app:// URL has one."),
        (
            "format: 1\nconnectors: [{name: A, url: x, superoffice_id: 0}]\n",
            "Write the number that it has in SuperOffice.",
        ),
        ("format: 1\nsuperoffice: {tenant: T, address: a}\n", "superoffice: Write its tenant, or its address on-site."),
        ("format: 1\nconnections: [{name: A}]\n", "connections A: It has no connector."),
        ("format: 1\nconnections: [{name: A, connector: B, scope: all}]\n", "Write everyone, or groups and users."),
        ("format: 1\nconnections: [{name: A, connector: B, scope: {}}]\n", "Name at least one group or user"),
        ("format: 1\nconnections: [{name: A, connector: B, values: {C: d, C: e}}]\n", "names C twice."),
        ("format: [1\n", "is neither YAML nor JSON"),
    ],
)
def test_a_file_that_is_not_understood_is_explained_where_it_is_wrong(other: Visitor, text: str, problem: str) -> None:
    with pytest.raises(InvalidFile) as caught:
        imported(other.app, text)
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("{name: A, url: '${URL}', app: {erp: E, route: bus}}", "route: Not a valid choice."),
        ("{name: A, url: 'https://x.example/', app: {erp: E, contact: me}}", "contact: This is not an e-mail address."),
        ("{name: A, url: 'app://1a2b'}", "real_url: Enter the real address"),
        ("{name: A, url: 'https://x.example/', ca_pem: x}", "ca_pem: This is no certificate."),
    ],
)
def test_what_a_form_would_refuse_is_left_out_with_its_words(other: Visitor, entry: str, problem: str) -> None:
    done, said = imported(other.app, f"format: 1\nconnectors: [{entry}]\n")
    assert not done
    assert problem in said


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ("{Nonsense: x}", "The connector does not ask for Nonsense."),
        ("{Company: ''}", "Company: Enter Company code."),
        ("{BatchSize: many}", "The value of BatchSize does not fit."),
        ("{Sandbox: y}", "The value of Sandbox does not fit."),
        ("{SyncFrom: 2026-12-31T23:59:00+05:00}", "The value of SyncFrom does not fit."),
        ("{Version: '9'}", "The connector does not ask for Version."),
    ],
)
def test_values_that_do_not_fit_the_fields_are_left_out_with_the_reason(
    admin: Visitor, practice_url: str, values: str, problem: str
) -> None:
    save(admin, practice_url)

    done, said = imported(
        admin.app, f"format: 1\nconnections: [{{name: Acme Norway, connector: Practice, values: {values}}}]\n"
    )

    assert not done
    assert problem in said
    assert connections(admin)[0].config["Company"] == "ACME-NO"


def test_a_scope_is_compared_by_what_it_names_and_not_by_how_that_is_written(admin: Visitor, practice_url: str) -> None:
    make_users(admin.app, "Sales", groups=("sales",))
    save(admin, practice_url)
    text = exported(admin.app)
    groups = text.replace("scope: everyone", "scope: {groups: [SALES, sales]}")
    assert imported(admin.app, groups)[0]

    assert imported(admin.app, groups)[1] == "2 entries are as the file has them."
    users = changes(admin.app, text.replace("scope: everyone", "scope: {users: [sales]}"))
    assert "    scope: groups: sales → users: sales" in users


def test_what_a_form_trims_is_no_difference(admin: Visitor, practice_url: str) -> None:
    save(admin, practice_url)
    text = exported(admin.app).replace("description: ''", "description: |\n      For Norway\n")
    text = text.replace(f"url: {practice_url}", f"url: {practice_url}\n    app: {{erp: '  Made up '}}")

    assert imported(admin.app, text)[0]

    assert imported(admin.app, text)[1] == "2 entries are as the file has them."


@given(text=st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")))
@example(text="\x85a")
@example(text="a\n\u2028b\n")
def test_any_description_survives_the_file(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    entry = ConnectionEntry({"name": "A"}, "B", values={"C": text})
    path = tmp_path_factory.mktemp("transfer") / "all.yaml"
    path.write_bytes(write(Document(connections=(entry,))).encode())

    assert read(path).connections[0].values["C"] == text


@given(text=st.text())
def test_any_text_survives_beside_placeholders(text: str) -> None:
    assert from_literal(literal(text)) == text
    assert placeholder_in(literal(text)) is None


@given(text=st.from_regex(r"\A\$*\{?[A-Z]*\}?\Z"))
def test_texts_that_look_like_placeholders_survive_too(text: str) -> None:
    assert from_literal(literal(text)) == text
    assert placeholder_in(literal(text)) is None


def test_an_exported_file_is_ours_alone(admin: Visitor, tmp_path: Path) -> None:
    command.export_to(admin.app, tmp_path / "all.yaml", lambda _: None)
    assert (tmp_path / "all.yaml").stat().st_mode & 0o077 == 0
