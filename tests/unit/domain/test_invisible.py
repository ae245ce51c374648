"""Characters that nobody sees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.domain.invisible import has_invisible, shown, trim, without_invisible

UNSEEN = ["\u200b", "\ufeff", "\u00ad", "\u2060", "\u202e", "\u0081", "\x00", "\x7f", "\U000e0041", "\u2800"]


@pytest.mark.parametrize("character", [*UNSEEN, "\u00a0", "\u3000", "\t"])
def test_it_is_cut_at_both_ends(character: str) -> None:
    assert trim(f"{character} {character}Acme{character} ") == "Acme"


@pytest.mark.parametrize("character", UNSEEN)
def test_inside_it_is_noticed_and_shown_as_a_dot(character: str) -> None:
    assert has_invisible(f"Ac{character}me")
    assert shown(f"Ac{character}me") == "Ac·me"
    assert without_invisible(f" Ac{character}me ") == "Acme"


@pytest.mark.parametrize(
    "name", ["Ingrid Müller", "नमस्\u200dते", "می\u200cخواهم", "Team \U0001f469\u200d\U0001f4bb", "a\nb", ""]
)
def test_what_a_script_is_written_with_is_no_such_character(name: str) -> None:
    assert not has_invisible(name)
    assert without_invisible(name) == name


@given(st.text())
def test_a_text_that_was_mended_is_in_no_doubt(text: str) -> None:
    mended = trim(without_invisible(text))

    assert not has_invisible(mended)
    assert trim(mended) == mended
