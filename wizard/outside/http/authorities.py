"""The public authorities as a folder of hashed files, of which OpenSSL reads the few that a handshake needs.

A context that has read all of them takes 30 ms and 1 MB. One that knows the folder takes next to nothing, so that it
can be made anew for each of thousands of private authorities.
"""

from __future__ import annotations

import os
import re
import ssl
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha1
from pathlib import Path

import certifi

from wizard.temporary_folders import TemporaryFolder, make_folder

_BLOCK = re.compile(rb"-----BEGIN ([^-]+)-----.*?-----END \1-----", re.DOTALL)
_FILE_NAME = re.compile(r"[0-9a-f]{8}\.\d+")
_VERSION, _SET, _SEQUENCE = 0xA0, 0x31, 0x30
_UTF8_STRING = 0x0C
_CODECS = {_UTF8_STRING: "utf-8", 0x13: "ascii", 0x14: "latin-1", 0x16: "ascii", 0x1A: "ascii"}
"""Of the kinds of texts in names: UTF8String, PrintableString, T61String, IA5String, VisibleString."""


@dataclass(frozen=True)
class Folder:
    """`changed_at` is the time of its last change: whoever tidies temporary folders changes it.

    `unread` are files that hold more than plain certificates, `others` the DER of authorities that OpenSSL would not
    find in it.
    """

    folder: TemporaryFolder
    changed_at: int
    unread: tuple[str, ...] = ()
    others: bytes = b""

    @property
    def path(self) -> str:
        return self.folder.path

    def is_whole(self) -> bool:
        try:
            return os.stat(self.path).st_mtime_ns == self.changed_at
        except OSError:
            return False


class PublicAuthorities:
    """Those of certifi and of the system, in a folder that is made when it is needed, and again once it has changed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._folder: Folder | None = None

    def folder(self) -> Folder | None:
        """None where no folder can be made."""
        with self._lock:
            if self._folder is not None and not self._folder.is_whole():
                self._folder.folder.abandon()
                self._folder = None
            if self._folder is None:
                self._folder = _folder_of([certifi.where(), *filter(None, [ssl.get_default_verify_paths().cafile])])
            return self._folder


def trusting_context(folder: Folder | None) -> ssl.SSLContext:
    """A context for a client that trusts the public authorities."""
    if folder is None:
        context = ssl.create_default_context(cafile=certifi.where())
        context.load_default_certs()
        return context
    context = ssl.create_default_context(capath=folder.path)
    context.load_verify_locations(capath=_system_folder())
    for path in folder.unread:
        context.load_verify_locations(path)
    if folder.others:
        context.load_verify_locations(cadata=folder.others)
    return context


def _system_folder() -> str:
    paths = ssl.get_default_verify_paths()
    return os.environ.get(paths.openssl_capath_env) or paths.openssl_capath


def _folder_of(files: Sequence[str]) -> Folder | None:
    try:
        return None if os.name == "nt" else _make_folder(files)  # Windows keeps its authorities elsewhere
    except OSError:
        return None


def _make_folder(files: Sequence[str]) -> Folder:
    """Raises OSError."""
    folder = make_folder("erp-wizard-authorities-", _FILE_NAME)
    try:
        return _fill(folder, files)
    except OSError:
        folder.abandon()
        raise


def _fill(folder: TemporaryFolder, files: Sequence[str]) -> Folder:
    unread, others, numbers = [], b"", Counter[str]()
    for file in files:
        blocks = list(_BLOCK.finditer(Path(file).read_bytes()))
        if any(block[1] != b"CERTIFICATE" for block in blocks):
            unread.append(file)
            continue
        for pem in (block[0] for block in blocks):
            der = ssl.PEM_cert_to_DER_cert(pem.decode())
            if (name := subject_hash(der)) is None:
                others += der
                continue
            Path(folder.path, f"{name}.{numbers[name]}").write_bytes(pem)
            numbers[name] += 1
    return Folder(folder, os.stat(folder.path).st_mtime_ns, tuple(unread), others)


def subject_hash(der: bytes) -> str | None:
    """The name under which OpenSSL looks for a certificate; None for a subject with texts of a rare kind."""
    try:
        canonical = b"".join(_canonical_part(part) for _, part in _each(_subject(der)))
    except (ValueError, KeyError, IndexError):
        return None
    return f"{int.from_bytes(sha1(canonical, usedforsecurity=False).digest()[:4], 'little'):08x}"


def _subject(der: bytes) -> bytes:
    """The names in the subject of a certificate (RFC 5280 section 4.1)."""
    certificate = next(_each(der))[1]
    parts = list(_each(next(_each(certificate))[1]))
    return parts[5 if parts[0][0] == _VERSION else 4][1]


def _canonical_part(part: bytes) -> bytes:
    """As OpenSSL compares it: in UTF-8, in small letters, without superfluous blanks."""
    attributes = []
    for _, attribute in _each(part):
        (kind, oid), (text_kind, text) = _each(attribute)
        words = text.decode(_CODECS[text_kind]).encode()
        canonical = b" ".join(words.split()).lower()
        attributes.append(_encoded(_SEQUENCE, _encoded(kind, oid) + _encoded(_UTF8_STRING, canonical)))
    return _encoded(_SET, b"".join(sorted(attributes)))


def _each(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and content of each value of a DER sequence."""
    at = 0
    while at < len(data):
        tag, length, at = data[at], data[at + 1], at + 2
        if length & 0x80:
            size = length & 0x7F
            length, at = int.from_bytes(data[at : at + size]), at + size
        yield tag, data[at : at + length]
        at += length


def _encoded(tag: int, content: bytes) -> bytes:
    length = len(content)
    if length < 0x80:
        return bytes([tag, length]) + content
    size = length.to_bytes((length.bit_length() + 7) // 8)
    return bytes([tag, 0x80 | len(size)]) + size + content
