"""What is configured for a connection: finds it, saves it, and says what is left before it can be activated.

What SuperOffice has of it is read and written here too.
"""

from wizard.services.configuration.activating import activate_in_superoffice, after_activation, deactivate
from wizard.services.configuration.copy import Copied, copy_configuration, with_copied_configuration
from wizard.services.configuration.examples import example
from wizard.services.configuration.find import in_priority, load, load_schema, need_state, state_of
from wizard.services.configuration.import_preview import ImportPreview, preview_import
from wizard.services.configuration.moves import move_connection, move_field
from wizard.services.configuration.progress import (
    ConfigurationSummary,
    PartState,
    PartSummary,
    fields_left,
    lists_without_items,
    summary,
    summary_of,
)
from wizard.services.configuration.records import MAX_FOUND, MAX_PARTS, search_erp
from wizard.services.configuration.rereading import read_schemas_if_old
from wizard.services.configuration.save import (
    SavedType,
    save_configuration,
    save_default,
    save_items,
    save_order,
    save_priorities,
    save_priority,
    save_type,
)
from wizard.services.configuration.store import merge_schema
from wizard.services.configuration.there import (
    Written,
    WrittenThere,
    changed_there,
    compare_all,
    compare_due,
    compare_there,
    differences_there,
    has_read_there,
    read_schema,
    read_schema_once,
    take_theirs,
    write_ours,
    write_priorities_there,
    write_there,
    write_waiting,
    write_waiting_priorities,
)

__all__ = [
    "MAX_FOUND",
    "MAX_PARTS",
    "ConfigurationSummary",
    "Copied",
    "ImportPreview",
    "PartState",
    "PartSummary",
    "SavedType",
    "Written",
    "WrittenThere",
    "activate_in_superoffice",
    "after_activation",
    "changed_there",
    "compare_all",
    "compare_due",
    "compare_there",
    "copy_configuration",
    "deactivate",
    "differences_there",
    "example",
    "fields_left",
    "has_read_there",
    "in_priority",
    "lists_without_items",
    "load",
    "load_schema",
    "merge_schema",
    "move_connection",
    "move_field",
    "need_state",
    "preview_import",
    "read_schema",
    "read_schema_once",
    "read_schemas_if_old",
    "save_configuration",
    "save_default",
    "save_items",
    "save_order",
    "save_priorities",
    "save_priority",
    "save_type",
    "search_erp",
    "state_of",
    "summary",
    "summary_of",
    "take_theirs",
    "with_copied_configuration",
    "write_ours",
    "write_priorities_there",
    "write_there",
    "write_waiting",
    "write_waiting_priorities",
]
