"""The memberships can be told again from the events alone."""

from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from register_nights import PORVOO, SALO, Row, homes, run_night
from sqlalchemy import create_engine, select

from kuntactl.register import schema
from kuntactl.register.events import FIRST_PREVIOUS, event_hash
from kuntactl.register.frames import read_frame
from kuntactl.register.journal import read_events
from kuntactl.register.replay import MEMBERSHIPS, replay

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
TOWNS = st.sampled_from(["638", "734", None])
COACHES = st.sampled_from(["K1", "K2", "", None])
STATUSES = st.sampled_from(["written", "protected", "undeliverable"])
NIGHTS = st.lists(
    st.tuples(
        st.dictionaries(CLIENTS, st.tuples(STANDINGS, TOWNS)), COACHES, st.booleans(), STATUSES
    ),
    min_size=1,
    max_size=6,
)
Standing = tuple[str | None, str]
Standings = dict[str, tuple[Standing, str | None]]


@settings(max_examples=15, deadline=None)
@given(nights=NIGHTS)
def test_replay_gives_the_same_memberships(
    nights: list[tuple[Standings, str | None, bool, str]],
) -> None:
    """The events are the truth; what is kept beside them must not drift away from it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "register.db"
        for number, (standings, coach, takes_new, status) in enumerate(nights):
            rows: list[Row] = [(client, *now) for client, (now, _) in standings.items()]
            towns = {client: town for client, (_, town) in standings.items()}
            run_night(
                path,
                *rows,
                number=number,
                areas={PORVOO: takes_new, SALO: takes_new},
                coach=coach,
                where=homes(*rows, towns=towns),
                status=status,
            )
        events, kept = _read(path)

    assert replay(events).equals(kept)
    assert _chain_holds(events)


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
