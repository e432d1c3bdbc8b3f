"""A run whose template cannot be stamped writes the same letters, and says why it is slower."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from builders import client_row
from conftest import REPOSITORY, Ended, RunCli
from engines import looks_the_same
from night_exports import write_coaches, write_export

FULL = 5  # letters of one layout, which would pay for a master
SENTENCE = (
    '\n<p class="own">Kysy valmentajaltasi, joka on {{ f.coach_name }}, jos jokin jää sinulle '
    "epäselväksi tai haluat sopia ensimmäisestä tapaamisesta.</p>\n"
)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of ordinary clients, one coach, and a template with a name in a sentence."""
    folder = tmp_path_factory.mktemp("hard")
    rows = [
        client_row(asiakasnumero=f"A{number}", etunimet=name)
        for number, name in enumerate(["Aino", "Väinö Åke", "Щ", "Eeva-Liisa", "Ukko"], 1)
    ]
    assert len(rows) == FULL
    write_export(folder / "export.csv", rows)
    write_coaches(folder / "coaches.csv")
    (folder / "own").mkdir()
    ours = (REPOSITORY / "templates/letters/transfer.fi.html").read_text("utf-8")
    (folder / "own/transfer.fi.html").write_text(ours + SENTENCE, encoding="utf-8")
    return folder


def run(kuntactl: RunCli, case: Path, out: Path, *words: object) -> tuple[Ended, dict[str, Any]]:
    """Run the export; return how it ended, and run.json."""
    ended = kuntactl(
        *("run", case / "export.csv", "--coaches", case / "coaches.csv", "--on", "2021-03-01"),
        *("--out", out, "--workers", 1, *words),
    )
    assert ended.code == 0, ended.err
    facts: dict[str, Any] = json.loads((out / "run.json").read_text("utf-8"))
    return ended, facts


def pdfs(out: Path) -> Mapping[str, bytes]:
    """Return the letters and the print runs, by their place."""
    files = {path.relative_to(out).as_posix(): path for path in (out / "porvoo").rglob("*.pdf")}
    return {name: path.read_bytes() for name, path in files.items()}


def test_what_cannot_be_stamped_is_counted_told_once_and_looks_the_same(
    kuntactl: RunCli, case: Path, tmp_path: Path
) -> None:
    """Nobody waits without knowing why, and nobody sees on paper how a letter was made."""
    templates = ("--templates", case / "own")

    refused, facts = run(kuntactl, case, tmp_path / "one", *templates)
    whole, facts_of_whole = run(kuntactl, case, tmp_path / "two", *templates, "--engine", "whole")

    assert facts["engine"] == {"stamped": 0, "whole": FULL}
    assert facts_of_whole["engine"] == {"stamped": 0, "whole": FULL}
    said = [line for line in refused.err.splitlines() if "f.coach_name" in line]
    assert len(said) == 1
    assert '<p class="own">: f.coach_name stands in text of several lines' in said[0]
    assert "f.coach_name" not in whole.err
    one, two = pdfs(tmp_path / "one"), pdfs(tmp_path / "two")
    assert one.keys() == two.keys()
    assert len(one) == FULL + 1
    assert all(looks_the_same(one[name], two[name]) for name in one)


def test_what_can_be_stamped_is(kuntactl: RunCli, case: Path, tmp_path: Path) -> None:
    """With our own template all but the name in Cyrillic are stamped, and nothing is said."""
    ended, facts = run(kuntactl, case, tmp_path / "out")

    assert facts["engine"] == {"stamped": FULL - 1, "whole": 1}
    assert "laid out" not in ended.err
