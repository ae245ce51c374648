"""The keys of an instance, which encrypt at rest, sign receipts and sign sessions."""

from __future__ import annotations

import base64
import hmac
import os
import stat
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from wizard.errors import DecryptionError, InstanceError, KeysUnavailable
from wizard.files import sync_folder

KEY_FILE = "keys"


class KeyRing:
    """Encrypts and signs with the first key; decrypts and verifies with any of them.

    One that was opened from a key file watches it, so that `erp-wizard rotate-keys` changes the keys of running
    processes. It encrypts nothing while the file cannot be used, because no other process could decrypt that.
    """

    def __init__(self, keys: Sequence[str], path: Path | None = None) -> None:
        """`keys` are Fernet keys, newest first. Raises InstanceError for an invalid one."""
        self._path = path
        self._created = False
        self._stamp = _stamp(path)
        self._lock = threading.Lock()
        self.fits: Callable[[KeyRing], bool] = lambda ring: False
        """Whether entirely different keys can decrypt the data; the app sets a function that tries the database's."""
        self._use(keys)

    def _use(self, keys: Sequence[str]) -> None:
        try:
            fernets = [Fernet(key) for key in keys]
            secrets = [base64.urlsafe_b64decode(key) for key in keys]
        except ValueError as error:
            raise InstanceError(
                "A key in ERP_WIZARD_KEYS or in the key file is not a Fernet key (32 bytes in URL-safe base64)."
            ) from error
        self._unbound, self._secrets = MultiFernet(fernets), secrets
        self._session_secrets = [_derive(secret, b"session").hex() for secret in secrets]

    @classmethod
    def open(cls, instance: Path, keys: Sequence[str] = ()) -> KeyRing:
        """Uses the given keys, else those of the instance's key file, which is created if it is missing.

        Raises InstanceError for a folder that cannot be written or a key file that others can read.
        """
        if keys:
            return cls(keys)
        path = instance / KEY_FILE
        is_new = not path.exists()
        _create(path)
        ring = cls(read_keys(path), path)
        ring._created = is_new
        return ring

    @property
    def source(self) -> str:
        """The key file or the setting that the keys come from."""
        return str(self._path or "ERP_WIZARD_KEYS")

    def remove_created_file(self) -> None:
        """Removes the key file if `open` has created it, because the database belongs to another one."""
        if self._created and self._path is not None:
            self._path.unlink(missing_ok=True)

    def refresh(self) -> bool:
        """Re-reads the key file if it has changed. Returns whether it has.

        Raises KeysUnavailable while the file cannot be used or has keys that cannot decrypt the data.
        """
        if self._path is None or _stamp(self._path) == self._stamp:
            return False
        with self._lock:
            stamp = _stamp(self._path)
            if stamp == self._stamp:
                return True
            try:
                self._follow(read_keys(self._path))
            except KeysUnavailable:
                raise
            except InstanceError as error:
                raise KeysUnavailable(str(error)) from error
            self._stamp = stamp
        return True

    def _follow(self, keys: Sequence[str]) -> None:
        other = KeyRing(keys)
        if set(self._secrets).isdisjoint(other._secrets) and not self.fits(other):
            raise KeysUnavailable(
                f"The key file {self._path} has other keys, which cannot read what is encrypted."
                " Put back those that it had."
            )
        self._use(keys)

    def encrypt(self, data: bytes, context: str) -> bytes:
        """Encrypts it for one place, which `context` names: in any other place it cannot be decrypted."""
        self.refresh()
        return _fernet(self._secrets[0], context).encrypt(data)

    def is_newest(self, token: bytes, context: str) -> bool:
        """Whether it is encrypted for this context with the first key."""
        try:
            _fernet(self._secrets[0], context).decrypt(token)
        except InvalidToken:
            return False
        return True

    def decrypt(self, token: bytes, context: str) -> bytes:
        """Raises DecryptionError if it was encrypted with none of the keys, or for another context."""
        try:
            return self._decrypt(token, context)
        except InvalidToken as error:
            if self.refresh():
                return self.decrypt(token, context)
            raise DecryptionError("The key that this was encrypted with is not among the keys any more.") from error

    def _decrypt(self, token: bytes, context: str) -> bytes:
        for secret in self._secrets:
            with suppress(InvalidToken):
                return _fernet(secret, context).decrypt(token)
        return self._unbound.decrypt(token)  # version 1.0 encrypted without a context

    def can_decrypt(self, token: bytes, context: str) -> bool:
        """Whether it was encrypted for this context with one of the keys."""
        try:
            self._decrypt(token, context)
        except InvalidToken:
            return False
        return True

    def rotate(self, token: bytes, context: str) -> bytes:
        """Encrypts it anew with the first key. Raises DecryptionError as `decrypt` does."""
        return self.encrypt(self.decrypt(token, context), context)

    def sign(self, message: bytes, purpose: str = "receipt") -> str:
        """The HMAC of the message with the first key, in hex. It is none of the message for another purpose."""
        self.refresh()
        return _sign(_derive(self._secrets[0], purpose.encode()), message)

    def verify(self, message: bytes, signature: str, purpose: str = "receipt") -> bool:
        """Whether this is the signature of the message with any of the keys."""
        signed = signature.encode(errors="replace")
        return any(
            hmac.compare_digest(_sign(_derive(secret, purpose.encode()), message).encode(), signed)
            for secret in self._secrets
        )

    def session_secrets(self) -> list[str]:
        """Flask's SECRET_KEY, and its SECRET_KEY_FALLBACKS."""
        return list(self._session_secrets)


