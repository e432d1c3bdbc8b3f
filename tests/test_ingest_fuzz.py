"""Bytes thrown at the reader: a refusal in words, or rows that add up; never a traceback."""

from pathlib import Path

import pytest
from builders import csv_export
from fuzzing import FORMS, HEAD, ROWS, read_or_refuse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

QUIET = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.parametrize("form", FORMS)
@QUIET
@given(data=st.data())
def test_any_bytes_are_refused_or_counted(form: str, data: st.DataObject, tmp_path: Path) -> None:
    """Whatever stands in the file, no row vanishes and no fault of ours is shown."""
    read_or_refuse(data.draw(FORMS[form]), tmp_path)


@QUIET
@given(
    junk=st.lists(
        st.text(alphabet="ab;,\t \xe4", min_size=1, max_size=12).filter(
            lambda line: line.strip(" \t;")
        ),
        max_size=8,
    )
)
def test_no_line_without_quotes_is_lost(junk: list[str], tmp_path: Path) -> None:
    """Each line is a row by itself, however many cells it has."""
    good = csv_export(ROWS, header=HEAD).decode("utf-8-sig").splitlines()
    content = "\r\n".join([*good, *junk]).encode()

    read_or_refuse(content, tmp_path, at_least=lambda: len(ROWS) + len(junk))
