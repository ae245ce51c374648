"""Until when nothing is told of the failures of a watch, and who has chosen that"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("watch", sa.Column("muted_until", sa.DateTime()))
    op.add_column("watch", sa.Column("muted_by", sa.String(254)))


def downgrade() -> None:
    op.drop_column("watch", "muted_by")
    op.drop_column("watch", "muted_until")
