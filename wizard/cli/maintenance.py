"""`erp-wizard rotate-keys | backup | restore`."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Unpack

from cryptography.fernet import Fernet
from flask import Flask
from flask_babel import gettext as _
from flask_babel import ngettext

from wizard.config import Settings
from wizard.security import KEY_FILE, read_keys, write_keys
from wizard.services.accounts import end_every_session
from wizard.services.maintenance import RestoreOptions, reencrypt, renew_receipts, restore_backup, shorten, write_backup

GRACE_SECONDS = 2.0
"""Time for other processes to commit what they encrypted just before they read the new key."""


def rotate_keys(app: Flask, settings: Settings, echo: Callable[[str], None], grace: float = GRACE_SECONDS) -> None:
    """Adds a key, re-encrypts everything with it, removes the old keys and ends all sessions.

    After an interruption the next call continues. With ERP_WIZARD_KEYS everything is re-encrypted with the first of
    them. Raises InstanceError for a value that no key decrypts; all keys are kept then.
    """
    path = settings.instance / KEY_FILE
    with app.app_context():
        app.extensions["keyring"].refresh()
    if not settings.keys:
        keys = read_keys(path)
        if len(keys) == 1:
            write_keys(path, [Fernet.generate_key().decode(), *keys])
    with app.app_context():
        app.extensions["keyring"].refresh()
        changed = reencrypt()
        renew_receipts()
        time.sleep(grace)
        while late := reencrypt():
            changed += late
    if not settings.keys:
        write_keys(path, read_keys(path)[:1])
    with app.app_context():
        end_every_session()  # a session that was used during the rotation is signed with the new key
    echo(_rotation_message(settings, changed))


def _rotation_message(settings: Settings, changed: int) -> str:
    if settings.keys:
        return ngettext(
            "%(num)s value is now under the first key. The others can be taken out of ERP_WIZARD_KEYS;"
            " people have to sign in again.",
            "%(num)s values are now under the first key. The others can be taken out of ERP_WIZARD_KEYS;"
            " people have to sign in again.",
            changed,
        )
    return ngettext(
        "%(num)s value is now under a new key. Back up %(file)s; people have to sign in again.",
        "%(num)s values are now under a new key. Back up %(file)s; people have to sign in again.",
        changed,
        file=settings.instance / KEY_FILE,
    )


def backup(app: Flask, settings: Settings, path: Path, echo: Callable[[str], None]) -> bool:
    """Writes a backup; returns whether the keys decrypt all of it. Raises InstanceError as `write_backup` does."""
    with app.app_context():
        rows, undecryptable = write_backup(path)
    message = ngettext(
        "%(num)s row is in %(file)s. Its secrets are encrypted: keep %(keys)s too, somewhere else.",
        "%(num)s rows are in %(file)s. Its secrets are encrypted: keep %(keys)s too, somewhere else.",
        rows,
        file=path,
        keys="ERP_WIZARD_KEYS" if settings.keys else settings.instance / KEY_FILE,
    )
    echo(message)
    if undecryptable:
        message = ngettext(
            "%(num)s value in it cannot be read with the keys that are here: %(values)s.",
            "%(num)s values in it cannot be read with the keys that are here: %(values)s.",
            len(undecryptable),
            values=shorten(undecryptable),
        )
        echo(message)
    return not undecryptable


def restore(app: Flask, path: Path, echo: Callable[[str], None], **options: Unpack[RestoreOptions]) -> None:
    """Restores a backup. Raises InstanceError as `restore_backup` does; nothing is changed then."""
    with app.app_context():
        rows, undecryptable = restore_backup(path, **options)
    echo(
        ngettext("%(num)s row is restored from %(file)s.", "%(num)s rows are restored from %(file)s.", rows, file=path)
    )
    for value in undecryptable:
        echo("    " + _("Left out: %(value)s", value=value))
