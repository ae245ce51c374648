"""How connections are configured: actor types, fields, and how far SuperOffice has it"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("connection", sa.Column("sync_priority", sa.Integer()))
    op.create_table(
        "actor_type",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("connection_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(254), nullable=False),
        sa.Column("is_synced", sa.Boolean(), nullable=False),
        sa.Column("updated_by", sa.String(254), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        _of_connection("actor_type"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actor_type")),
        sa.UniqueConstraint("connection_id", "name", name=op.f("uq_actor_type_name")),
    )
    op.create_table(
        "actor_field",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("connection_id", sa.Integer(), nullable=False),
        sa.Column("actor_type", sa.String(254), nullable=False),
        sa.Column("key", sa.String(254), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("crm_key", sa.String(254), nullable=False),
        sa.Column("direction", sa.String(20), nullable=False),
        sa.Column("show_in_search", sa.Boolean(), nullable=False),
        sa.Column("show_in_tab", sa.Boolean(), nullable=False),
        sa.Column("items", sa.LargeBinary()),
        sa.Column("default", sa.Text()),
        sa.Column("ask_user", sa.Boolean(), nullable=False),
        sa.Column("mandatory", sa.Boolean(), nullable=False),
        sa.Column("updated_by", sa.String(254), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        _of_connection("actor_field"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actor_field")),
        sa.UniqueConstraint("connection_id", "actor_type", "key", name=op.f("uq_actor_field_key")),
    )
    op.create_table(
        "configuration_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("connection_id", sa.Integer(), nullable=False),
        sa.Column("schema", sa.LargeBinary()),
        sa.Column("schema_read_at", sa.DateTime()),
        sa.Column("failure", sa.LargeBinary()),
        sa.Column("written", sa.LargeBinary()),
        sa.Column("written_at", sa.DateTime()),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("retry_at", sa.DateTime()),
        sa.Column("retries", sa.Integer(), nullable=False),
        sa.Column("refused", sa.LargeBinary()),
        sa.Column("reactivate", sa.Boolean(), nullable=False),
        sa.Column("activated_at", sa.DateTime()),
        sa.Column("is_active", sa.Boolean()),
        _of_connection("configuration_state"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_configuration_state")),
        sa.UniqueConstraint("connection_id", name=op.f("uq_configuration_state_connection_id")),
    )


def _of_connection(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_connection_id_connection")
    return sa.ForeignKeyConstraint(["connection_id"], ["connection.id"], name=name, ondelete="CASCADE")


def downgrade() -> None:
    for table in ("configuration_state", "actor_field", "actor_type"):
        op.drop_table(table)
    op.drop_column("connection", "sync_priority")
