"""SuperOffice's web API: sign-in, calls with JSON, its carriers, users, connectors and connections."""

from wizard.outside.superoffice import archives, configuration, registry, users
from wizard.outside.superoffice.calls import SuperOfficeError
from wizard.outside.superoffice.checks import check_link
from wizard.outside.superoffice.client import NOTHING, SuperOffice
from wizard.outside.superoffice.sign_in import SignedIn, SignInRequest, begin_sign_in, finish_sign_in, revoke
from wizard.outside.superoffice.site import BasicLogin, BearerTokens, Credentials, Site

__all__ = [
    "NOTHING",
    "BasicLogin",
    "BearerTokens",
    "Credentials",
    "SignInRequest",
    "SignedIn",
    "Site",
    "SuperOffice",
    "SuperOfficeError",
    "archives",
    "begin_sign_in",
    "check_link",
    "configuration",
    "finish_sign_in",
    "registry",
    "revoke",
    "users",
]
