"""Multi-language strings: the reader's language, else American, else the first; other texts stay as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.domain.fields import every_language, has_visible, in_language, is_well_formed, multi_language
from wizard.domain.languages import LANGUAGES

TEXTS = 'US:"Company";NL:"Bedrijf";GE:"Firma";NO:"Firma nb";SW:"Företag";DA:"Virksomhed"'
variants = st.dictionaries(
    st.sampled_from([*(language.superoffice_code for language in LANGUAGES.values()), "FR", "IT"]),
    st.text(min_size=1).filter(lambda text: '"' not in text),
    min_size=1,
)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Company"),
        ("nl", "Bedrijf"),
        ("de", "Firma"),
        ("nb", "Firma nb"),
        ("sv", "Företag"),
        ("da", "Virksomhed"),
    ],
)
def test_each_language_gets_its_own_variant(language: str, text: str) -> None:
    assert in_language(TEXTS, language) == text


def test_a_missing_language_gets_the_american_variant() -> None:
    assert in_language('NL:"Bedrijf";US:"Company"', "sv") == "Company"


def test_without_an_american_variant_the_first_is_taken() -> None:
    assert in_language('FR:"Société";NL:"Bedrijf"', "sv") == "Société"


def test_an_empty_variant_counts_as_missing() -> None:
    assert in_language('US:"Company";NL:""', "nl") == "Company"


def test_an_unknown_language_gets_the_american_variant() -> None:
    assert in_language(TEXTS, "fr") == "Company"


def test_a_repeated_code_counts_once() -> None:
    assert in_language('NL:"een";NL:"twee"', "nl") == "een"


@pytest.mark.parametrize("text", ['US:"Company";', ' US:"Company" ; ', 'US:"Company"', 'US:"Company" ;\nNL:"Bedrijf"'])
def test_white_space_and_a_last_semicolon_are_free(text: str) -> None:
    assert in_language(text, "en") == "Company"
    assert is_well_formed(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Company",
        'say "hello"',
        'US:"one" NL:"two"',
        'before US:"one"',
        'US:"one" after',
        "US:one",
        'us:"one"',
        'USA:"one"',
        'US:"one',
        'US:"a"b";',
        ";",
        "https://erp.example:8443",
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_of_another_form_stays_as_it_is(text: str, language: str) -> None:
    assert in_language(text, language) == text
    assert every_language(text) == (text,)
    assert not is_well_formed(text)


def test_every_variant_can_be_had() -> None:
    assert every_language('US:"Company";NL:"Bedrijf"') == ("Company", "Bedrijf")


@given(variants, st.sampled_from(list(LANGUAGES)))
def test_what_was_put_in_for_a_language_comes_out_for_it(texts: dict[str, str], language: str) -> None:
    joined = ";".join(f'{code}:"{text}"' for code, text in texts.items())
    expected = texts.get(LANGUAGES[language].superoffice_code) or texts.get("US") or next(iter(texts.values()))
    assert in_language(joined, language) == expected
    assert every_language(joined) == tuple(texts.values())


@given(st.text(), st.sampled_from(list(LANGUAGES)))
def test_any_text_has_words_for_any_language(text: str, language: str) -> None:
    assert in_language(text, language) in every_language(text)


@pytest.mark.parametrize("text", ['US:"a";' * 200_000 + "!", 'US:"a"' + " " * 1_000_000 + "!", " " * 1_000_000])
def test_a_long_text_that_breaks_at_its_end_is_reported_at_once(text: str) -> None:
    assert in_language(text, "en") == text


@given(
    st.dictionaries(
        st.sampled_from(list(LANGUAGES)), st.text(min_size=1).filter(lambda text: '"' not in text), min_size=1
    )
)
def test_the_texts_of_languages_are_joined_and_found_again(texts: dict[str, str]) -> None:
    joined = multi_language(texts)
    assert {language: in_language(joined, language) for language in texts} == texts


@pytest.mark.parametrize(
    ("text", "visible"), [("", False), (" \u00a0\t", False), ("\u200b\u202e", False), (" a", True)]
)
def test_of_blanks_there_is_nothing_to_be_seen(text: str, visible: bool) -> None:
    assert has_visible(text) == visible
