"""Full-text index of the search keys on SQLite"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_TABLES = ("connector", "connection")
_TRIGGERS = {
    "inserted": ("AFTER INSERT", ("add",)),
    "deleted": ("AFTER DELETE", ("remove",)),
    "updated": ("AFTER UPDATE OF search_key", ("remove", "add")),
}
_STATEMENTS = {
    "fill": "INSERT INTO {table}_search ({table}_search) VALUES ('rebuild')",
    "add": "INSERT INTO {table}_search (rowid, search_key) VALUES (new.id, new.search_key);",
    "remove": "INSERT INTO {table}_search ({table}_search, rowid, search_key) "
    "VALUES ('delete', old.id, old.search_key);",
}


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    for table in _TABLES:
        _execute(
            f"CREATE VIRTUAL TABLE {table}_search USING fts5 "
            f"(search_key, content='{table}', content_rowid='id', tokenize='trigram case_sensitive 1')"
        )
        _execute(_STATEMENTS["fill"].format(table=table))
        for name, (event, statements) in _TRIGGERS.items():
            body = " ".join(_STATEMENTS[each].format(table=table) for each in statements)
            _execute(f'CREATE TRIGGER {table}_search_{name} {event} ON "{table}" BEGIN {body} END')


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    for table in _TABLES:
        for name in _TRIGGERS:
            _execute(f"DROP TRIGGER {table}_search_{name}")
        _execute(f"DROP TABLE {table}_search")


def _execute(statement: str) -> None:
    op.execute(sa.text(statement.replace(":", r"\:")))
