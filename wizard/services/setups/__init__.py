"""Setups: opens, finds and discards them, saves their drafts, and reads the check runs that their pages render."""

from wizard.services.setups.discard import discard_setup, restore_setup
from wizard.services.setups.draft import fingerprint, save_draft
from wizard.services.setups.find import (
    acknowledge_version,
    chosen_connector,
    find_for_change,
    find_setup,
    has_receipt,
    in_progress,
    provider_of,
    take_continuation,
    tested_setups,
)
from wizard.services.setups.runs import ConnectionRuns, ConnectorRuns, connection_runs, connector_runs
from wizard.services.setups.start import (
    add_connection,
    add_connector,
    copy_connection,
    draft_of,
    edit_connection,
    edit_connector,
    open_form,
    start_from_link,
    start_guide,
    start_practice,
    use_connector,
)
from wizard.services.setups.sync_app import register_app, skip_app
from wizard.services.setups.take_over import find_registered, take_over_connection, take_over_connector, use_registered

__all__ = [
    "ConnectionRuns",
    "ConnectorRuns",
    "acknowledge_version",
    "add_connection",
    "add_connector",
    "chosen_connector",
    "connection_runs",
    "connector_runs",
    "copy_connection",
    "discard_setup",
    "draft_of",
    "edit_connection",
    "edit_connector",
    "find_for_change",
    "find_registered",
    "find_setup",
    "fingerprint",
    "has_receipt",
    "in_progress",
    "open_form",
    "provider_of",
    "register_app",
    "restore_setup",
    "save_draft",
    "skip_app",
    "start_from_link",
    "start_guide",
    "start_practice",
    "take_continuation",
    "take_over_connection",
    "take_over_connector",
    "tested_setups",
    "use_connector",
    "use_registered",
]
