"""The link to SuperOffice"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "superoffice_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("environment", sa.String(20), nullable=False),
        sa.Column("tenant", sa.String(254), nullable=False),
        sa.Column("company", sa.String(254), nullable=False),
        sa.Column("address", sa.String(1023), nullable=False),
        sa.Column("api", sa.String(1023), nullable=False),
        sa.Column("ca_pem", sa.Text(), nullable=False),
        sa.Column("client_id", sa.String(254), nullable=False),
        sa.Column("credentials", sa.LargeBinary(), nullable=False),
        sa.Column("token_expires_at", sa.DateTime()),
        sa.Column("access", sa.String(20), nullable=False),
        sa.Column("associate_id", sa.Integer()),
        sa.Column("signed_in_as", sa.String(254), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("product_version", sa.String(254), nullable=False),
        sa.Column("linked_at", sa.DateTime()),
        sa.Column("linked_by", sa.String(254), nullable=False),
        sa.Column("health", sa.LargeBinary()),
        sa.Column("health_run_id", sa.String(32)),
        sa.Column("users_read_at", sa.DateTime()),
        sa.Column("engine_running", sa.Boolean()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_superoffice_link")),
    )
    op.create_table(
        "superoffice_sign_in",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("request", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime()),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_superoffice_sign_in_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_superoffice_sign_in")),
    )
    op.create_index(op.f("ix_superoffice_sign_in_account_id"), "superoffice_sign_in", ["account_id"])


def downgrade() -> None:
    op.drop_table("superoffice_sign_in")
    op.drop_table("superoffice_link")
