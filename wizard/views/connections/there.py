"""What SuperOffice has of a connection that the wizard has saved there, as it was last read back."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from wizard.domain.superoffice import LinkKind
from wizard.messages import moment
from wizard.models import Connection, ConnectionState, SuperOfficeLink
from wizard.services.superoffice import linked
from wizard.services.users import count_users
from wizard.views.checks.receipt_view import capitalised
from wizard.views.practice import is_practice
from wizard.views.users.scope_text import scope_text, users_text


@dataclass(frozen=True)
class ThereView:
    """`engine_off`: it is known that SuperOffice synchronises nothing; `href` opens SuperOffice."""

    tenant: str
    connector: str
    connection: str
    scope: str
    read_back: str
    href: str | None
    engine_off: bool


def there_view(connection: Connection) -> ThereView | None:
    """None for a connection that is entered in SuperOffice by hand."""
    link = linked()
    if link is None or not connection.is_there:
        return None
    state = _("active") if connection.is_active_there else _("not active")
    return ThereView(
        tenant=tenant_text(link),
        connector=_(
            "%(name)s, number %(id)s", name=connection.connector.name, id=connection.connector.superoffice_id or "?"
        ),
        connection=_(
            "%(name)s, number %(id)s, %(state)s", name=connection.name, id=connection.superoffice_id, state=state
        ),
        scope=_scope(connection),
        read_back=_read_back(connection),
        href=f"{link.environment.login_url}/{link.tenant}" if link.kind is LinkKind.ONLINE else None,
        engine_off=link.engine_running is False,
    )


def can_be_saved_there(connection: Connection) -> bool:
    """Whether it is only here yet, and the linked SuperOffice may be given it: practice data only the made-up one."""
    link = linked()
    if link is None or not link.may_save or connection.deleted_at is not None or connection.superoffice_id is not None:
        return False
    is_saved = connection.state == ConnectionState.SAVED and connection.superoffice_state is None
    return is_saved and (link.kind is LinkKind.PRACTICE or not is_practice(connection.connector.url))


def tenant_text(link: SuperOfficeLink) -> str:
    """How the linked SuperOffice is named in a sentence."""
    parts = [each for each in (link.tenant or link.address, link.company) if each]
    return ", ".join(dict.fromkeys(parts))


def _scope(connection: Connection) -> str:
    scope = connection.scope
    text = scope_text(scope)
    return text if scope.everyone else f"{text}: {users_text(count_users(scope.group_ids, scope.user_ids))}"


def _read_back(connection: Connection) -> str:
    if connection.superoffice_seen_at is None:
        return ""
    return capitalised(moment(connection.superoffice_seen_at))
