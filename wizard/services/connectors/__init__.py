"""Sync Connectors: finds, registers, deletes and restores them."""
