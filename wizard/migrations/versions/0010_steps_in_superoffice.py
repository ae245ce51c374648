"""Ticked steps in SuperOffice, what was entered there, and the results of checks in the activity list"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "done_step",
        sa.Column("connection_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(20), nullable=False),
        sa.Column("who", sa.String(254), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["connection_id"],
            ["connection.id"],
            name=op.f("fk_done_step_connection_id_connection"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("connection_id", "step", name=op.f("pk_done_step")),
    )
    op.add_column("connection", sa.Column("entered", sa.LargeBinary()))
    op.drop_column("connection", "active")
    op.add_column("audit_event", sa.Column("run_id", sa.String(32)))
    op.add_column("audit_event", sa.Column("verdict", sa.String(20)))
    op.create_index("ix_audit_event_run_id", "audit_event", ["run_id"])


def downgrade() -> None:
    op.drop_index("ix_audit_event_run_id", "audit_event")
    op.drop_column("audit_event", "verdict")
    op.drop_column("audit_event", "run_id")
    op.add_column("connection", sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.drop_column("connection", "entered")
    op.drop_table("done_step")
