"""Connections that a connector still has to forget, and one GUID for each setup"""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "removal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("connector_id", sa.Integer(), nullable=False),
        sa.Column("guid", sa.String(36), nullable=False),
        sa.Column("name", sa.String(254), nullable=False),
        sa.Column("url", sa.String(1023), nullable=False),
        sa.Column("ca_pem", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(60)),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("settles_at", sa.DateTime(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(), nullable=False),
        sa.Column("run_id", sa.String(32)),
        sa.ForeignKeyConstraint(["connector_id"], ["connector.id"], name=op.f("fk_removal_connector_id_connector")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_removal_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removal")),
        sa.UniqueConstraint("connector_id", "guid", name=op.f("uq_removal_connector_id")),
    )
    op.create_index(op.f("ix_removal_next_try_at"), "removal", ["next_try_at"])
    op.create_index(op.f("ix_removal_run_id"), "removal", ["run_id"])
    op.add_column("setup", sa.Column("connection_guid", sa.String(36), nullable=False, server_default=""))
    setup = sa.table("setup", sa.column("id"), sa.column("connection_guid"))
    for row_id in op.get_bind().scalars(sa.select(setup.c.id)).all():
        op.execute(sa.update(setup).where(setup.c.id == row_id).values(connection_guid=str(uuid.uuid4())))


def downgrade() -> None:
    op.drop_column("setup", "connection_guid")
    op.drop_table("removal")
