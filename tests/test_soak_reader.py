"""Bytes thrown at the reader: an error in words or rows that add up, never a traceback."""

from datetime import date
from pathlib import Path

import pytest
from builders import client_row, csv_export
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kuntactl.domain.types import Language
from kuntactl.errors import InputError
from kuntactl.ingest.clients import ReadOptions, read_clients

GOOD = csv_export([client_row(asiakasnumero=f"A{number}") for number in range(1, 6)])
MUTATIONS = st.lists(
    st.tuples(st.integers(0, len(GOOD) - 1), st.binary(max_size=6), st.integers(0, 4)),
    min_size=1,
    max_size=12,
)


def _mutated(changes: list[tuple[int, bytes, int]]) -> bytes:
    content = bytearray(GOOD)
    for place, inserted, removed in changes:
        content[place : place + removed] = inserted
    return bytes(content)


@pytest.mark.soak
@settings(
    max_examples=20_000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=st.one_of(st.binary(max_size=2_000), MUTATIONS.map(_mutated)))
def test_any_bytes_are_refused_or_counted(content: bytes, tmp_path: Path) -> None:
    """Whatever stands in the file, no row vanishes."""
    export = tmp_path / "export.csv"
    export.write_bytes(content)
    try:
        read = read_clients(
            [export], on=date(2021, 3, 1), language=Language.FI, options=ReadOptions()
        )
    except InputError as error:
        assert error.problem.startswith("export.csv: ")  # noqa: PT017 an error is one of two right ends
    else:
        assert read.rows_read == read.rows_rejected + read.accepted.height
