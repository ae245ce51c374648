"""SuperOffice's web API: sign-in, calls with JSON, its carriers, users, connectors and connections.

Its carriers alone are for the practice server too.
"""

from wizard.outside.superoffice import archives, registry, users
from wizard.outside.superoffice.client import NOTHING, SuperOffice
from wizard.outside.superoffice.errors import SuperOfficeError
from wizard.outside.superoffice.site import BasicLogin, BearerTokens, Credentials, Site

__all__ = [
    "NOTHING",
    "BasicLogin",
    "BearerTokens",
    "Credentials",
    "Site",
    "SuperOffice",
    "SuperOfficeError",
    "archives",
    "registry",
    "users",
]
