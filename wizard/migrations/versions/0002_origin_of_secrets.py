"""The origin that the secrets of a connection were sent to"""

from urllib.parse import urlsplit

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_CONNECTOR = sa.table("connector", *map(sa.column, ("id", "url", "endpoint")))
_CONNECTION = sa.table("connection", *map(sa.column, ("connector_id", "origin")))


def upgrade() -> None:
    op.add_column("connection", sa.Column("origin", sa.Text(), nullable=False, server_default=""))
    bind = op.get_bind()
    for row in bind.execute(sa.select(_CONNECTOR)).all():
        parts = urlsplit(row.endpoint or row.url)
        origin = f"{row.id} {parts.scheme}://{parts.netloc}".lower()
        bind.execute(sa.update(_CONNECTION).where(_CONNECTION.c.connector_id == row.id).values(origin=origin))


def downgrade() -> None:
    op.drop_column("connection", "origin")
