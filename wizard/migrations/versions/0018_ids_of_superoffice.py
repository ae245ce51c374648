"""Which SuperOffice the ids in other tables are of"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("superoffice_link", sa.Column("ids_of", sa.String(1300), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("superoffice_link", "ids_of")
