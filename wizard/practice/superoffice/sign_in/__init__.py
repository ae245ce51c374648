"""Who signs in, how, and what stands for it: codes, tokens, tickets, user name and password."""

from wizard.practice.superoffice.sign_in.callers import NotSignedIn, find_caller
from wizard.practice.superoffice.sign_in.flow import (
    NoSignIn,
    TokenError,
    consent,
    discovery,
    exchange,
    jwks,
    read_request,
    revoke,
)
from wizard.practice.superoffice.sign_in.tokens import Grant, Tokens

__all__ = [
    "Grant",
    "NoSignIn",
    "NotSignedIn",
    "TokenError",
    "Tokens",
    "consent",
    "discovery",
    "exchange",
    "find_caller",
    "jwks",
    "read_request",
    "revoke",
]
