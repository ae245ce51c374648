"""What is configured for a connection: actor types, fields, and how far SuperOffice has it."""
