"""What was written to SuperOffice, and the numbers that connectors and connections have there"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ROWS = ("connector", "connection")
COLUMNS: dict[str, sa.types.TypeEngine[Any]] = {
    "superoffice_id": sa.Integer(),
    "superoffice_seen": sa.LargeBinary(),
    "superoffice_seen_at": sa.DateTime(),
}
CURRENT = sa.text("deleted_at IS NULL")


def upgrade() -> None:
    for table in ROWS:
        for column, of_type in COLUMNS.items():
            op.add_column(table, sa.Column(column, of_type))
        op.create_index(
            f"uq_{table}_superoffice_id",
            table,
            ["superoffice_id"],
            unique=True,
            sqlite_where=CURRENT,
            postgresql_where=CURRENT,
        )
    op.add_column("connection", sa.Column("superoffice_state", sa.String(20)))
    op.create_table(
        "superoffice_write",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("operation", sa.String(40), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("connector_id", sa.Integer()),
        sa.Column("connection_id", sa.Integer()),
        sa.Column("setup_id", sa.Integer()),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer()),
        sa.Column("parent_id", sa.Integer()),
        sa.Column("name", sa.String(254), nullable=False),
        sa.Column("intended", sa.String(64), nullable=False),
        sa.Column("before", sa.LargeBinary(), nullable=False),
        sa.Column("found", sa.LargeBinary()),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("settles_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime()),
        sa.ForeignKeyConstraint(
            ["connector_id"], ["connector.id"], name=op.f("fk_superoffice_write_connector_id_connector")
        ),
        sa.ForeignKeyConstraint(
            ["connection_id"],
            ["connection.id"],
            name=op.f("fk_superoffice_write_connection_id_connection"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["setup_id"], ["setup.id"], name=op.f("fk_superoffice_write_setup_id_setup"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_superoffice_write_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_superoffice_write")),
    )
    for reference in ("connector_id", "connection_id"):
        op.create_index(op.f(f"ix_superoffice_write_{reference}"), "superoffice_write", [reference])
    op.create_index("ix_superoffice_write_state", "superoffice_write", ["state", "settles_at"])


def downgrade() -> None:
    op.drop_table("superoffice_write")
    op.drop_column("connection", "superoffice_state")
    for table in ROWS:
        op.drop_index(f"uq_{table}_superoffice_id", table)
        for column in reversed(COLUMNS):
            op.drop_column(table, column)
