"""What Procrastinate keeps in PostgreSQL: jobs, workers, and their functions"""

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

NOTHING_TO_FILL_IN = {"no_parameters": True}
"""Its texts have percent signs of their own."""

DROP_FUNCTIONS = """
DO $$
DECLARE
    name text;
BEGIN
    FOR name IN
        SELECT oid::regprocedure FROM pg_proc
        WHERE starts_with(proname, 'procrastinate_') AND pronamespace = current_schema()::regnamespace
    LOOP
        EXECUTE 'DROP FUNCTION ' || name || ' CASCADE';  -- with its triggers
    END LOOP;
END;
$$
"""


def upgrade() -> None:
    """Makes what the installed version needs; a test asks for a migration where a newer one needs more."""
    if op.get_bind().dialect.name == "postgresql":
        op.get_bind().exec_driver_sql(SchemaManager.get_schema(), execution_options=NOTHING_TO_FILL_IN)


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.get_bind().exec_driver_sql(DROP_FUNCTIONS, execution_options=NOTHING_TO_FILL_IN)
    for table in ("events", "periodic_defers", "jobs", "workers"):
        op.execute(f"DROP TABLE procrastinate_{table}")
    for kind in ("job_to_defer_v1", "job_status", "job_event_type"):
        op.execute(f"DROP TYPE procrastinate_{kind}")
