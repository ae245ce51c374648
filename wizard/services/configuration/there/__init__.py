"""What SuperOffice has of a configuration: written, read, compared, and made the same again."""

from wizard.services.configuration.there.write import Written, WrittenThere, write_there, write_waiting

__all__ = ["Written", "WrittenThere", "write_there", "write_waiting"]
