"""The first register."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table of the first schema."""
    _make_runs_and_events()
    _make_memberships_and_letters()
    _make_answers_and_waiting()


def _make_runs_and_events() -> None:
    op.create_table(
        "run",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("on_day", sa.Date, nullable=False),
        sa.Column("version", sa.String, nullable=False),
        sa.Column("inputs", sa.Text, nullable=False),
        sa.Column("counts", sa.Text),
        sa.Column("seal", sa.String(64)),
    )
    op.create_table(
        "event",
        sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("run", sa.Integer, sa.ForeignKey("run.number"), nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("area", sa.String),
        sa.Column("client_id", sa.String, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )


def _make_memberships_and_letters() -> None:
    op.create_table(
        "membership",
        sa.Column(
            "joined_event",
            sa.Integer,
            sa.ForeignKey("event.sequence"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("area", sa.String, nullable=False),
        sa.Column("client_id", sa.String, nullable=False),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("grounds", sa.Text, nullable=False),
        sa.Column("coach_id", sa.String),
        sa.Column("ended_event", sa.Integer, sa.ForeignKey("event.sequence")),
        sa.Column("ended_on", sa.Date),
        sa.CheckConstraint("(ended_event IS NULL) = (ended_on IS NULL)", "ended_with_a_day"),
    )
    op.create_index(
        "uq_membership_active",
        "membership",
        ["area", "client_id"],
        unique=True,
        sqlite_where=sa.text("ended_event IS NULL"),
        postgresql_where=sa.text("ended_event IS NULL"),
    )
    op.create_table(
        "letter",
        sa.Column("letter_id", sa.String, primary_key=True),
        sa.Column("area", sa.String, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("client_id", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("event", sa.Integer, sa.ForeignKey("event.sequence"), nullable=False),
        sa.Column("status", sa.String),
        sa.Column("lang", sa.String),
        sa.Column("sha256", sa.String(64)),
        sa.Column("bundle", sa.String),
        sa.Column("first_page", sa.Integer),
        sa.Column("run", sa.Integer, sa.ForeignKey("run.number")),
        sa.UniqueConstraint("event", "kind"),
    )


def _make_answers_and_waiting() -> None:
    op.create_table(
        "answer",
        sa.Column("client_id", sa.String, primary_key=True),
        sa.Column("belongs", sa.Boolean, nullable=False),
        sa.Column("who", sa.String, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.String, nullable=False),
        sa.Column("run", sa.Integer, sa.ForeignKey("run.number"), nullable=False),
    )
    op.create_table(
        "waiting",
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("key_hash", sa.String(64), primary_key=True),
        sa.Column("of_hash", sa.String(64), nullable=False),
        sa.Column("run", sa.Integer, sa.ForeignKey("run.number"), nullable=False),
    )
