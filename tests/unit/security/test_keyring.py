"""The keys: made once, kept to ourselves, exchanged without loss."""

from __future__ import annotations

import errno
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from wizard.errors import InstanceError, KeysUnavailable
from wizard.security import keyring
from wizard.security.keyring import KEY_FILE, KeyRing


def a_key() -> str:
    return Fernet.generate_key().decode()


OLD, NEW, OTHER = a_key(), a_key(), a_key()
PLACE = "connection.config 1"


@given(st.binary())
def test_what_was_encrypted_is_decrypted_again(data: bytes) -> None:
    ring = KeyRing([NEW])
    assert ring.decrypt(ring.encrypt(data, PLACE), PLACE) == data


@given(st.binary())
def test_an_old_key_still_decrypts_after_a_new_one_was_put_before_it(data: bytes) -> None:
    assert KeyRing([NEW, OLD]).decrypt(KeyRing([OLD]).encrypt(data, PLACE), PLACE) == data


@given(st.binary())
def test_after_rotation_the_old_key_can_go(data: bytes) -> None:
    rotated = KeyRing([NEW, OLD]).rotate(KeyRing([OLD]).encrypt(data, PLACE), PLACE)
    assert KeyRing([NEW]).decrypt(rotated, PLACE) == data


def test_a_lost_key_is_named_as_such() -> None:
    with pytest.raises(InstanceError, match="not among the keys any more"):
        KeyRing([OTHER]).decrypt(KeyRing([OLD]).encrypt(b"value", PLACE), PLACE)


def test_a_lost_key_is_named_when_rotating_too() -> None:
    with pytest.raises(InstanceError, match="not among the keys any more"):
        KeyRing([OTHER]).rotate(KeyRing([OLD]).encrypt(b"value", PLACE), PLACE)


@given(st.binary())
def test_a_signature_is_good_for_its_message(message: bytes) -> None:
    ring = KeyRing([NEW])
    assert ring.verify(message, ring.sign(message))


@given(st.binary())
def test_a_signature_is_good_while_its_key_is_kept(message: bytes) -> None:
    signature = KeyRing([OLD]).sign(message)
    assert KeyRing([NEW, OLD]).verify(message, signature)
    assert not KeyRing([NEW]).verify(message, signature)


@given(st.binary(), st.binary())
def test_a_signature_is_for_one_message_only(message: bytes, other: bytes) -> None:
    ring = KeyRing([NEW])
    assert ring.verify(other, ring.sign(message)) == (message == other)


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_may_be_held_for_a_signature(text: str) -> None:
    assert not KeyRing([NEW]).verify(b"message", text)


def test_session_secrets_follow_the_keys_and_are_none_of_them() -> None:
    secrets = KeyRing([NEW, OLD]).session_secrets()
    assert secrets[1:] == KeyRing([OLD]).session_secrets()
    assert len({*secrets, NEW, OLD, KeyRing([NEW]).sign(b"")}) == 5


@pytest.mark.parametrize("bad", ["short", "ä" * 44, "A" * 43])
def test_a_key_that_is_none_is_refused_without_being_shown(bad: str) -> None:
    with pytest.raises(InstanceError, match="is not a Fernet key") as error:
        KeyRing([bad])
    assert bad not in str(error.value)


def test_given_keys_need_no_file(tmp_path: Path) -> None:
    KeyRing.open(tmp_path / "instance", [NEW])
    assert not (tmp_path / "instance").exists()


