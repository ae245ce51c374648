"""Users, and who has signed in."""

from __future__ import annotations

from dataclasses import dataclass

from wizard.outside.superoffice.members import Carrier, named

INTERNAL_ASSOCIATE = "InternalAssociate"
"""The type of associates who work with SuperOffice; others are resources, guests and the system itself."""


@dataclass(frozen=True, kw_only=True)
class Associate(Carrier):
    """A user. `group_idx` is the id of the primary group, `user_name` the name to sign in with."""

    required = frozenset({"associate_id", "group_idx", "deleted"})

    associate_id: int = 0
    name: str = ""
    person_id: int = 0
    rank: int = 0
    tooltip: str = ""
    type: str = ""
    group_idx: int = 0
    full_name: str = ""
    formal_name: str = ""
    deleted: bool = False
    ej_user_id: int = 0
    user_name: str = ""


@dataclass(frozen=True, kw_only=True)
class GrantedModuleLicense(Carrier):
    """A licence of the installation or of the user who has signed in."""

    owner_name: str = ""
    name: str = ""
    description: str = ""
    version: str = ""
    license_type: str = ""
    is_hidden: bool = False
    expiry_date: str = ""


@dataclass(frozen=True, kw_only=True)
class SoPrincipalCarrier(Carrier):
    """Who has signed in."""

    required = frozenset({"associate_id", "function_rights"})

    user_type: str = ""
    associate: str = ""
    associate_id: int = 0
    group_id: int = 0
    role_name: str = ""
    role_type: str = ""
    licenses: tuple[GrantedModuleLicense, ...] = ()
    full_name: str = ""
    e_mail_address: str = named("EMailAddress", default="")
    function_rights: tuple[str, ...] = ()
    secondary_groups: tuple[int, ...] = ()
    database_context_identifier: str = ""
    user_name: str = ""

    @property
    def is_administrator(self) -> bool:
        """Whether it is a general administrator."""
        return any(right.lower() == "admin-all" for right in self.function_rights)
