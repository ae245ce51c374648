"""Users and groups by SuperOffice's ids, and what was last read there"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_TABLES = ("crm_user", "crm_user_group")


def upgrade() -> None:
    for table in _TABLES:
        op.add_column(table, sa.Column("superoffice_id", sa.Integer()))
        op.add_column(table, sa.Column("left_at", sa.DateTime()))
        current = sa.text("deleted_at IS NULL")
        op.create_index(
            f"uq_{table}_superoffice_id",
            table,
            ["superoffice_id"],
            unique=True,
            sqlite_where=current,
            postgresql_where=current,
        )
    op.create_table(
        "superoffice_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("read_at", sa.DateTime()),
        sa.Column("before_at", sa.DateTime()),
        sa.Column("seen", sa.LargeBinary()),
        sa.Column("failed_at", sa.DateTime()),
        sa.Column("failure", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_superoffice_reading")),
        sa.UniqueConstraint("source", name=op.f("uq_superoffice_reading_source")),
    )


def downgrade() -> None:
    op.drop_table("superoffice_reading")
    for table in _TABLES:
        op.drop_index(f"uq_{table}_superoffice_id", table)
        op.drop_column(table, "left_at")
        op.drop_column(table, "superoffice_id")
