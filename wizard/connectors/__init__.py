"""The only room that talks to connectors: what is said, how it travels, and what the answers prove."""