def write_keys(path: Path, keys: Sequence[str]) -> None:
    """Replaces the key file atomically and keeps its owner; the disk has it then.

    Raises InstanceError if that is not possible.
    """
    target = path.resolve()  # replaces what a symbolic link points at, not the link
    try:
        before = target.stat()
        temporary = _private_file(target, "".join(f"{key}\n" for key in keys).encode())
        try:
            os.chown(temporary, before.st_uid, before.st_gid)
            temporary.replace(target)
            sync_folder(target.parent)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise InstanceError(
            f"The key file {path} cannot be replaced: {error.strerror}. Run this as the user that it belongs to."
        ) from error


def read_keys(path: Path) -> list[str]:
    """The keys of a file, newest first. Raises InstanceError as `KeyRing.open` does."""
    try:
        mode = path.stat().st_mode
        text = path.read_text("ascii", "replace")
    except OSError as error:
        raise InstanceError(f"The key file {path} cannot be used: {error.strerror}.") from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise InstanceError(f"Others can read the key file {path}. Take that away: chmod 600 {path}")
    keys = text.split()
    if not keys:
        raise InstanceError(f"The key file {path} is empty. Put the key back that it had.")
    return keys


def _stamp(path: Path | None) -> tuple[int, int] | None:
    """Identifies the content and the permissions of the file; None if there is none."""
    try:
        found = path.stat() if path else None
    except OSError:
        return None
    return (found.st_ino, found.st_ctime_ns) if found else None


def _fernet(secret: bytes, context: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_derive(secret, f"encrypt {context}".encode())))


def _sign(key: bytes, message: bytes) -> str:
    return hmac.new(key, message, sha256).hexdigest()


def _derive(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"erp-wizard " + purpose).derive(secret)


def _create(path: Path) -> None:
    """Creates the key file unless it exists. Two processes may start at once: the first to link its file wins."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists():
            return
        temporary = _private_file(path, Fernet.generate_key() + b"\n")
        try:
            os.link(temporary, path)
        except FileExistsError:
            pass
        finally:
            temporary.unlink()
        sync_folder(path.parent)
        sync_folder(path.parent.parent)  # it may be new itself
    except OSError as error:
        raise InstanceError(f"The key file {path} cannot be used: {error.strerror}.") from error


def _private_file(path: Path, content: bytes) -> Path:
    """Writes a file beside `path` that only its owner can read."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return temporary
