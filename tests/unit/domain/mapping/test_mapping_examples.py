"""Suggestions for the true fields of other systems, by the rules of the examples."""

from __future__ import annotations

import json
import re
import runpy
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from wizard.domain.mapping import ErpField, Kind, suggest
from wizard.domain.mapping.reading import TERMS, Terms, fold

FOLDER = Path(__file__).parents[3] / "data" / "mapping-examples"
EXAMPLES: dict[str, Any] = {path.stem: json.loads(path.read_text()) for path in sorted(FOLDER.glob("*.json"))}
SYSTEMS = sorted({name.split(".")[0] for name in EXAMPLES})
SCORE = runpy.run_path(str(FOLDER / "score.py"))["score"]


def suggested(example: Mapping[str, Any], terms: Terms = TERMS) -> dict[str, dict[str, str]]:
    return {
        actor["type"]: {each.erp_key: each.crm_key for each in suggest(actor["type"], fields_of(actor), terms)}
        for actor in example["actors"]
    }


def fields_of(actor: Mapping[str, Any]) -> list[ErpField]:
    return [
        ErpField(each["key"], each["name"], Kind(each["kind"]), each["read_only"], each["mandatory"])
        for each in actor["fields"]
    ]


def texts_of(system: str) -> str:
    """Every key and name of a system as the vocabulary is compared with them, one a line."""
    fields = (
        field
        for name, example in EXAMPLES.items()
        if name.split(".")[0] == system
        for actor in example["actors"]
        for field in actor["fields"]
    )
    return "\n".join(
        re.sub(r"[^a-z]", "", fold(text).lower()) for field in fields for text in (field["key"], field["name"])
    )


def terms_without(system: str) -> Terms:
    """The vocabulary without each word that this system uses and no other one does."""
    own = texts_of(system)
    others = "\n".join(texts_of(other) for other in SYSTEMS if other != system)
    return {word: meaning for word, meaning in TERMS.items() if word not in own or word in others}


def rates(counts: Mapping[str, int]) -> tuple[float, float]:
    return counts["right"] / counts["suggested"], counts["right"] / counts["possible"]


def test_the_suggestions_are_precise_and_many() -> None:
    sums, wrong = SCORE(FOLDER, {name: suggested(example) for name, example in EXAMPLES.items()})
    precision, recall = rates(sums["all"])
    assert (precision >= 0.95, recall >= 0.8) == (True, True), (precision, recall, wrong)


@pytest.mark.parametrize("language", ["da", "de", "en", "nl", "no", "sv"])
def test_no_language_is_worse(language: str) -> None:
    sums, wrong = SCORE(FOLDER, {name: suggested(example) for name, example in EXAMPLES.items()})
    precision, recall = rates(sums[language])
    assert (precision >= 0.95, recall >= 0.8) == (True, True), (precision, recall, wrong)


def test_they_are_so_without_the_words_that_only_the_system_itself_has() -> None:
    """Each system is left out at a time: what is known of it is what the others, and the language, say."""
    sums: Counter[str] = Counter()
    report: list[str] = []
    for system in SYSTEMS:
        terms = terms_without(system)
        answers = {name: suggested(each, terms) for name, each in EXAMPLES.items() if name.split(".")[0] == system}
        counts = of_system(answers)
        report.append(f"{system:16} precision {rates(counts)[0]:6.1%}  recall {rates(counts)[1]:6.1%}")
        sums += counts
    precision, recall = rates(sums)
    print("\n".join([*report, f"{'all':16} precision {precision:6.1%}  recall {recall:6.1%}"]))
    assert precision >= 0.95
    assert recall >= 0.8


def of_system(answers: dict[str, dict[str, dict[str, str]]]) -> Counter[str]:
    """The counts of these files alone: others have no suggestions, but their fields count as possible."""
    with_answers, _wrong = SCORE(FOLDER, answers)
    possible = runpy.run_path(str(FOLDER / "score.py"))["most"]
    counts = Counter({key: with_answers["all"][key] for key in ("suggested", "right")})
    counts["possible"] = sum(possible(actor["fields"]) for name in answers for actor in EXAMPLES[name]["actors"])
    return counts
