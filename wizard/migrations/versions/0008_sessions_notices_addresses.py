"""Sessions and notices of accounts, and the source address of what was done

Every session ends: there is no row for it.
"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("last_used_at", sa.DateTime(), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("user_agent", sa.String(254), nullable=False),
        _foreign_key("account_session", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_account_session_token_hash")),
    )
    op.create_index(op.f("ix_account_session_account_id"), "account_session", ["account_id"])
    op.create_table(
        "account_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer()),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("detail", sa.String(254), nullable=False),
        sa.Column("changed_by", sa.String(254), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("user_agent", sa.String(254), nullable=False),
        _foreign_key("account_notice", "account_id", "account"),
        _foreign_key("account_notice", "session_id", "account_session"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_notice")),
    )
    op.create_index(op.f("ix_account_notice_account_id"), "account_notice", ["account_id"])
    op.create_index(op.f("ix_account_notice_session_id"), "account_notice", ["session_id"])
    op.add_column("audit_event", sa.Column("address", sa.String(64), nullable=False, server_default=""))
    op.drop_column("account", "session_key")


def downgrade() -> None:
    op.add_column("account", sa.Column("session_key", sa.String(64), nullable=False, server_default=""))
    account = sa.table("account", sa.column("id"), sa.column("session_key"))
    for account_id in op.get_bind().scalars(sa.select(account.c.id)).all():
        new_key = sa.update(account).where(account.c.id == account_id).values(session_key=secrets.token_hex(16))
        op.execute(new_key)
    op.drop_column("audit_event", "address")
    op.drop_table("account_notice")
    op.drop_table("account_session")


def _foreign_key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete="CASCADE")
