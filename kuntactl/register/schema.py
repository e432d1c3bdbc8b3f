"""The register's tables: append-only events, and what follows from them for quick reading.

Client numbers, days and codes only: no name, address, contact data or identity code of a client,
and no home municipality of one under non-disclosure.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

SCHEMA_VERSION = "0003"  # the newest revision in migrations/versions

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

run = Table(
    "run",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),  # 1, 2, 3 ...
    Column("on_day", Date, nullable=False),  # the decision day
    Column("version", String, nullable=False),  # of kuntactl
    Column("inputs", Text, nullable=False),  # JSON list: SHA-256 of each input file
    Column("offices", Text),  # JSON list in that order: area of most rows; null: before 0002
    Column("counts", Text),  # JSON object; null: the run did not say
    Column("seal", String(64)),  # SHA-256 by which staged files know the run; null: none
    Column("command_event", Integer),  # that tells who gave the command; null: before 0003
)

event = Table(
    "event",
    METADATA,
    Column("sequence", Integer, primary_key=True, autoincrement=False),  # 1, 2, 3 ... no gap
    Column("run", ForeignKey("run.number"), nullable=False),
    Column("kind", String, nullable=False),  # a value of EventKind
    Column("area", String),  # null: an answer, which comes before any area
    Column("client_id", String, nullable=False),
    Column("day", Date, nullable=False),
    Column("facts", Text, nullable=False),  # JSON object
    Column("previous", String(64), nullable=False),  # hash of the event before
    Column("hash", String(64), nullable=False),  # SHA-256, hex
)

membership = Table(
    "membership",
    METADATA,
    Column("joined_event", ForeignKey("event.sequence"), primary_key=True, autoincrement=False),
    Column("area", String, nullable=False),
    Column("client_id", String, nullable=False),
    Column("since", Date, nullable=False),
    Column("grounds", Text, nullable=False),  # JSON list of codes, at joining
    Column("from_area", String),  # where the client moved in from; null: joined
    Column("municipality", String),  # home, three digits; null: protected, or not known
    Column("moved_event", Integer),  # the newest move inside the area; null: none
    Column("coach_id", String),  # null: none yet
    Column("coach_event", Integer),  # that gave or took the coach; null: never any
    Column("told_event", Integer),  # the newest letter of where the services are; null: none
    Column("told_coach_id", String),  # the coach whom the newest letter names; null: none
    Column("ended_event", ForeignKey("event.sequence")),  # null: a member today
    Column("ended_on", Date),  # first day without membership
    Column("end_reason", String),  # a value of EndReason
    Column("to_area", String),  # where the client is a member instead; null: nowhere
    Column("barred", Boolean, nullable=False, server_default=false()),  # does not join again
    CheckConstraint("(ended_event IS NULL) = (ended_on IS NULL)", name="ended_with_a_day"),
)
Index(
    "uq_membership_active",
    membership.c.area,
    membership.c.client_id,
    unique=True,
    sqlite_where=text("ended_event IS NULL"),
    postgresql_where=text("ended_event IS NULL"),
)

letter = Table(
    "letter",
    METADATA,
    Column("letter_id", String, primary_key=True),  # <area>-<number>
    Column("area", String, nullable=False),
    Column("number", Integer, nullable=False),  # 1, 2, 3 ... in the area
    Column("client_id", String, nullable=False),
    Column("kind", String, nullable=False),  # a value of LetterKind
    Column("reason", String),  # a value of LetterReason; null: the kind says it all
    Column("other_area", String),  # where the client moves to or from; null: nowhere
    Column("event", ForeignKey("event.sequence"), nullable=False),  # what it tells of
    Column("status", String),  # a value of LetterStatus; null: due, nothing came of it yet
    Column("lang", String),  # null while due, like all that follows
    Column("sha256", String(64)),  # null: undeliverable
    Column("bundle", String),  # file name in print/; null: not in a print run
    Column("first_page", Integer),  # in the bundle, from 1
    Column("pages", Integer),  # null also: written before 0002
    Column("run", ForeignKey("run.number")),  # that wrote the newest line of letters.csv
    UniqueConstraint("event", "kind"),
)

answer = Table(
    "answer",
    METADATA,
    Column("client_id", String, primary_key=True),
    Column("belongs", Boolean, nullable=False),
    Column("who", String, nullable=False),  # the official, as they signed
    Column("reason", Text, nullable=False),
    Column("fingerprint", String, nullable=False),  # of the facts that the answer rests on
    Column("run", ForeignKey("run.number"), nullable=False),
)

waiting = Table(
    "waiting",
    METADATA,
    Column("kind", String, primary_key=True),  # rejected, review, unassigned, undeliverable
    Column("key_hash", String(64), primary_key=True),  # of the matter; SHA-256, hex
    Column("of_hash", String(64), nullable=False),  # of whose it is
    Column("run", ForeignKey("run.number"), nullable=False),  # in which it was new
)

beside = Table(
    "beside",
    METADATA,
    Column("summed", String, primary_key=True),  # answers, homes, waiting
    Column("sum", String(64), nullable=False),  # SHA-256 over all its rows, hex
)
