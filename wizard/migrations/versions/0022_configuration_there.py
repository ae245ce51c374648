"""What SuperOffice has of a configuration, and how an attempt to write it has ended"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_COLUMNS: dict[str, Any] = {
    "theirs": sa.LargeBinary(),
    "theirs_at": sa.DateTime(),
    "writing_until": sa.DateTime(),
    "write_failure": sa.LargeBinary(),
}


def upgrade() -> None:
    for name, kind in _COLUMNS.items():
        op.add_column("configuration_state", sa.Column(name, kind))


def downgrade() -> None:
    for name in _COLUMNS:
        op.drop_column("configuration_state", name)
