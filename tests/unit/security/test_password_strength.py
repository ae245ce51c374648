"""Passwords that are easy to guess are found out, quickly whatever they are."""

from __future__ import annotations

import ast
import random
import string
import time
from pathlib import Path

import pytest
import zxcvbn.feedback
import zxcvbn.matching
from flask import Flask

from wizard.messages.passwords import _texts
from wizard.security.password_strength import KNOWN_WORDS, MAX_JUDGED, judge_password

OWN = ["ingrid", "Ingrid Berg"]


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "wachtwoord123",
        "Lösenord1234",
        "qwertyuiop12",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "superoffice2026",
        "SuperOffice ERP 1",
        "erp-wizard-sync",
        "Ingrid Berg 2024!",
        "ingridberg1985",
        "",
    ],
)
def test_an_easy_password_is_not_enough(password: str) -> None:
    assert not judge_password(password, OWN).is_enough


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery",
        "kQ8$vR2!pL5z",
        "my superoffice garden is purple",
        "@4(3{6<6g9!1|7$5+z",
        "山田 太郎 が 好き な 花",
    ],
)
def test_a_good_password_is_enough(password: str) -> None:
    assert judge_password(password, OWN).is_enough


def test_the_words_of_the_account_and_of_the_product_are_named_as_the_reason() -> None:
    assert judge_password("Ingrid Berg 2024!", OWN).warning == KNOWN_WORDS
    assert judge_password("Ingrid Berg 2024!").is_enough


@pytest.mark.parametrize(
    "password",
    ["@4(3{6<6g9!1|7$5+z%2xz" * 50, "x" * 1000, "correcthorsebattery" * 50, "2024131211" * 100, "1!|1l" * 200]
    + ["".join(random.Random(seed).choices(string.printable, k=1000)) for seed in range(5)],
)
def test_no_password_takes_long_to_judge(password: str) -> None:
    before = time.process_time()
    judge_password(password, OWN)
    assert time.process_time() - before < 1


def test_what_follows_a_long_beginning_is_not_read() -> None:
    beginning = "correct horse battery staple " * 2
    assert judge_password(beginning[:MAX_JUDGED]) == judge_password(beginning[:MAX_JUDGED] + "password" * 100)


def test_every_text_of_the_library_has_our_words(app: Flask) -> None:
    tree = ast.parse(Path(zxcvbn.feedback.__file__).read_text())
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_"]
    texts = {ast.literal_eval(call.args[0]) for call in calls}
    with app.test_request_context():
        assert texts
        assert texts <= _texts().keys()


def test_every_symbol_that_the_library_takes_for_a_letter_is_bounded() -> None:
    from wizard.security.password_strength import _SYMBOLS_LIKE_LETTERS

    table = zxcvbn.matching.L33T_TABLE
    assert {symbol for symbols in table.values() for symbol in symbols} <= _SYMBOLS_LIKE_LETTERS
