"""Who gave which command, and sums over what is in no event."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add where a run's command is told, and the table of sums; older runs have none."""
    op.add_column("run", sa.Column("command_event", sa.Integer))
    op.create_table(
        "beside",
        sa.Column("summed", sa.String, nullable=False),
        sa.Column("sum", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("summed", name="pk_beside"),
    )
