"""The accounts that sign in to the wizard: who has one and what it may do, passwords, sessions and one-time links."""
