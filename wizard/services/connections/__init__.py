"""ERP connections: finds, saves, deletes and restores them, and finds the users and groups of their scope."""
