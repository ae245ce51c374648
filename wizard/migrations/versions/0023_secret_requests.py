"""Links by which a colleague fills in secrets"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "secret_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("setup_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("opened_at", sa.DateTime()),
        sa.Column("withdrawn_at", sa.DateTime()),
        sa.Column("filled_at", sa.DateTime()),
        sa.Column("run_id", sa.String(32)),
        sa.ForeignKeyConstraint(
            ["setup_id"], ["setup.id"], name=op.f("fk_secret_request_setup_id_setup"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_secret_request_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_secret_request")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_secret_request_token_hash")),
    )
    op.create_index(op.f("ix_secret_request_setup_id"), "secret_request", ["setup_id"])


def downgrade() -> None:
    op.drop_table("secret_request")
