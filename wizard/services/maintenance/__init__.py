"""The care of an instance: health, backup and restore, key rotation, and the deletion of expired rows.

`write_backup` and `restore_backup` read and write the whole database, `reencrypt` and `renew_receipts` serve a key
rotation, `delete_expired` runs periodically, and `health` serves the health page and the start.
"""

from wizard.services.maintenance.backup import write_backup
from wizard.services.maintenance.expiry import delete_expired
from wizard.services.maintenance.health import (
    can_decrypt_all,
    can_decrypt_any,
    can_decrypt_any_stored,
    has_newest_schema,
    has_space,
    is_read_only,
    is_same_database,
    takes_changes,
)
from wizard.services.maintenance.restore import RestoreOptions, restore_backup, shorten
from wizard.services.maintenance.rotate_keys import reencrypt, renew_receipts
from wizard.services.maintenance.schema import current_revision

__all__ = [
    "RestoreOptions",
    "can_decrypt_all",
    "can_decrypt_any",
    "can_decrypt_any_stored",
    "current_revision",
    "delete_expired",
    "has_newest_schema",
    "has_space",
    "is_read_only",
    "is_same_database",
    "reencrypt",
    "renew_receipts",
    "restore_backup",
    "shorten",
    "takes_changes",
    "write_backup",
]
