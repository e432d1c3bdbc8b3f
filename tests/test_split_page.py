"""docs/split.md says what the split does, with the figures of workload.toml."""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

from conftest import REPOSITORY

from kuntactl.assignment.weights_page import weights_page
from kuntactl.assignment.workload import load_workload
from kuntactl.domain.types import TieKind, TieReason

PAGE = REPOSITORY / "docs" / "split.md"


def test_the_tables_equal_the_file() -> None:
    """`make docs` makes them anew; a figure changed without it fails here."""
    assert weights_page() in PAGE.read_text("utf-8")


def test_the_tables_hold_every_figure_with_its_source() -> None:
    """A table that leaves one out would hide what a coach could argue with."""
    page = weights_page()
    for version in load_workload().versions:
        facts = [
            *version.phases,
            *version.service_lines,
            version.search_start_unknown,
            version.first_contact,
            version.first_contact.full_time,
            *(one for one in (version.repeats, version.long_unemployment) if one),
        ]
        table = page.split(f"### From {version.begins.day}.{version.begins.month}.")[1]
        lines = [line for line in table.split("###")[0].splitlines() if line.startswith("| ")]

        assert len(lines) == len(facts) + 1  # and the head
        assert all(any(line.endswith(f"| {fact.source} |") for line in lines) for fact in facts)
    assert "| 3.167 a month |" in page
    assert "| 5 working days |" in page


def test_making_it_again_changes_nothing(tmp_path: Path) -> None:
    """The tool writes between its markers and nowhere else."""
    copy = tmp_path / "split.md"
    copy.write_bytes(PAGE.read_bytes())

    subprocess.run([sys.executable, REPOSITORY / "tools" / "weights.py", copy], check=True)

    assert copy.read_bytes() == PAGE.read_bytes()


def test_the_order_of_aims_is_told_in_all_three_languages() -> None:
    """A coach reads Finnish or Swedish; six aims stand in each list, in one order."""
    aims, fi, sv = re.split(r"^### (?:Suomeksi|På svenska)$", _aims(), flags=re.MULTILINE)
    numbers = [re.findall(r"^(\d)\. ", part, re.MULTILINE) for part in (aims, fi, sv)]

    assert numbers == [[*"123456"]] * 3
    for part, words in (
        (aims, ["must hold", "left over", "Swedish", "per cent", "TE office", "team"]),
        (fi, ["enimmäismäärä", "Mahdollisimman", "Ruotsin", "prosentin", "TE-toim", "tiimi"]),
        (sv, ["högsta antal", "Så många", "svenskspråkig", "procent", "arbets- och", "team"]),
    ):
        places = [part.index(word) for word in words]
        assert places == sorted(places)


def test_the_day_of_the_law_stands_there() -> None:
    """The model changed on 2.5.2022, and the page has both."""
    begins = [version.begins for version in load_workload().versions]

    assert begins == [date(2017, 1, 1), date(2022, 5, 2)]
    assert "### From 2.5.2022" in PAGE.read_text("utf-8")


def test_every_code_of_pins_and_bans_stands_there() -> None:
    """Whoever fills in the file looks the codes up."""
    text = PAGE.read_text("utf-8")

    assert all(f"`{code.value}`" in text for code in (*TieKind, *TieReason))


def test_readme_leads_to_it() -> None:
    """A page that nobody finds is not documentation."""
    assert "(docs/split.md)" in (REPOSITORY / "README.md").read_text("utf-8")


def _aims() -> str:
    text = PAGE.read_text("utf-8")
    return text[text.index("## What counts") : text.index("## What a client weighs")]
