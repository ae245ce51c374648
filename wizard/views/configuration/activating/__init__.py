"""The checklist of a connection, and the pages on which it is activated and deactivated."""
