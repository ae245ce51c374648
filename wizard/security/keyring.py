"""The keys of an instance: what is encrypted at rest and what is signed hangs on them."""

from __future__ import annotations

import base64
import hmac
import os
import stat
import threading
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from wizard.errors import DecryptionError, InstanceError, KeysUnavailable

KEY_FILE = "keys"


class KeyRing:
    """Encrypts and signs with the first key; decrypts and verifies with any of them.

    One that was opened from a key file follows it: `erp-wizard rotate-keys` changes the keys of running processes.
    While that file cannot be used, nothing is encrypted: nobody else could read it.
    """

    def __init__(self, keys: Sequence[str], path: Path | None = None) -> None:
        """`keys` are Fernet keys, newest first. Raises InstanceError for one that is none."""
        self._path = path
        self._made = False
        self._stamp = _stamp(path)
        self._following = threading.Lock()
        self.fits: Callable[[KeyRing], bool] = lambda ring: False
        """Whether other keys than ours can read what is encrypted; the app asks its database."""
        self._take(keys)

    def _take(self, keys: Sequence[str]) -> None:
        try:
            fernets = [Fernet(key) for key in keys]
            secrets = [base64.urlsafe_b64decode(key) for key in keys]
        except ValueError as error:
            raise InstanceError(
                "A key in ERP_WIZARD_KEYS or in the key file is not a Fernet key (32 bytes in URL-safe base64)."
            ) from error
        self._first, self._fernet, self._secrets = fernets[0], MultiFernet(fernets), secrets
        self._session_secrets = [_derive(secret, b"session").hex() for secret in secrets]

    @classmethod
    def open(cls, instance: Path, keys: Sequence[str] = ()) -> KeyRing:
        """The given keys, else those of the instance's key file, which is made when there is none.

        Raises InstanceError for a folder that cannot be written or a key file that others can read.
        """
        if keys:
            return cls(keys)
        path = instance / KEY_FILE
        is_new = not path.exists()
        _make(path)
        ring = cls(read_keys(path), path)
        ring._made = is_new
        return ring

    @property
    def source(self) -> str:
        """Where the keys come from, in words."""
        return str(self._path or "ERP_WIZARD_KEYS")

    def take_back(self) -> None:
        """Takes away the key file if `open` has made it: the one that belongs there is elsewhere."""
        if self._made and self._path is not None:
            self._path.unlink(missing_ok=True)

    def refresh(self) -> bool:
        """Whether the key file had other keys, which are used from now on.

        Raises KeysUnavailable, each time anew, while it cannot be used or has keys that do not fit.
        """
        if self._path is None or _stamp(self._path) == self._stamp:
            return False
        with self._following:
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
        self._take(keys)

    def encrypt(self, data: bytes) -> bytes:
        self.refresh()
        return self._fernet.encrypt(data)

    def is_newest(self, token: bytes) -> bool:
        """Whether it is under the first key."""
        try:
            self._first.decrypt(token)
        except InvalidToken:
            return False
        return True

    def decrypt(self, token: bytes) -> bytes:
        """Raises DecryptionError when no key fits."""
        try:
            return self._fernet.decrypt(token)
        except InvalidToken as error:
            if self.refresh():
                return self.decrypt(token)
            raise DecryptionError("The key that this was encrypted with is not among the keys any more.") from error

    def reads(self, token: bytes) -> bool:
        """Whether a key fits."""
        try:
            self._fernet.decrypt(token)
        except InvalidToken:
            return False
        return True

    def rotate(self, token: bytes) -> bytes:
        """The same under the first key. Raises DecryptionError when no key fits."""
        return self.encrypt(self.decrypt(token))

    def sign(self, message: bytes) -> str:
        """An HMAC of the message under the first key, in hex."""
        self.refresh()
        return _sign(_derive(self._secrets[0], b"receipt"), message)

    def verify(self, message: bytes, signature: str) -> bool:
        """Whether any of the keys made this signature."""
        given = signature.encode(errors="replace")
        return any(
            hmac.compare_digest(_sign(_derive(secret, b"receipt"), message).encode(), given) for secret in self._secrets
        )

    def session_secrets(self) -> list[str]:
        """Flask's SECRET_KEY and its fallbacks."""
        return list(self._session_secrets)


def write_keys(path: Path, keys: Sequence[str]) -> None:
    """Puts these keys in the place of those that the file has, all at once; it stays its owner's.

    Raises InstanceError where that cannot be.
    """
    target = path.resolve()  # a link stays one
    try:
        before = target.stat()
        own = _own_file(target, "".join(f"{key}\n" for key in keys).encode())
        try:
            os.chown(own, before.st_uid, before.st_gid)
            own.replace(target)
        finally:
            own.unlink(missing_ok=True)
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
    """Changes with the file, and with who can read it; None without one."""
    try:
        found = path.stat() if path else None
    except OSError:
        return None
    return (found.st_ino, found.st_ctime_ns) if found else None


def _sign(key: bytes, message: bytes) -> str:
    return hmac.new(key, message, sha256).hexdigest()


def _derive(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"erp-wizard " + purpose).derive(secret)


def _make(path: Path) -> None:
    """Two processes may start at once: the first to link its whole file wins."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists():
            return
        own = _own_file(path, Fernet.generate_key() + b"\n")
        try:
            os.link(own, path)
        except FileExistsError:
            pass
        finally:
            own.unlink()
    except OSError as error:
        raise InstanceError(f"The key file {path} cannot be used: {error.strerror}.") from error


def _own_file(path: Path, content: bytes) -> Path:
    """A file beside `path` that only we can read."""
    own = path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return own
