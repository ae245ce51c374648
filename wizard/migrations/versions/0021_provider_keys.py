"""Keys of providers, by which their links show who made them"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "provider_key",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(254), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("fingerprint", sa.String(16), nullable=False),
        sa.Column("accepted_by", sa.String(254), nullable=False),
        sa.Column("accepted_at", sa.DateTime(), nullable=False),
        sa.UniqueConstraint("fingerprint", name="uq_provider_key_fingerprint"),
    )


def downgrade() -> None:
    op.drop_table("provider_key")
