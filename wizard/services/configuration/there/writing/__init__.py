"""Writes to SuperOffice what differs: `write_there` a connection, `write_priorities_there` the order of all."""

from wizard.services.configuration.there.writing.priorities import write_priorities_there, write_waiting_priorities
from wizard.services.configuration.there.writing.write import Written, WrittenThere, write_there, write_waiting

__all__ = [
    "Written",
    "WrittenThere",
    "write_priorities_there",
    "write_there",
    "write_waiting",
    "write_waiting_priorities",
]
