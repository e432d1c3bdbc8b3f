"""What SECURITY.md promises is tested where it says."""

import re

from conftest import REPOSITORY

PAGE = (REPOSITORY / "SECURITY.md").read_text("utf-8")
NAMED = re.findall(r"`(tests/\w+\.py)::(\w+)`", PAGE)


def test_every_test_that_is_named_is_there() -> None:
    """A promise whose test was renamed away is only a promise."""
    missing = [
        f"{file}::{name}"
        for file, name in NAMED
        if not re.search(
            rf"^def {name}\(",
            (REPOSITORY / file).read_text("utf-8") if (REPOSITORY / file).is_file() else "",
            re.MULTILINE,
        )
    ]

    assert len(NAMED) > 25
    assert missing == []


def test_every_threat_has_a_test() -> None:
    """A row without a test would be a hope."""
    rows = [
        line for line in PAGE.splitlines() if line.startswith("| ") and "| shown by |" not in line
    ]

    assert len(rows) > 20
    assert [row for row in rows if "`tests/" not in row] == []
