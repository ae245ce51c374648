"""Connectors and connections as a YAML file: written without secrets, read back with the same proofs as a form."""
