"""The error tree: one root, drawn in the docstring, and each error with the data that a page needs."""

from __future__ import annotations

import inspect
import re

import pytest

from wizard import errors


def test_every_error_has_the_same_root_and_is_drawn() -> None:
    own = {name for name, each in vars(errors).items() if inspect.isclass(each) and issubclass(each, Exception)}
    assert all(issubclass(getattr(errors, name), errors.WizardError) for name in own)
    assert set(re.findall(r"[├└]── (\w+)", errors.__doc__ or "")) == own - {"WizardError"}


def test_invalid_input_has_a_code_by_field() -> None:
    assert errors.InvalidInput({"name": "taken"}).errors == {"name": "taken"}


def test_a_stale_version_has_theirs_and_yours() -> None:
    error = errors.StaleVersion(theirs={"name": "A"}, yours={"name": "B"})
    assert (error.theirs, error.yours) == ({"name": "A"}, {"name": "B"})


def test_a_stale_version_without_a_comparison_has_neither() -> None:
    error = errors.StaleVersion()
    assert (error.theirs, error.yours) == ({}, {})


def test_a_missing_receipt_has_its_reasons() -> None:
    assert errors.ReceiptMissing(["never_tested"]).reasons == ("never_tested",)


def test_a_row_in_use_names_the_rows_that_use_it() -> None:
    assert errors.InUse(["Visma, sales"]).names == ("Visma, sales",)


@pytest.mark.parametrize("each", [errors.ConfigError, errors.InstanceError, errors.InvalidState])
def test_any_other_error_is_its_sentence(each: type[errors.WizardError]) -> None:
    assert str(each("what is the matter")) == "what is the matter"


def test_a_message_about_a_file_repeats_no_more_of_it_than_can_be_read() -> None:
    assert len(str(errors.InvalidFile("x" * 1_000_000))) < 600
    assert str(errors.InvalidFile("line\n" * 1000)).count("line") == errors.MAX_LINES
    assert str(errors.InvalidFile("one\ntwo")) == "one\ntwo"