def test_the_key_file_is_made_for_our_eyes_only(tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    KeyRing.open(instance)
    assert stat.S_IMODE(instance.stat().st_mode) == 0o700
    assert stat.S_IMODE((instance / KEY_FILE).stat().st_mode) == 0o600
    assert [path.name for path in instance.iterdir()] == [KEY_FILE]


def test_the_key_file_is_used_again(tmp_path: Path) -> None:
    token = KeyRing.open(tmp_path).encrypt(b"value", PLACE)
    assert KeyRing.open(tmp_path).decrypt(token, PLACE) == b"value"


def test_a_key_file_may_hold_several_keys_newest_first(tmp_path: Path) -> None:
    write_keys(tmp_path, f"{NEW}\n{OLD}\n")
    ring = KeyRing.open(tmp_path)
    assert ring.decrypt(KeyRing([OLD]).encrypt(b"value", PLACE), PLACE) == b"value"
    assert ring.sign(b"message") == KeyRing([NEW]).sign(b"message")


def test_all_that_start_at_once_have_the_same_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        secrets = pool.map(lambda _: KeyRing.open(tmp_path / "instance").session_secrets()[0], range(64))
    assert len(set(secrets)) == 1


def test_who_comes_second_takes_the_key_of_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_keys(tmp_path, NEW)
    monkeypatch.setattr(Path, "exists", lambda _: False)
    assert KeyRing.open(tmp_path).sign(b"message") == KeyRing([NEW]).sign(b"message")
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_a_key_file_that_others_can_read_is_refused_with_the_remedy(tmp_path: Path, mode: int) -> None:
    write_keys(tmp_path, NEW).chmod(mode)
    with pytest.raises(InstanceError, match=f"chmod 600 {tmp_path / KEY_FILE}"):
        KeyRing.open(tmp_path)


def test_an_empty_key_file_is_refused(tmp_path: Path) -> None:
    write_keys(tmp_path, "\n")
    with pytest.raises(InstanceError, match="is empty"):
        KeyRing.open(tmp_path)


def test_a_key_file_with_something_else_in_it_is_refused(tmp_path: Path) -> None:
    write_keys(tmp_path, "ÄÖÜ")
    with pytest.raises(InstanceError, match="is not a Fernet key"):
        KeyRing.open(tmp_path)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InstanceError, match=r"file/instance/keys cannot be used: Not a directory"):
        KeyRing.open(tmp_path / "file" / "instance")


def test_who_follows_a_key_file_encrypts_nothing_while_it_cannot_be_used(tmp_path: Path) -> None:
    path = write_keys(tmp_path, NEW)
    ring = KeyRing.open(tmp_path)

    def response() -> str:
        with pytest.raises(KeysUnavailable) as error:
            ring.encrypt(b"value", PLACE)
        return str(error.value)

    path.chmod(0o644)
    assert "Others can read" in response()
    path.unlink()
    assert "No such file" in response()
    assert "No such file" in response()
    assert not path.exists()
    write_keys(tmp_path, "ÄÖÜ")
    assert "is not a Fernet key" in response()
    write_keys(tmp_path, OTHER)
    assert "has other keys, which cannot read what is encrypted" in response()
    write_keys(tmp_path, f"{OTHER}\n{NEW}")
    assert KeyRing([OTHER]).decrypt(ring.encrypt(b"value", PLACE), PLACE) == b"value"


def test_what_another_process_encrypted_with_a_new_key_is_decrypted_once_it_is_in_the_file(tmp_path: Path) -> None:
    write_keys(tmp_path, OLD)
    ring = KeyRing.open(tmp_path)
    write_keys(tmp_path, f"{NEW}\n{OLD}")

    assert ring.decrypt(KeyRing([NEW]).encrypt(b"value", PLACE), PLACE) == b"value"


def test_keys_of_which_none_was_there_are_taken_when_they_fit(tmp_path: Path) -> None:
    write_keys(tmp_path, OLD)
    ring = KeyRing.open(tmp_path)
    ring.fits = lambda other: other.can_decrypt(KeyRing([NEW]).encrypt(b"what is kept", PLACE), PLACE)

    write_keys(tmp_path, NEW)

    assert KeyRing([NEW]).decrypt(ring.encrypt(b"value", PLACE), PLACE) == b"value"


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a file away")
def test_a_key_file_stays_its_owner_s_whoever_writes_it(tmp_path: Path) -> None:
    path = write_keys(tmp_path, OLD)
    os.chown(path, 4711, 4712)

    keyring.write_keys(path, [NEW])

    found = path.stat()
    assert (found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)) == (4711, 4712, 0o600)


def test_a_link_to_a_key_file_stays_one(tmp_path: Path) -> None:
    path = write_keys(tmp_path, OLD).rename(tmp_path / "elsewhere")
    (tmp_path / KEY_FILE).symlink_to(path)

    keyring.write_keys(tmp_path / KEY_FILE, [NEW])

    assert (tmp_path / KEY_FILE).is_symlink()
    assert path.read_text().split() == [NEW]


def test_a_key_file_that_cannot_stay_its_owner_s_is_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_keys(tmp_path, OLD)

    def refused(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "chown", refused)
    with pytest.raises(InstanceError, match=r"cannot be replaced: Operation not permitted\. Run this as the user"):
        keyring.write_keys(path, [NEW])

    assert path.read_text() == OLD
    assert list(tmp_path.iterdir()) == [path]


def write_keys(instance: Path, text: str) -> Path:
    path = instance / KEY_FILE
    path.write_text(text)
    path.chmod(0o600)
    return path
