"""Reads all that can be seen of one connection of SuperOffice, to take it over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wizard.domain.connection import Scope
from wizard.domain.superoffice import SeenConnection, SuperOfficeScope
from wizard.errors import InvalidState, NotFound
from wizard.extensions import db
from wizard.outside.superoffice import registry
from wizard.services.superoffice.client import open_superoffice
from wizard.services.superoffice.drift import known_part
from wizard.services.superoffice.find import linked


@dataclass(frozen=True)
class ReadConnection:
    """Scope and values of a connection; `unknown_users` counts those of its scope who are not known here."""

    scope: Scope
    config: Mapping[str, str] = field(default_factory=dict, repr=False)
    unknown_users: int = 0


def read_connection(seen: SeenConnection) -> ReadConnection:
    """Everything where the app may use the agent, else only whether everyone may use it. Commits.

    Raises SuperOfficeError, InvalidState without a link, and NotFound for what is not there any more.
    """
    link = linked()
    if link is None:
        raise InvalidState("link")
    if not link.may_save:
        return ReadConnection(Scope(everyone=seen.everyone))
    with open_superoffice(link) as superoffice:
        db.session.commit()  # no transaction may be open while SuperOffice is called
        found = registry.get_connection(superoffice, seen.id)
    if found is None or found.deleted:
        raise NotFound(seen.id)
    groups, associates = frozenset(found.user_group_access_ids), frozenset(found.associate_access_ids)
    scope, unknown = known_part(SuperOfficeScope(found.all_access, groups, associates))
    return ReadConnection(scope, found.config_fields, unknown)
