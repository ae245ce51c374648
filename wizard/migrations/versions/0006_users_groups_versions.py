"""Names of the domain for SuperOffice's users and groups, and a version for every row that forms edit

The tables of users and groups are created again instead of renamed, so that their constraints have the new names too.
"""

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_COLUMNS = (
    ("connector", "endpoint", "real_url"),
    ("check_run", "covers", "receipt_signature"),
    ("check_run", "cancel_asked", "cancel_requested"),
    ("check_run", "seen_at", "heartbeat_at"),
)
_INDEXES = (
    ("ix_check_run_covers", "ix_check_run_receipt_signature", ["receipt_signature"], ["covers"]),
    ("ix_check_run_state_seen", "ix_check_run_state_heartbeat", ["state", "heartbeat_at"], ["state", "seen_at"]),
)
_ACTIONS = (
    ("person.saved", "user.saved"),
    ("person.deleted", "user.deleted"),
    ("directory.restored", "users.restored"),
    ("directory.imported", "users.imported"),
)
_EVENT = sa.table("audit_event", sa.column("action"))
_NEW = {
    "crm_user": ("id", "name", "name_key", "username", "username_key", "deleted_at"),
    "crm_user_group": ("id", "name", "name_key", "deleted_at"),
    "crm_group_membership": ("group_id", "user_id"),
    "scope_entry": ("id", "connection_id", "user_id", "group_id"),
}
_OLD = {
    "person": ("id", "name", "name_key", "login", "login_key", "deleted_at"),
    "user_group": ("id", "name", "name_key", "deleted_at"),
    "group_member": ("group_id", "person_id"),
    "scope_member": ("id", "connection_id", "person_id", "group_id"),
}
"""The columns of the tables of users, groups, memberships and scopes, in the same order in both schemas."""


def upgrade() -> None:
    for table, old, new in _COLUMNS:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {old} TO {new}")
    for old, new, columns, _ in _INDEXES:
        op.drop_index(old, "check_run")
        op.create_index(new, "check_run", columns)
    op.add_column("account", _version())
    _rename_actions(_ACTIONS)
    _create(*_NEW, username="username", user_id="user_id", constraint="user_or_group", has_version=True)
    _move(_OLD, _NEW)


def downgrade() -> None:
    _create(*_OLD, username="login", user_id="person_id", constraint="person_or_group", has_version=False)
    _move(_NEW, _OLD)
    _rename_actions((new, old) for old, new in _ACTIONS)
    op.drop_column("account", "version")
    for old, new, _, columns in _INDEXES:
        op.drop_index(new, "check_run")
        op.execute(f"ALTER TABLE check_run RENAME COLUMN {_renamed(columns[-1])} TO {columns[-1]}")
        op.create_index(old, "check_run", columns)
    op.execute("ALTER TABLE check_run RENAME COLUMN cancel_requested TO cancel_asked")
    op.execute("ALTER TABLE connector RENAME COLUMN real_url TO endpoint")


def _renamed(column: str) -> str:
    return next(new for _, old, new in _COLUMNS if old == column)


def _rename_actions(names: Iterable[tuple[str, str]]) -> None:
    for old, new in names:
        op.execute(sa.update(_EVENT).where(_EVENT.c.action == old).values(action=new))


def _version() -> "sa.Column[int]":
    return sa.Column("version", sa.Integer(), nullable=False, server_default="1")


def _create(
    user: str,
    group: str,
    membership: str,
    scope: str,
    *,
    username: str,
    user_id: str,
    constraint: str,
    has_version: bool,
) -> None:
    op.create_table(
        user,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(254), nullable=False),
        sa.Column("name_key", sa.String(1023), nullable=False),
        sa.Column(username, sa.String(254), nullable=False),
        sa.Column(f"{username}_key", sa.String(1023), nullable=False),
        sa.Column("deleted_at", sa.DateTime()),
        *(_version(),) if has_version else (),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{user}")),
    )
    op.create_table(
        group,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(254), nullable=False),
        sa.Column("name_key", sa.String(1023), nullable=False),
        sa.Column("deleted_at", sa.DateTime()),
        *(_version(),) if has_version else (),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{group}")),
    )
    op.create_table(
        membership,
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column(user_id, sa.Integer(), nullable=False),
        _foreign_key(membership, "group_id", group, ondelete="CASCADE"),
        _foreign_key(membership, user_id, user, ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("group_id", user_id, name=op.f(f"pk_{membership}")),
    )
    op.create_table(
        scope,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("connection_id", sa.Integer(), nullable=False),
        sa.Column(user_id, sa.Integer()),
        sa.Column("group_id", sa.Integer()),
        sa.CheckConstraint(f"({user_id} IS NULL) <> (group_id IS NULL)", name=op.f(f"ck_{scope}_{constraint}")),
        _foreign_key(scope, "connection_id", "connection", ondelete="CASCADE"),
        _foreign_key(scope, user_id, user),
        _foreign_key(scope, "group_id", group),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{scope}")),
    )
    op.create_index(f"ix_{user}_name_key", user, ["name_key"])
    _create_current_index(f"uq_{user}_current_{username}", user, f"{username}_key")
    _create_current_index(f"uq_{group}_current_name", group, "name_key")
    op.create_index(f"ix_{membership}_{user_id}", membership, [user_id])
    op.create_index(f"ix_{scope}_connection_id", scope, ["connection_id"])


def _create_current_index(name: str, table: str, column: str) -> None:
    """Creates an index that is unique among undeleted rows."""
    current = sa.text("deleted_at IS NULL")
    op.create_index(name, table, [column], unique=True, sqlite_where=current, postgresql_where=current)


def _foreign_key(table: str, column: str, target: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=ondelete)


def _move(source: dict[str, tuple[str, ...]], target: dict[str, tuple[str, ...]]) -> None:
    """Copies the rows, lets the sequences of PostgreSQL continue after them, and drops the source tables."""
    for (old, old_columns), (new, new_columns) in zip(source.items(), target.items(), strict=True):
        rows, table = sa.table(old, *map(sa.column, old_columns)), sa.table(new, *map(sa.column, new_columns))
        op.execute(sa.insert(table).from_select(new_columns, sa.select(rows)))
        if "id" in new_columns and op.get_bind().dialect.name == "postgresql":
            highest = sa.func.max(table.c.id)
            sequence = sa.func.pg_get_serial_sequence(new, "id")
            op.execute(sa.select(sa.func.setval(sequence, highest)).having(highest > 0))
    for old in reversed(source):
        op.drop_table(old)
