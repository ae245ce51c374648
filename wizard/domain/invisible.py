"""Characters that nobody sees, which copying brings along: what names, addresses and secrets may have of them."""

from __future__ import annotations

import re

_ZERO_WIDTH = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
_UNSEEN = f"{_ZERO_WIDTH}\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef"
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_JOINING = "\u200c\u200d\ufe00-\ufe0f"
"""Some scripts and signs are written with them, between two others."""

_AT_THE_ENDS = re.compile(rf"^[\s{_UNSEEN}{_CONTROLS}]+|[\s{_UNSEEN}{_CONTROLS}]+$")
_INSIDE = re.compile(rf"(?![{_JOINING}])[{_UNSEEN}{_CONTROLS}\u2028\u2029]")
_ANY = re.compile(rf"[{_UNSEEN}{_CONTROLS}\u2028\u2029]")


def trim(text: str) -> str:
    """The text without the white space and the invisible characters around it."""
    return _AT_THE_ENDS.sub("", text)


def has_invisible(text: str) -> bool:
    """Whether there is an invisible character in it that no script is written with. Blanks and line ends are none."""
    return _INSIDE.search(text) is not None


def shown(text: str) -> str:
    """The text with a dot in the place of each character that cannot be seen."""
    return _ANY.sub("·", text)


def without_invisible(text: str) -> str:
    """A secret as it was probably meant: without invisible characters, and without white space around it."""
    return "".join(_INSIDE.sub("", trim(text)))
