"""Signing in and out, one's own account, and the accounts of others for administrators."""
