"""The pages of the link to SuperOffice, and its card on the Sync page."""
