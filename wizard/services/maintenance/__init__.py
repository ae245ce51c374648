"""The care of an instance: health, backup and restore, key rotation, and the deletion of expired rows.

`write_backup` and `restore_backup` read and write the whole database, `reencrypt` and `renew_receipts` serve a key
rotation, `delete_expired` runs periodically, and `health` serves the health page and the start.
"""
