"""What a connection synchronises, in words: how many fields of which actor type, in which direction."""

from __future__ import annotations

from collections import Counter

from flask_babel import gettext as _
from flask_babel import ngettext

from wizard.domain.configuration import TypeSettings
from wizard.domain.mapping import Direction
from wizard.messages import actor_type_name
from wizard.models import Connection
from wizard.services.configuration import load
from wizard.services.users import count_users
from wizard.views.users.scope_text import users_text


def synchronised(connection: Connection) -> list[tuple[str, str]]:
    """A row for each synced actor type, and who gets the ERP tab."""
    rows = [(actor_type_name(each.actor_type), _directions(each)) for each in load(connection).synced]
    return [*rows, (_("Who"), _who(connection))]


def _directions(settings: TypeSettings) -> str:
    counts = Counter(each.direction for each in settings.fields if each.is_mapped)
    words = {
        Direction.BOTH: _("%(count)s both ways", count=counts[Direction.BOTH]),
        Direction.TO_SUPEROFFICE: _("%(count)s to SuperOffice", count=counts[Direction.TO_SUPEROFFICE]),
        Direction.TO_ERP: _("%(count)s to the ERP", count=counts[Direction.TO_ERP]),
    }
    total = sum(counts.values())
    fields = ngettext("%(num)s field", "%(num)s fields", total)
    parts = ", ".join(text for direction, text in words.items() if counts[direction])
    return f"{fields}: {parts}" if parts else fields


def _who(connection: Connection) -> str:
    scope = connection.scope
    if scope.everyone:
        return _("Everyone gets the ERP tab")
    return _("%(users)s get the ERP tab", users=users_text(count_users(scope.group_ids, scope.user_ids)))
