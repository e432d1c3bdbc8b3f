"""Bytes thrown at the reader for minutes, in every form of an export."""

from pathlib import Path

import pytest
from fuzzing import FORMS, read_or_refuse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


@pytest.mark.soak
@pytest.mark.parametrize("form", FORMS)
@settings(
    max_examples=1_000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_bytes_are_refused_or_counted(form: str, data: st.DataObject, tmp_path: Path) -> None:
    """Whatever stands in the file, no row vanishes and no fault of ours is shown."""
    read_or_refuse(data.draw(FORMS[form]), tmp_path)
