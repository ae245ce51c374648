"""What SuperOffice has of a configuration: written, read, compared, and made the same again."""

from wizard.services.configuration.there.adopt import adopt
from wizard.services.configuration.there.side import filled_elsewhere, read_side
from wizard.services.configuration.there.write import Written, WrittenThere, write_there, write_waiting

__all__ = ["Written", "WrittenThere", "adopt", "filled_elsewhere", "read_side", "write_there", "write_waiting"]
