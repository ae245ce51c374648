"""What is tested by itself, its days and its outages"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "watch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("connector_id", sa.Integer()),
        sa.Column("connection_id", sa.Integer()),
        sa.Column("interval", sa.String(20), nullable=False),
        sa.Column("due_at", sa.DateTime()),
        sa.Column("claimed_until", sa.DateTime()),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime()),
        sa.Column("stage", sa.String(20)),
        sa.Column("reason", sa.String(64)),
        sa.Column("outage_id", sa.Integer()),
        sa.Column("certificate_until", sa.DateTime()),
        sa.CheckConstraint(
            "(connector_id IS NULL) <> (connection_id IS NULL)", name=op.f("ck_watch_connector_or_connection")
        ),
        sa.ForeignKeyConstraint(
            ["connector_id"], ["connector.id"], name=op.f("fk_watch_connector_id_connector"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["connection_id"], ["connection.id"], name=op.f("fk_watch_connection_id_connection"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch")),
        sa.UniqueConstraint("connector_id", name=op.f("uq_watch_connector_id")),
        sa.UniqueConstraint("connection_id", name=op.f("uq_watch_connection_id")),
    )
    op.create_index(op.f("ix_watch_due_at"), "watch", ["due_at"])
    op.create_table(
        "watch_day",
        sa.Column("watch_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("tests", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("down_seconds", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["watch_id"], ["watch.id"], name=op.f("fk_watch_day_watch_id_watch"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("watch_id", "day", name=op.f("pk_watch_day")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "outage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("watch_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(64), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime()),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("notified", sa.Integer(), nullable=False),
        sa.Column("stages", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["watch_id"], ["watch.id"], name=op.f("fk_outage_watch_id_watch"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outage")),
    )
    op.create_index("ix_outage_watch_id", "outage", ["watch_id", "id"])


def downgrade() -> None:
    op.drop_table("outage")
    op.drop_table("watch_day")
    op.drop_table("watch")
