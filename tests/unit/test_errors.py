"""The error tree: one root, drawn as it is, and every error carries what a page needs."""

from __future__ import annotations

import inspect
import re

import pytest

from wizard import errors


def test_every_error_hangs_on_one_root_and_is_drawn() -> None:
    own = {name for name, each in vars(errors).items() if inspect.isclass(each) and issubclass(each, Exception)}
    assert all(issubclass(getattr(errors, name), errors.WizardError) for name in own)
    assert set(re.findall(r"[├└]── (\w+)", errors.__doc__ or "")) == own - {"WizardError"}


def test_invalid_input_has_a_code_by_field() -> None:
    assert errors.InvalidInput({"name": "taken"}).errors == {"name": "taken"}


def test_a_stale_version_has_theirs_and_yours() -> None:
    error = errors.StaleVersion(theirs={"name": "A"}, yours={"name": "B"})
    assert (error.theirs, error.yours) == ({"name": "A"}, {"name": "B"})


def test_a_stale_version_that_is_not_compared_has_neither() -> None:
    error = errors.StaleVersion()
    assert (error.theirs, error.yours) == ({}, {})


def test_what_has_no_receipt_says_why() -> None:
    assert errors.ReceiptMissing(["never_tested"]).reasons == ("never_tested",)


def test_what_is_in_use_says_by_which() -> None:
    assert errors.InUse(["Visma, sales"]).names == ("Visma, sales",)


@pytest.mark.parametrize("each", [errors.ConfigError, errors.InstanceError, errors.InvalidState, errors.ConnectorError])
def test_others_are_their_sentence(each: type[errors.WizardError]) -> None:
    assert str(each("what is the matter")) == "what is the matter"
