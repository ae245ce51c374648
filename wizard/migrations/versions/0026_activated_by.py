"""Who has activated a connection"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("configuration_state", sa.Column("activated_by", sa.String(254)))


def downgrade() -> None:
    op.drop_column("configuration_state", "activated_by")
