"""The words for how easy a password is to guess: those of zxcvbn, and one of our own."""

from __future__ import annotations

from flask_babel import gettext as _

from wizard.domain.accounts import Strength


def strength_advice(strength: Strength) -> str:
    """Why a password is too easy to guess, and what helps, in sentences."""
    texts = _texts()
    known = [texts[text] for text in (strength.warning, *strength.suggestions) if text in texts]
    return " ".join([_("Too easy to guess."), *known])


def strength_verdict(strength: Strength) -> str:
    """How hard to guess a password is that may be used."""
    return _("Very hard to guess.") if strength.score > 3 else _("Hard to guess.")


def _texts() -> dict[str, str]:
    """The translations of zxcvbn's warnings and suggestions, in its own spelling."""
    return {
        "This is made of your name or of words of this product.": _(
            "It is made of your name or of words of this product."
        ),
        "Use a few words, avoid common phrases.": _("Use a few words, but no common phrase."),
        "No need for symbols, digits, or uppercase letters.": _("Symbols, digits and capital letters are not needed."),
        "Add another word or two. Uncommon words are better.": _("Add a word or two that are not common."),
        "Straight rows of keys are easy to guess.": _("Rows of keys are easy to guess."),
        "Short keyboard patterns are easy to guess.": _("Short patterns of keys are easy to guess."),
        "Use a longer keyboard pattern with more turns.": _("Use words instead of patterns of keys."),
        'Repeats like "aaa" are easy to guess.': _("Repeated characters are easy to guess."),
        'Repeats like "abcabcabc" are only slightly harder to guess than "abc".': _(
            "A word that is repeated is hardly harder to guess than once."
        ),
        "Avoid repeated words and characters.": _("Avoid repetitions."),
        'Sequences like "abc" or "6543" are easy to guess.': _("Sequences like abc or 6543 are easy to guess."),
        "Avoid sequences.": _("Avoid sequences."),
        "Recent years are easy to guess.": _("Recent years are easy to guess."),
        "Avoid recent years.": _("Avoid recent years."),
        "Avoid years that are associated with you.": _("Avoid years that have to do with you."),
        "Dates are often easy to guess.": _("Dates are easy to guess."),
        "Avoid dates and years that are associated with you.": _("Avoid dates that have to do with you."),
        "This is a top-10 common password.": _("It is one of the ten most common passwords."),
        "This is a top-100 common password.": _("It is one of the hundred most common passwords."),
        "This is a very common password.": _("It is a very common password."),
        "This is similar to a commonly used password.": _("It is much like a common password."),
        "A word by itself is easy to guess.": _("A single word is easy to guess."),
        "Names and surnames by themselves are easy to guess.": _("A single name is easy to guess."),
        "Common names and surnames are easy to guess.": _("Common names are easy to guess."),
        "Capitalization doesn't help very much.": _("A capital letter hardly helps."),
        "All-uppercase is almost as easy to guess as all-lowercase.": _("Capital letters hardly help."),
        "Reversed words aren't much harder to guess.": _("A word that is reversed is hardly harder to guess."),
        "Predictable substitutions like '@' instead of 'a' don't help very much.": _(
            "Symbols in place of letters, like @ for a, hardly help."
        ),
    }
