"""What SuperOffice has of a configuration: written, read, compared, and made the same again."""

from wizard.services.configuration.there.compare import (
    changed_there,
    compare_all,
    compare_due,
    compare_there,
    differences_there,
    has_read_there,
)
from wizard.services.configuration.there.reading import read_schema, read_schema_once
from wizard.services.configuration.there.resolve import take_theirs, write_ours
from wizard.services.configuration.there.writing import (
    Written,
    WrittenThere,
    write_priorities_there,
    write_there,
    write_waiting,
    write_waiting_priorities,
)

__all__ = [
    "Written",
    "WrittenThere",
    "changed_there",
    "compare_all",
    "compare_due",
    "compare_there",
    "differences_there",
    "has_read_there",
    "read_schema",
    "read_schema_once",
    "take_theirs",
    "write_ours",
    "write_priorities_there",
    "write_there",
    "write_waiting",
    "write_waiting_priorities",
]
