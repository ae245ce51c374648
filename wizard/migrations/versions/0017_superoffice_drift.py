"""How what SuperOffice has differs from what is here"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "superoffice_drift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("connector_id", sa.Integer()),
        sa.Column("connection_id", sa.Integer()),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("differing", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary()),
        sa.Column("changed_by", sa.String(254), nullable=False),
        sa.Column("changed_at", sa.DateTime()),
        sa.Column("read_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "(connector_id IS NULL) <> (connection_id IS NULL)",
            name=op.f("ck_superoffice_drift_connector_or_connection"),
        ),
        sa.ForeignKeyConstraint(
            ["connector_id"],
            ["connector.id"],
            name=op.f("fk_superoffice_drift_connector_id_connector"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["connection_id"],
            ["connection.id"],
            name=op.f("fk_superoffice_drift_connection_id_connection"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_superoffice_drift")),
        sa.UniqueConstraint("connector_id", name=op.f("uq_superoffice_drift_connector_id")),
        sa.UniqueConstraint("connection_id", name=op.f("uq_superoffice_drift_connection_id")),
    )


def downgrade() -> None:
    op.drop_table("superoffice_drift")
