"""One enum of the continuation of a check instead of two flags"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_RUN = sa.table("check_run", *map(sa.column, ("continuation", "goes_on", "followed")))


def upgrade() -> None:
    op.add_column("check_run", sa.Column("continuation", sa.String(20), nullable=False, server_default="none"))
    for name, condition in (("asked", _RUN.c.goes_on), ("followed", _RUN.c.followed)):
        op.execute(sa.update(_RUN).where(condition == sa.true()).values(continuation=name))
    op.drop_column("check_run", "goes_on")
    op.drop_column("check_run", "followed")


def downgrade() -> None:
    for name in ("goes_on", "followed"):
        op.add_column("check_run", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(sa.update(_RUN).where(_RUN.c.continuation != "none").values(goes_on=sa.true()))
    op.execute(sa.update(_RUN).where(_RUN.c.continuation == "followed").values(followed=sa.true()))
    op.drop_column("check_run", "continuation")
