"""How long it was known on a day how something that is watched was"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

WHOLE_DAY = "86400"


def upgrade() -> None:
    """Days that are there count as watched from beginning to end, as they have been until now."""
    op.add_column("watch_day", sa.Column("watched_seconds", sa.Integer(), nullable=False, server_default=WHOLE_DAY))


def downgrade() -> None:
    op.drop_column("watch_day", "watched_seconds")
