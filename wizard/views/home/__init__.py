"""The Sync page: the lists of connectors and connections, and the drafts that can be resumed."""
