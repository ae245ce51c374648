"""What SuperOffice still has to be told of a connector or a connection that was deleted or restored here"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

TABLES = ("connector", "connection")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("superoffice_owed", sa.String(20)))


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "superoffice_owed")
