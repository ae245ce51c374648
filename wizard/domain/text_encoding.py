"""Decodes files as Windows, Excel and the Mac save them, and refuses what would be read as something else."""

from __future__ import annotations

import codecs

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CODE_PAGES = ("cp1252", "cp850", "mac_roman")
"""What Excel saves a CSV in, with the languages of western Europe: on Windows, which is usual, as MS-DOS, on a Mac."""
_OFTEN = frozenset("äöüßåæøéëïÄÖÜÅÆØÉ")
"""Letters of names in Danish, Dutch, German, Norwegian and Swedish."""
_SOMETIMES = _OFTEN | frozenset("áàâãçèêíìîñóòôõúùûýÿœšžðþÁÀÂÃÇÈÊËÍÌÎÏÑÓÒÔÕÚÙÛÝŒŠŽÐÞ")
_SIGNS = frozenset("–’‘“”„«»…€§°·\u00a0")
_SAMPLE_BYTES = 1000


class UndecodableText(ValueError):
    """Bytes that are no text in an encoding that can be told for sure; the message is `binary` or `unknown`."""


def decode_text(data: bytes) -> str:
    """Decodes UTF-8 and UTF-16, with or without a byte order mark. Raises UndecodableText."""
    encoding, skip = _unicode_of(data)
    try:
        text = data[skip:].decode(encoding)
    except UnicodeDecodeError as error:
        raise UndecodableText("binary" if skip else "unknown") from error
    if "\0" in text:
        raise UndecodableText("binary")
    return text


def decode_names(data: bytes) -> str:
    """Decodes a list of names: as `decode_text`, else in the code page that beyond doubt it was saved in.

    In a wrong code page the letters of names become signs, or capitals inside of words. The one that alone gives
    letters that are usual is right; but against Windows' own only if that gives no text that could be meant at all.
    Raises UndecodableText.
    """
    try:
        return decode_text(data)
    except UndecodableText as error:
        if str(error) == "binary" or b"\0" in data:
            raise UndecodableText("binary") from error
    texts = [_in_code_page(data, page) for page in _CODE_PAGES]
    usual = [text for text in texts if text is not None and _could_be_meant(text, _OFTEN | _SIGNS)]
    possible = [text for text in texts if text is not None and _could_be_meant(text, _SOMETIMES | _SIGNS)]
    if len(usual) == 1 and (usual == [texts[0]] or texts[0] not in possible):
        return usual[0]
    if texts[0] is not None and possible == [texts[0]]:
        return texts[0]
    raise UndecodableText("unknown")


def _unicode_of(data: bytes) -> tuple[str, int]:
    """The encoding, and the length of its byte order mark."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    sample = data[:_SAMPLE_BYTES]
    if len(sample) >= 4 and not any(sample[::2]) and all(sample[1::2]):
        return "utf-16-be", 0
    if len(sample) >= 4 and not any(sample[1::2]) and all(sample[::2]):
        return "utf-16-le", 0
    return "utf-8", 0


def _in_code_page(data: bytes, page: str) -> str | None:
    try:
        return data.decode(page)
    except UnicodeDecodeError:
        return None


def _could_be_meant(text: str, letters: frozenset[str]) -> bool:
    """Whether all that is not in ASCII are such letters, each where a name has it."""
    if not {character for character in text if not character.isascii()} <= letters:
        return False
    return not any(_is_misplaced(*three) for three in zip(f" {text[:-1]}", text, f"{text[1:]} ", strict=True))


def _is_misplaced(before: str, character: str, after: str) -> bool:
    """A capital inside of a word that is not all capitals, or a sign other than an apostrophe between two letters."""
    if character.isascii() or not before.isalpha():
        return False
    if character.isupper():
        return before.islower() or after.islower()
    return character in _SIGNS and character != "’" and after.isalpha()
