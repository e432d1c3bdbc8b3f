"""What a person says of a client and a coach holds: pins stay, bans are never broken."""

from collections import Counter
from pathlib import Path

import polars as pl
import pytest
from assign_builders import KOSKI, client, clients, coach, coach_of, split, why
from hypothesis import given, settings
from hypothesis import strategies as st

from kuntactl.domain.schema import Ties
from kuntactl.errors import InputError
from kuntactl.ingest.ties import read_ties

HEADER = "asiakasnumero;valmentaja_id;laji;syy\r\n"


def ties(*lines: tuple[str, str, str, str | None]) -> pl.DataFrame:
    """Return ties: client, coach, kind, reason."""
    schema = {name: column.dtype for name, column in Ties.columns().items()}
    return Ties.validate(pl.DataFrame(list(lines), schema=schema, orient="row"))


def test_a_pinned_client_stays_whatever_the_loads_are() -> None:
    """A person has said so; no evenness and no limit takes it back."""
    rows = clients(6)
    pins = ties(*(("A00" + str(n), "C2", "pin", "continuity") for n in range(3)))

    result = split(rows, [coach("C1"), coach("C2", limit=1)], ties=pins)

    assert [coach_of(result)[f"A00{n}"] for n in range(3)] == ["C2"] * 3
    assert why(result)["A000"] == ["pinned", "language", "team"]
    assert Counter(coach_of(result).values()) == {"C1": 3, "C2": 3}


def test_a_pin_comes_before_the_coach_the_register_knows() -> None:
    """Else a wish could only be granted to newcomers."""
    result = split(
        [client("A1", coach_id="C1")],
        [coach("C1"), coach("C2")],
        ties=ties(("A1", "C2", "pin", "own_request")),
    )

    assert coach_of(result) == {"A1": "C2"}


def test_a_banned_coach_is_no_choice() -> None:
    """Neither as their coach nor as the next best one."""
    rows = [client("A1", officer_id="V1", coach_id="C1")]
    coaches = [coach("C1", former_officer="V1"), coach("C2")]

    result = split(rows, coaches, ties=ties(("A1", "C1", "ban", "safety")))

    assert coach_of(result) == {"A1": "C2"}
    assert "ruled_out" in why(result)["A1"]
    assert "safety" not in str(result.frame.rows())
    assert result.alternatives["second_coach"].to_list() == [None]


def test_a_ban_that_leaves_nobody_leaves_the_client_waiting() -> None:
    """A ban is hard: rather no coach than that one, and the list says why."""
    result = split([client("A1")], [coach("C1")], ties=ties(("A1", "C1", "ban", "conflict")))

    assert coach_of(result) == {"A1": None}
    assert why(result)["A1"] == ["ruled_out", "coaches_ruled_out"]


def test_a_ban_holds_for_those_who_rest() -> None:
    """A letter would else name the coach whom they must not meet."""
    result = split(
        [client("A1", coach_id="C1")],
        [coach("C1")],
        ties=ties(("A1", "C1", "ban", "safety")),
        resting=["A1"],
    )

    assert coach_of(result) == {"A1": None}


@pytest.mark.parametrize(
    ("coaches", "facts"),
    [([coach("C2")], {}), ([coach("C1", municipalities=[KOSKI]), coach("C2")], {})],
    ids=["the coach has left", "the coach does not serve their municipality"],
)
def test_a_pin_that_cannot_hold_is_said(coaches: list, facts: dict) -> None:
    """What was agreed and is not so any more is never dropped in silence."""
    pins = ties(("A1", "C1", "pin", "own_request"))

    result = split([client("A1", **facts)], coaches, ties=pins)

    assert coach_of(result) == {"A1": "C2"}
    assert "pin_lost" in why(result)["A1"]


def test_a_coach_who_left_is_said() -> None:
    """The client hears a new name, so the list says what became of the old one."""
    result = split([client("A1", coach_id="C9")], [coach("C1")])

    assert why(result)["A1"] == ["language", "team", "coach_gone"]


@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_no_ban_is_ever_broken(data: st.DataObject) -> None:
    """Whoever comes, however the loads lie: nobody meets a coach they were kept from."""
    pairs = st.tuples(st.integers(0, 11), st.integers(0, 3))
    banned = data.draw(st.sets(pairs, max_size=30))
    kept = {n: data.draw(st.sampled_from([None, "C0", "C1"])) for n in range(12)}
    rows = [client(f"A{n:02d}", coach_id=kept[n], officer_id=f"V{n % 3}") for n in range(12)]
    coaches = [coach(f"C{n}", former_officer=f"V{n}", limit=5) for n in range(4)]
    bans = ties(*((f"A{n:02d}", f"C{m}", "ban", "conflict") for n, m in sorted(banned)))

    result = split(rows, coaches, ties=bans, max_moves=3)

    given_pairs = {(int(number[1:]), int(found[1:])) for number, found in _pairs(result)}
    assert not given_pairs & banned
    others = result.alternatives.select("client_id", "second_coach").drop_nulls().rows()
    assert not {(int(number[1:]), int(found[1:])) for number, found in others} & banned


def _pairs(result: object) -> list[tuple[str, str]]:
    return [(number, found) for number, found in coach_of(result).items() if found]  # type: ignore[arg-type]  # an Assignment


def test_a_ties_file_is_read(tmp_path: Path) -> None:
    """In words of any of the languages, and in any dialect of an export."""
    path = tmp_path / "ties.csv"
    path.write_text(
        HEADER + "A2;C1;Pysyy;own_request\r\nA1;C2;ban;SAFETY\r\nA3;C1;fri;\r\n", "utf-8-sig"
    )

    assert read_ties(path, coaches={"C1", "C2"}).rows() == [
        ("A1", "C2", "ban", "safety"),
        ("A2", "C1", "pin", "own_request"),
        ("A3", "C1", "free", None),
    ]


# rows, what is said, why
FAULTS = [
    ("A1;C9;ban;safety", "row 2: `valmentaja_id`: no coach `C9`", "a coach who is not there"),
    ("A1;C1;never;safety", "row 2: `laji`: `never` is none of pin, ban, free", "no such kind"),
    (
        "A1;C1;ban;",
        "row 2: `syy` of a ban must be one of conflict, disqualified, safety",
        "a ban without a reason",
    ),
    (
        "A1;C1;pin;safety",
        "row 2: `syy` of a pin must be one of own_request, continuity, language",
        "a reason of the other kind",
    ),
    ("A1;C1;free;safety", "row 2: `syy` of a free must be blank", "a reason for nothing"),
    (";C1;ban;safety", "row 2: `asiakasnumero` is blank", "nobody"),
    (
        "A1;C1;ban;safety\r\nA1;C1;pin;language",
        "row 3: says again what row 2 says of the same client and coach",
        "both at once",
    ),
    (
        "A1;C1;pin;language\r\nA1;C2;pin;language",
        "row 3: pins a client whom row 2 pins to another coach",
        "two places at once",
    ),
]


@pytest.mark.parametrize(
    ("lines", "said"), [case[:2] for case in FAULTS], ids=[case[2] for case in FAULTS]
)
def test_a_faulty_ties_file_stops(lines: str, said: str, tmp_path: Path) -> None:
    """A ban that is misread sends somebody to whom they must not meet; no number is said."""
    path = tmp_path / "ties.csv"
    path.write_text(f"{HEADER}{lines}\r\n", "utf-8")

    with pytest.raises(InputError) as error:
        read_ties(path, coaches={"C1", "C2"})

    assert error.value.problem == f"ties.csv: {said}"
    assert error.value.hint == "mend these rows; no tie was taken over"
