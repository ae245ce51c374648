"""What is configured for a connection: finds it, saves it, and says what is left before it can be activated.

What SuperOffice has of it is read and written here too.
"""

from wizard.services.configuration.copy import Copied, copy_configuration, with_copied_configuration
from wizard.services.configuration.examples import example
from wizard.services.configuration.find import in_priority, load, load_schema, need_state, state_of
from wizard.services.configuration.moves import move_connection, move_field
from wizard.services.configuration.reading import read_schema
from wizard.services.configuration.records import MAX_FOUND, search_erp
from wizard.services.configuration.save import (
    save_configuration,
    save_default,
    save_items,
    save_order,
    save_priorities,
    save_priority,
    save_type,
)
from wizard.services.configuration.store import merge_schema
from wizard.services.configuration.summary import ConfigurationSummary, PartState, PartSummary, summary
from wizard.services.configuration.there import Written, WrittenThere, write_there, write_waiting

__all__ = [
    "MAX_FOUND",
    "ConfigurationSummary",
    "Copied",
    "PartState",
    "PartSummary",
    "Written",
    "WrittenThere",
    "copy_configuration",
    "example",
    "in_priority",
    "load",
    "load_schema",
    "merge_schema",
    "move_connection",
    "move_field",
    "need_state",
    "read_schema",
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
    "with_copied_configuration",
    "write_there",
    "write_waiting",
]
