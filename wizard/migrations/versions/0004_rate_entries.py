"""Recent requests, for rate limits"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rate_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rate_entry")),
    )
    op.create_index("ix_rate_entry_key_at", "rate_entry", ["key", "at"])
    op.create_index(op.f("ix_rate_entry_expires_at"), "rate_entry", ["expires_at"])


def downgrade() -> None:
    op.drop_table("rate_entry")
