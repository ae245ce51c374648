"""The time zone that an account has chosen"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account", sa.Column("time_zone", sa.String(64)))


def downgrade() -> None:
    op.drop_column("account", "time_zone")
