"""`erp-wizard rotate-keys | backup | restore`: another key, a copy of everything, and back."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from cryptography.fernet import Fernet
from flask import Flask
from flask_babel import gettext as _
from flask_babel import ngettext

from wizard.config import Settings
from wizard.security.keyring import KEY_FILE, read_keys, write_keys
from wizard.services.accounts.sessions import end_every_session
from wizard.services.maintenance import backup as backups
from wizard.services.maintenance.rotate_keys import reencrypt, sign_again

GRACE_SECONDS = 2.0
"""What was encrypted just before the new key came is written to the database within this time."""


def rotate_keys(app: Flask, settings: Settings, say: Callable[[str], None], grace: float = GRACE_SECONDS) -> None:
    """A new first key, everything under it, the old ones gone; sessions end. Run again after a break, it goes on.

    With keys from ERP_WIZARD_KEYS everything is put under the first of them. Raises InstanceError for a value that
    none of the keys can read; nothing is lost then.
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
        sign_again()
        time.sleep(grace)
        while late := reencrypt():
            changed += late
    if not settings.keys:
        write_keys(path, read_keys(path)[:1])
    with app.app_context():
        end_every_session()  # one that was used meanwhile is signed with the new key by now
    if settings.keys:
        told = ngettext(
            "%(num)s value is now under the first key. The others can be taken out of ERP_WIZARD_KEYS;"
            " people have to sign in again.",
            "%(num)s values are now under the first key. The others can be taken out of ERP_WIZARD_KEYS;"
            " people have to sign in again.",
            changed,
        )
        return say(told)
    told = ngettext(
        "%(num)s value is now under a new key. Back up %(file)s; people have to sign in again.",
        "%(num)s values are now under a new key. Back up %(file)s; people have to sign in again.",
        changed,
        file=path,
    )
    say(told)


def backup(app: Flask, settings: Settings, path: Path, say: Callable[[str], None]) -> bool:
    """Whether all of it can be read with the keys that are here.

    Raises InstanceError for a file that cannot be written.
    """
    with app.app_context():
        rows, unreadable = backups.dump(path)
    told = ngettext(
        "%(num)s row is in %(file)s. Its secrets are encrypted: keep %(keys)s too, somewhere else.",
        "%(num)s rows are in %(file)s. Its secrets are encrypted: keep %(keys)s too, somewhere else.",
        rows,
        file=path,
        keys="ERP_WIZARD_KEYS" if settings.keys else settings.instance / KEY_FILE,
    )
    say(told)
    if unreadable:
        told = ngettext(
            "%(num)s value in it cannot be read with the keys that are here: %(values)s.",
            "%(num)s values in it cannot be read with the keys that are here: %(values)s.",
            len(unreadable),
            values=backups.listed(unreadable),
        )
        say(told)
    return not unreadable


def restore(app: Flask, path: Path, say: Callable[[str], None], *, replace: bool = False, partly: bool = False) -> None:
    """Raises InstanceError for a backup or a database that does not fit; nothing is changed then."""
    with app.app_context():
        rows, unreadable = backups.load(path, replace=replace, partly=partly)
    say(ngettext("%(num)s row is restored from %(file)s.", "%(num)s rows are restored from %(file)s.", rows, file=path))
    for value in unreadable:
        say("    " + _("Left out: %(value)s", value=value))
