"""Search keys of the lists"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TEXTS = {"connector": ("name", "url", "endpoint"), "connection": ("name", "description")}
_INDEXES = {
    "connector": ["deleted_at", "name_key", "id", "search_key"],
    "connection": ["deleted_at", "name_key", "id", "connector_id", "search_key"],
}
_OLD_INDEXES = {
    "connector": ["deleted_at", "name_key", "url"],
    "connection": ["deleted_at", "name_key", "connector_id", "description"],
}


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def upgrade() -> None:
    bind = op.get_bind()
    for name, texts in _TEXTS.items():
        op.drop_index(f"ix_{name}_searched", name)
        op.add_column(name, sa.Column("search_key", sa.Text(), nullable=False, server_default=""))
        table = sa.table(name, *map(sa.column, ("id", "search_key", *texts)))
        for row in bind.execute(sa.select(table)).mappings().all():
            key = "\n".join(_folded(row[text]) for text in texts if row[text])
            bind.execute(sa.update(table).where(table.c.id == row["id"]).values(search_key=key))
        if bind.dialect.name == "sqlite":
            op.create_index(f"ix_{name}_searched", name, _INDEXES[name])
    op.drop_index("ix_connection_connector_id", "connection")
    op.create_index("ix_connection_connector_id", "connection", ["connector_id", "deleted_at"])


def downgrade() -> None:
    op.drop_index("ix_connection_connector_id", "connection")
    op.create_index("ix_connection_connector_id", "connection", ["connector_id"])
    for name in _TEXTS:
        if op.get_bind().dialect.name == "sqlite":
            op.drop_index(f"ix_{name}_searched", name)
        op.drop_column(name, "search_key")
        op.create_index(f"ix_{name}_searched", name, _OLD_INDEXES[name])
