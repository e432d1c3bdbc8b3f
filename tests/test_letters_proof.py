"""The extremes of a run are signed off first, and only what was signed off is written."""

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pikepdf
import polars as pl
import pytest
from builders import client_row
from client_frames import clients
from conftest import Ended, RunCli
from letters_due import due_for, facts_for
from night_exports import FIRST_NIGHT, NEWCOMER, write_coaches, write_export
from read_aloud import syntax_of

from kuntactl.letters.extremes import EXTREMES, MOST_OF_A_SORT, extremes_of
from kuntactl.letters.plan import plan
from kuntactl.letters.release import release_hash
from kuntactl.typeset.written import page_texts

ROWS = (*FIRST_NIGHT, NEWCOMER)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory, kuntactl_of_module: RunCli) -> Path:
    """An export, its coaches, and in ``out`` the proof of their run."""
    folder = tmp_path_factory.mktemp("proof")
    write_export(folder / "export.csv", ROWS)
    write_coaches(folder / "coaches.csv")
    ended = command(kuntactl_of_module, folder, "letters", "proof")
    assert ended.code == 0
    return folder


def command(kuntactl: RunCli, folder: Path, *words: object, **changes: Any) -> Ended:
    """Run or proof the export of the folder."""
    return kuntactl(
        *words,
        changes.get("export", folder / "export.csv"),
        *("--coaches", folder / "coaches.csv", "--on", "2021-03-01", "--workers", 1),
        *("--out", changes.get("out", folder / "out")),
    )


def facts_of(folder: Path) -> dict[str, Any]:
    """Return what proof.json says."""
    facts: dict[str, Any] = json.loads((folder / "out/proof.json").read_text("utf-8"))
    return facts


