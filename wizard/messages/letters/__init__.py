"""The words of notices: a letter to a recipient, in its language and by its clock, about one thing or several."""

from wizard.messages.letters.about import About
from wizard.messages.letters.letter import Entry, Letter, Reader
from wizard.messages.letters.plain import brief, plain_text
from wizard.messages.letters.write import write_letter, write_test

__all__ = ["About", "Entry", "Letter", "Reader", "brief", "plain_text", "write_letter", "write_test"]
