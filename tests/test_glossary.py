"""The glossary gives each term once, in three languages, with its name in the code."""

from collections import Counter
from pathlib import Path

GLOSSARY = Path(__file__).parents[1] / "docs" / "glossary.md"


def rows() -> list[list[str]]:
    """Return the cells of the glossary's tables, without their heads."""
    lines = GLOSSARY.read_text("utf-8").splitlines()
    table = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line
    ]
    return [cells for cells in table if cells[0] not in {"Finnish", "---"}]


def test_every_term_has_three_languages_and_a_name() -> None:
    """A term without its Swedish is one that each of us would translate anew."""
    assert len(rows()) > 50
    assert [cells for cells in rows() if len(cells) != 4 or not all(cells)] == []


def test_no_term_stands_twice() -> None:
    """Two rows for one term would part ways."""
    terms = Counter(cells[0] for cells in rows())

    assert [term for term, count in terms.items() if count > 1] == []