def test_the_proof_is_a_pack_with_a_list_and_a_hash(case: Path) -> None:
    """Whoever signs it off sees each letter, and why it is there."""
    text = (case / "out/proof.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    pages = page_texts((case / "out/proof.pdf").read_bytes())

    assert {path.name for path in (case / "out").iterdir()} == {
        "proof.csv",
        "proof.json",
        "proof.pdf",
    }
    assert sum(int(row["pages"]) for row in rows) == len(pages)
    for row in rows:
        assert row["letter_id"] in pages[int(row["first_page"]) - 1]
        assert row["client_id"]
        assert row["why"]
    assert facts_of(case)["letters"] == {
        "due": 7,
        "written": 5,
        "protected": 1,
        "undeliverable": 1,
    }
    assert facts_of(case)["in_proof"] == len(rows)
    assert (case / "out/proof.pdf").stat().st_mode & 0o777 == 0o600


def test_the_proof_is_sound_and_claims_no_more_than_it_is(case: Path) -> None:
    """It is looked at and printed; the letters themselves are the ones with tags."""
    assert syntax_of((case / "out/proof.pdf").read_bytes()) == []
    with pikepdf.open(case / "out/proof.pdf") as pdf:
        assert "/MarkInfo" not in pdf.Root
        assert "/Metadata" not in pdf.Root


def test_nobody_under_non_disclosure_is_in_the_proof(case: Path) -> None:
    """The pack goes round by mail and lies on desks."""
    pack = " ".join(page_texts((case / "out/proof.pdf").read_bytes()))
    lists = "".join((case / f"out/proof.{kind}").read_text("utf-8") for kind in ("csv", "json"))

    assert "A5" not in lists
    assert not any(word in pack + lists for word in ("PL 12", "Salapolku", "06101"))


def test_the_proof_changes_nothing(case: Path) -> None:
    """It may be made as often as one likes: no register, no letter, no list."""
    assert not (case / "out/register.db").exists()
    assert not (case / "out/porvoo").exists()


def test_the_same_run_has_the_same_proof(kuntactl: RunCli, case: Path, tmp_path: Path) -> None:
    """The hash is of what is printed, not of when somebody looked at it."""
    ended = command(kuntactl, case, "letters", "proof", out=tmp_path / "out")

    assert f"release {facts_of(case)['release']}" in ended.out.splitlines()
    for name in ("proof.pdf", "proof.csv", "proof.json"):
        assert (tmp_path / "out" / name).read_bytes() == (case / "out" / name).read_bytes()


def test_what_was_approved_is_written_and_recorded(
    kuntactl: RunCli, case: Path, tmp_path: Path
) -> None:
    """Years later run.json tells which proof the letters go back to."""
    release = facts_of(case)["release"]

    ended = kuntactl(
        *("run", case / "export.csv", "--coaches", case / "coaches.csv", "--on", "2021-03-01"),
        *("--out", tmp_path, "--workers", 1, "--release", release.upper()),
    )

    assert ended.code == 20
    assert json.loads((tmp_path / "run.json").read_text("utf-8"))["released"] == release.upper()
    assert (tmp_path / "porvoo/letters/porvoo-000001.pdf").exists()


@pytest.mark.parametrize(
    "dry_run", [pytest.param((), id="run"), pytest.param(("--dry-run",), id="dry")]
)
def test_what_was_not_approved_is_not_written(
    kuntactl: RunCli, case: Path, tmp_path: Path, dry_run: tuple[str, ...]
) -> None:
    """One address was changed since: nothing is written, and nobody is remembered."""
    changed = write_export(
        tmp_path / "export.csv", (client_row(lahiosoite="Toinenkatu 1"), *ROWS[1:])
    )
    out = tmp_path / "out"

    ended = kuntactl(
        *("run", changed, "--coaches", case / "coaches.csv", "--on", "2021-03-01"),
        *("--out", out, "--workers", 1, "--release", facts_of(case)["release"], *dry_run),
    )

    assert ended.code == 13
    assert "error: the letters are not those of the proof that was approved" in ended.err
    assert not out.exists()


def test_a_dry_run_of_the_proof_writes_nothing(
    kuntactl: RunCli, case: Path, tmp_path: Path
) -> None:
    """--dry-run writes nothing, here as elsewhere; the hash is told all the same."""
    ended = kuntactl(
        *("letters", "proof", case / "export.csv", "--coaches", case / "coaches.csv"),
        *("--on", "2021-03-01", "--out", tmp_path / "out", "--workers", 1, "--dry-run", "--json"),
    )

    assert json.loads(ended.out)["release"] == facts_of(case)["release"]
    assert not (tmp_path / "out").exists()


PEOPLE = clients(
    family_name=["Ab", "Bo", "Pitkänimi-Esimerkkilä", "Di", "Ef", "Ǥil", "Sala"],
    street=["Esimerkkikatu 1"] * 4 + ["Esimerkkilänpitkänkadunkuja 12 B 145", "Tie 1", "Tie 2"],
    address_extra=[None, "c/o Toinen Henkilö, Esimerkkilän talo", None, None, None, None, None],
    mother_tongue=["fi", "fi", "fi", "ru", "fi", "fi", "fi"],
    municipality=["638", "638", "638", "638", "638", "611", "638"],
    protected=[False] * 6 + [True],
)


def reasons(people: pl.DataFrame) -> Mapping[str, set[tuple[str, str]]]:
    """Return why each letter to these people is in the pack."""
    planned = plan(due_for(people), facts_for(people))
    return {
        letter_id.removeprefix("porvoo-00000"): {(one.code, one.detail) for one in why}
        for letter_id, why in extremes_of(planned, people).items()
    }


def test_each_extreme_has_its_letter() -> None:
    """What is furthest from the ordinary breaks first; the pack shows it."""
    found = reasons(PEOPLE)

    assert ("longest_name", "") in found["3"]
    assert ("most_lines", "5") in found["2"]
    assert ("widest_line", "") in found["5"]
    assert ("kind", "transfer fi+en") in found["4"]
    assert ("municipality", "porvoo: Pornainen") in found["6"]
    assert ("rare_letter", "Ǥ (LATIN CAPITAL LETTER G WITH STROKE)") in found["6"]
    assert "7" not in found  # under non-disclosure


def test_clients_without_a_coach_are_shown() -> None:
    """Their letter says something else."""
    planned = plan(due_for(PEOPLE), facts_for(PEOPLE, coach=None))

    codes = {reason.code for why in extremes_of(planned, PEOPLE).values() for reason in why}

    assert "no_coach" in codes
    assert "longest_coach" not in codes


def test_the_pack_stays_small() -> None:
    """Three thousand ordinary letters add nothing to look at."""
    people = clients(family_name=["Esimerkki"] * 500)

    assert len(reasons(people)) == 1
    assert MOST_OF_A_SORT < 100


def test_every_extreme_is_told_in_each_language() -> None:
    """The list speaks the language of the run."""
    for extreme in EXTREMES.values():
        assert all((extreme.words.fi, extreme.words.sv, extreme.words.en))


def test_any_difference_makes_another_hash(tmp_path: Path) -> None:
    """A value, a template, an option: what is printed would not be what was signed off."""
    own, changed = tmp_path / "own", tmp_path / "changed"
    for folder, text in ((own, "a"), (changed, "b")):
        folder.mkdir()
        (folder / "letter.css").write_text(f"/* {text} */")
    planned = plan(due_for(PEOPLE), facts_for(PEOPLE))
    mended = PEOPLE.with_columns(street=pl.lit("Toinenkatu 2"))

    hashes = [
        release_hash(planned, templates=None, printing={}),
        release_hash(planned, templates=own, printing={}),
        release_hash(planned, templates=changed, printing={}),
        release_hash(planned, templates=None, printing={"engine": "whole"}),
        release_hash(plan(due_for(mended), facts_for(mended)), templates=None, printing={}),
    ]

    assert len(set(hashes)) == len(hashes)
    assert hashes[0] == release_hash(planned, templates=None, printing={})
