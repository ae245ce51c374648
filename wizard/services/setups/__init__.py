"""Setups: opens, finds and discards them, saves their drafts, and reads the check runs that their pages render."""
