"""Whatever comes in: every row is accepted or rejected, once."""

from collections import Counter
from pathlib import Path

import pytest
from builders import client_row, csv_export
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ingesting import ingest_bytes

from kuntactl.domain.schema import Clients

ODD_CELLS = st.sampled_from(
    ["", " ", "x", "K", "638", "31.2.2021", "11.11.2222", "1.1.1900", '"', '""', "å\n", ";", "-1"]
) | st.text(max_size=6)
CHANGES = st.dictionaries(st.sampled_from(sorted(client_row())), ODD_CELLS, max_size=4)
ROWS = st.lists(
    st.builds(
        lambda number, changes: client_row(asiakasnumero=f"A{number}") | changes,
        st.integers(1, 5),
        CHANGES,
    ),
    min_size=1,
    max_size=8,
)
DIALECTS = st.tuples(
    st.sampled_from(";,\t"),
    st.sampled_from(["utf-8-sig", "utf-16"]),
    st.sampled_from(["\n", "\r\n"]),
)
QUIET = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def blank(row: dict[str, str]) -> bool:
    """Return whether every cell of the row is blank."""
    return not any(cell.strip(" \t\r\n\v\f\xa0\ufeff") for cell in row.values())


@QUIET
@given(rows=ROWS, dialect=DIALECTS)
def test_every_row_is_accepted_or_rejected_once(
    tmp_path: Path, rows: list[dict[str, str]], dialect: tuple[str, str, str]
) -> None:
    """Read is rejected and accepted together, whatever stands in the cells."""
    delimiter, encoding, line_end = dialect
    for row in rows:  # a lone surrogate cannot be written to any file
        row.update({k: v.encode("utf-8", "replace").decode() for k, v in row.items()})

    result = ingest_bytes(
        tmp_path, csv_export(rows, delimiter=delimiter, encoding=encoding, line_end=line_end)
    )

    rejected = set(result.rejected["row"])
    accepted = result.accepted["row"].to_list()
    assert result.rows_read == len([row for row in rows if not blank(row)])
    assert result.rows_read == result.rows_rejected + result.accepted.height
    assert len(rejected) == result.rows_rejected
    assert sorted([*rejected, *accepted]) == [
        number for number, row in enumerate(rows, start=2) if not blank(row)
    ]
    assert result.accepted["client_id"].is_unique().all()
    Clients.validate(result.accepted)


@QUIET
@given(lines=st.lists(st.text(alphabet='ab";\t, \r\xe4', max_size=12), max_size=12))
def test_every_line_below_the_header_is_in_some_row(tmp_path: Path, lines: list[str]) -> None:
    """Stray quotes and delimiters may spoil a row; they must not make one vanish."""
    good = csv_export([client_row(asiakasnumero=f"A{number}") for number in range(3)])
    header, first, *rest = good.decode("utf-8-sig").splitlines()
    content = "\r\n".join([header, first, *lines, *rest])

    result = ingest_bytes(tmp_path, content.encode())

    assert result.rows_read == result.rows_rejected + result.accepted.height
    assert {"A0", "A1", "A2"} - set(result.accepted["client_id"]) == set()
    filled = [line for line in lines if line.strip(' \t\r;"')]
    assert result.rows_rejected <= len(lines)
    assert result.rows_rejected > 0 or not filled


@QUIET
@given(rows=ROWS, order=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(
    tmp_path: Path, rows: list[dict[str, str]], order: object
) -> None:
    """The same rows in another order: the same codes for the same content."""
    for row in rows:
        row.update({k: v.encode("utf-8", "replace").decode() for k, v in row.items()})
    shuffled = list(rows)
    order.shuffle(shuffled)  # type: ignore[attr-defined]

    one, other = (
        ingest_bytes(tmp_path, csv_export(some, encoding="utf-8-sig")) for some in (rows, shuffled)
    )

    assert Counter(one.rejected["code"]) == Counter(other.rejected["code"])
    assert sorted(one.accepted["client_id"]) == sorted(other.accepted["client_id"])


@pytest.mark.parametrize("rows", [1, 1000])
def test_a_clean_export_is_accepted_whole(tmp_path: Path, rows: int) -> None:
    """Nothing is wrong with it, so nothing is said."""
    result = ingest_bytes(
        tmp_path, csv_export([client_row(asiakasnumero=str(number)) for number in range(rows)])
    )

    assert (result.rows_read, result.rows_rejected) == (rows, 0)
    assert result.rejected.is_empty()
