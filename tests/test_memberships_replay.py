"""The memberships can be told again from the events alone."""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from register_nights import AREAS, FIRST_DAY, PORVOO, SALO, Row, coached, decisions
from sqlalchemy import create_engine, select

from kuntactl.register import schema
from kuntactl.register.events import FIRST_PREVIOUS, event_hash
from kuntactl.register.frames import read_frame
from kuntactl.register.journal import read_events
from kuntactl.register.memberships import MEMBERSHIPS, replay
from kuntactl.register.store import open_register

STANDINGS = st.sampled_from(
    [
        (PORVOO, "eligible"),
        (PORVOO, "not_eligible"),
        (SALO, "eligible"),
        (SALO, "review"),
        (None, "review"),
        (None, "outside"),
    ]
)
CLIENTS = st.sampled_from(["A1", "A2", "A3", "Å4"])
COACHES = st.sampled_from(["K1", "K2", None])
NIGHTS = st.lists(
    st.tuples(st.dictionaries(CLIENTS, STANDINGS), COACHES, st.booleans()), min_size=1, max_size=6
)
Standing = tuple[str | None, str]


@settings(max_examples=15, deadline=None)
@given(nights=NIGHTS)
def test_replay_gives_the_same_memberships(
    nights: list[tuple[dict[str, Standing], str | None, bool]],
) -> None:
    """The events are the truth; what is kept beside them must not drift away from it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "register.db"
        for number, (standings, coach, takes_new) in enumerate(nights):
            _night(path, standings, coach, takes_new=takes_new, number=number)
        events, kept = _read(path)

    assert replay(events).equals(kept)
    assert _chain_holds(events)


def _night(
    path: Path, standings: dict[str, Standing], coach: str | None, *, takes_new: bool, number: int
) -> None:
    on: date = FIRST_DAY + timedelta(days=number)
    rows: list[Row] = [(client, *standing) for client, standing in standings.items()]
    with open_register(str(path)) as register:
        register.begin_run(on=on, version="0.1.0", inputs=[])
        areas = dict.fromkeys(AREAS, takes_new)
        night = register.reconcile(decisions(*rows, on=on), areas=areas, on=on)
        register.remember_coaches(coached(night.members, coach))
        register.commit()


def _read(path: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    engine = create_engine(f"sqlite:///{path}")
    table = schema.membership
    query = select(*(table.c[name] for name in MEMBERSHIPS.names())).order_by(table.c.joined_event)
    with engine.connect() as connection:
        found = read_events(connection), read_frame(connection, query, MEMBERSHIPS)
    engine.dispose()
    return found


def _chain_holds(events: pl.DataFrame) -> bool:
    previous = FIRST_PREVIOUS
    for place, row in enumerate(events.iter_rows(named=True), start=1):
        if (row["sequence"], row["previous"], row["hash"]) != (place, previous, event_hash(row)):
            return False
        previous = row["hash"]
    return True
