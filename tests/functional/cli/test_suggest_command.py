"""`erp-wizard suggest` prints SuperOffice fields for files of an ERP's fields."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from wizard.cli import cli

FIELDS = [
    {"key": "nr", "name": "Kundenummer", "kind": "Text"},
    {"key": "tlf", "name": "Telefon", "kind": "Text"},
    {"key": "bal", "name": "Balance", "kind": "Double"},
]
FORM = 'has to list "actors", each with its "type" and its "fields".'
ERP: dict[str, Any] = {"actors": [{"type": "Customer", "fields": FIELDS}]}


def suggest(tmp_path: Path, content: Any, *arguments: str) -> Result:
    file = tmp_path / "erp.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    return CliRunner().invoke(cli, ["suggest", str(file), *arguments])


def test_the_suggestions_of_each_actor_are_printed_with_their_direction(tmp_path: Path) -> None:
    assert suggest(tmp_path, ERP).output.splitlines() == [
        "erp, Customer: suggestions for 2 of 3 fields",
        "  <-  NUMBER2        nr (Kundenummer)",
        "  <-> PHONE          tlf (Telefon)",
    ]


def test_as_json_each_key_has_its_field_or_null(tmp_path: Path) -> None:
    answer = suggest(tmp_path, ERP, "--json")
    assert json.loads(answer.output) == {"erp": {"Customer": {"nr": "NUMBER2", "tlf": "PHONE", "bal": None}}}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[1, 2]", FORM),
        ({"actors": {"type": "Customer"}}, FORM),
        ({"actors": [{"type": "Customer"}]}, FORM),
        ("{", "is neither YAML nor JSON"),
        (
            {"actors": [{"type": "Customer", "fields": [FIELDS[0], {"key": "x", "name": "X", "kind": "Colour"}]}]},
            "Customer: field 2 needs a key, a name and a kind: Text, Integer",
        ),
        ({"actors": [{"type": "Customer", "fields": [None]}]}, "Customer: field 1 needs a key"),
        ({"actors": [{"type": "Customer", "fields": [FIELDS[0]] * 2}]}, "names nr twice."),
        ({"actors": [ERP["actors"][0], ERP["actors"][0]]}, "names Customer twice."),
        ({"actors": [{"type": "Customer", "fields": [None] * 10_001}]}, "has more than 10000 fields."),
    ],
)
def test_a_file_that_is_not_of_the_form_is_refused_with_the_reason(tmp_path: Path, content: Any, message: str) -> None:
    answer = suggest(tmp_path, content)
    assert answer.exit_code != 0
    assert message in str(answer.output) + str(answer.exception)


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = tmp_path / "other" / "erp.yaml"
    other.write_text("actors: []")
    answer = suggest(tmp_path, ERP, str(other))
    assert "Two files have the same name" in str(answer.output) + str(answer.exception)
