"""The link to SuperOffice, what was read and written there, and what differs."""
