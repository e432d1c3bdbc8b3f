"""Night after night into one folder: nothing is written twice, lost or overwritten."""

import csv
import hashlib
import io
import json
from collections import Counter
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from builders import client_row
from conftest import Ended, RunCli
from letters_due import text_of
from night_exports import (
    CHANGED_NIGHT,
    CORRECTED_NIGHT,
    FIRST_NIGHT,
    write_coaches,
    write_export,
)

GROWING = ("letters", "protected", "print")  # folders of an area whose files never change


@dataclass(frozen=True, slots=True)
class Night:
    """What one night left behind."""

    ended: Ended
    facts: dict[str, Any]  # run.json
    letters: dict[str, list[dict[str, str]]]  # letters.csv of each area
    kept: dict[str, bytes]  # files of the growing folders


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all nights of this module."""
    return tmp_path_factory.mktemp("nights")


@pytest.fixture(scope="module")
def nights(folder: Path, kuntactl_of_module: RunCli) -> list[Night]:
    """Four nights: the first, the same again, a changed export, a corrected and reviewed one."""
    coaches = write_coaches(folder / "coaches.csv")
    night = partial(_night, kuntactl_of_module, folder, coaches)
    first = night(FIRST_NIGHT, "2021-03-01")
    same = night(FIRST_NIGHT, "2021-03-02")
    changed = night(CHANGED_NIGHT, "2021-03-03")
    answer_review(folder / "out" / "review.csv", client="A3", belongs="K")
    corrected = night(CORRECTED_NIGHT, "2021-03-04", "--reviewed", folder / "out" / "review.csv")
    return [first, same, changed, corrected]


def _night(
    kuntactl: RunCli,
    folder: Path,
    coaches: Path,
    rows: tuple[dict[str, str], ...],
    on: str,
    *more: object,
) -> Night:
    export = write_export(folder / "export.csv", rows)
    out = folder / "out"
    ended = kuntactl(
        "run", export, "--coaches", coaches, "--on", on, "--out", out, "--workers", 1, *more
    )
    return Night(
        ended=ended,
        facts=json.loads((out / "run.json").read_text("utf-8")),
        letters={path.parent.name: read_table(path) for path in sorted(out.glob("*/letters.csv"))},
        kept={
            path.relative_to(out).as_posix(): path.read_bytes()
            for kind in GROWING
            for path in sorted(out.glob(f"*/{kind}/*.pdf"))
        },
    )


def read_table(path: Path) -> list[dict[str, str]]:
    """Read a list as it was written."""
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))


def answer_review(path: Path, *, client: str, belongs: str) -> None:
    """Fill in one line of review.csv, as a person would."""
    rows = read_table(path)
    for row in rows:
        if row["client_id"] == client:
            row |= {"kuuluu": belongs, "kuka": "V. Virkailija", "peruste": "kassa vahvisti"}
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), "utf-8-sig")


def test_rows_and_letters_add_up_every_night(nights: list[Night]) -> None:
    """The equations of conservation hold in run.json, for the run and for each area."""
    for night in nights:
        rows, letters = night.facts["rows"], night.facts["letters"]
        decided = ("outside", "not_eligible", "review", "eligible")
        assert rows["read"] == rows["rejected"] + rows["accepted"]
        assert rows["accepted"] == sum(rows[outcome] for outcome in decided)
        assert letters["due"] == sum(letters[part] for part in letters if part != "due")
        for area in night.facts["areas"].values():
            of_area = area["rows"]
            assert of_area["accepted"] == sum(of_area[outcome] for outcome in decided[1:])


def test_what_each_night_found(nights: list[Night]) -> None:
    """The first night writes to all who belong; later ones only to those who are new."""
    found = [
        {
            **{name: night.facts["letters"][name] for name in ("written", "already_sent")},
            **{name: night.facts["letters"][name] for name in ("protected", "undeliverable")},
            **{name: night.facts[name] for name in ("joined", "stayed", "left", "moved")},
            "rejected": night.facts["rows"]["rejected"],
            "review": night.facts["rows"]["review"],
        }
        for night in nights
    ]

    names = list(found[0])
    assert [[night[name] for name in names] for night in found] == [
        # written, sent, protected, undeliverable, joined, stayed, left, moved, rejected, review
        [4, 0, 1, 1, 6, 0, 0, 0, 1, 1],
        [0, 5, 0, 1, 0, 6, 0, 0, 1, 1],
        [4, 3, 0, 1, 1, 4, 1, 1, 1, 1],
        [3, 5, 0, 0, 2, 6, 0, 0, 0, 0],
    ]


def test_run_json_tells_why_members_changed(nights: list[Night]) -> None:
    """A number that jumps is understood at a glance, also by a script."""
    names = ("joined", "stayed", "left", "moved")
    for night in nights:
        told = {name: sum(night.facts["reasons"][name].values()) for name in names}
        assert told == {name: night.facts[name] for name in names}

    changed = nights[2].facts["reasons"]
    assert changed["joined"] == {"rule": 1}
    assert changed["left"] == {"home_municipality_left_area": 1}
    assert changed["moved"] == {"to_area": 1}


def test_exit_code_tells_whether_something_new_waits(nights: list[Night]) -> None:
    """Cron mails only when a person has something new to do."""
    assert [night.ended.code for night in nights] == [20, 0, 0, 0]


def test_the_seconds_of_each_stage_are_told(nights: list[Night]) -> None:
    """Who waits for a night to end sees for what; print runs are told apart from letters."""
    seconds = nights[0].facts["seconds"]

    stages = ["ingest", "decide", "register", "assign", "letters", "print", "report"]
    assert list(seconds) == stages
    assert seconds["letters"] > 0
    assert 0 <= seconds["print"] <= seconds["letters"]  # a few letters print in no time


def test_nothing_is_overwritten_or_lost(nights: list[Night]) -> None:
    """Letters and print runs of earlier nights stay byte for byte."""
    for before, after in pairwise(nights):
        assert {name: after.kept.get(name) for name in before.kept} == before.kept


def test_the_same_export_writes_no_letter(nights: list[Night]) -> None:
    """A second run the next night finds that everybody has had their letter."""
    first, same, *_ = nights

    assert same.kept == first.kept
    assert same.letters == first.letters


def test_letters_csv_only_grows(nights: list[Night]) -> None:
    """The list of letters is the memory of the folder: each night's lines follow the old ones."""
    for before, after in pairwise(nights):
        for area, lines in before.letters.items():
            assert after.letters[area][: len(lines)] == lines


def test_each_client_has_one_letter_of_each_event(nights: list[Night]) -> None:
    """Nobody is written to twice, and nobody who belongs, moves or leaves is left out."""
    sent = [
        (line["client_id"], area, line["kind"])
        for area, lines in nights[-1].letters.items()
        for line in lines
        if line["status"] in {"written", "protected"}
    ]

    assert Counter(sent) == Counter(
        {
            ("A1", "porvoo", "transfer"): 1,
            ("A2", "porvoo", "transfer"): 1,
            ("A3", "porvoo", "transfer"): 1,
            ("A4", "porvoo", "transfer"): 1,
            ("A5", "porvoo", "transfer"): 1,
            ("A6", "porvoo", "transfer"): 1,
            ("A9", "porvoo", "transfer"): 1,
            ("A9", "porvoo", "move"): 1,
            ("A9", "salo-marttila-koski", "move"): 1,
            ("A10", "porvoo", "transfer"): 1,
            ("A10", "porvoo", "move"): 1,
            ("A11", "porvoo", "transfer"): 1,
        }
    )


def test_a_mended_address_keeps_the_letter_s_id(nights: list[Night]) -> None:
    """An undeliverable letter is one letter, whenever it can be sent at last."""
    lines = [line for line in nights[-1].letters["porvoo"] if line["client_id"] == "A6"]

    assert [line["status"] for line in lines] == ["undeliverable", "written"]
    assert len({line["letter_id"] for line in lines}) == 1


def test_a_late_letter_tells_the_day_of_joining(nights: list[Night]) -> None:
    """The services moved when the client joined, not when the address was mended at last."""
    (line,) = [
        line
        for line in nights[-1].letters["porvoo"]
        if (line["client_id"], line["status"]) == ("A6", "written")
    ]

    text = text_of(nights[-1].kept[f"porvoo/{line['file']}"])

    assert "Palvelusi siirtyvät kotikuntaasi 1.3.2021" in text
    assert "Ilmoitus" in text
    assert "4.3.2021" in text  # the letter's own date


def test_files_are_where_letters_csv_says(nights: list[Night]) -> None:
    """Each line's file is there under its hash's name, and no file is without a line."""
    last = nights[-1]
    listed = {
        f"{area}/{line['file']}": line["sha256"]
        for area, lines in last.letters.items()
        for line in lines
        if line["file"]
    }
    files = {name: content for name, content in last.kept.items() if "/print/" not in name}

    assert {name: hashlib.sha256(content).hexdigest() for name, content in files.items()} == listed


def test_protected_clients_are_in_no_print_run(nights: list[Night]) -> None:
    """Print houses are outsiders: a protected letter lies in a folder of its own."""
    lines = [line for line in nights[0].letters["porvoo"] if line["client_id"] == "A5"]

    assert [(line["status"], line["bundle"], line["file"].split("/")[0]) for line in lines] == [
        ("protected", "", "protected")
    ]


def test_a_member_keeps_the_coach_named_in_the_letter(nights: list[Night], folder: Path) -> None:
    """The split of a later night moves nobody who has been told who their coach is."""
    assert nights
    why = {
        row["client_id"]: row["why"]
        for row in read_table(folder / "out" / "porvoo" / "assignments.csv")
    }

    assert why["A1"].startswith("the same coach")


# columns that tell who somebody is or where; postal codes stand in hashes by chance
PERSONAL = (
    "henkilotunnus", "sukunimi", "etunimet", "lahiosoite", "postitoimipaikka", "osoitelisa",
    "yhteysosoite", "sahkoposti", "puhelin",
)  # fmt: skip


def test_the_register_holds_nobody_s_name_or_address(nights: list[Night], folder: Path) -> None:
    """Whoever gets hold of the register finds client numbers and dates, and no byte more."""
    assert nights
    rows = (*FIRST_NIGHT, *CHANGED_NIGHT, *CORRECTED_NIGHT)
    secrets = {row[name] for row in rows for name in PERSONAL if row.get(name)}
    parts = {part for secret in secrets for part in (secret, *secret.split()) if len(part) > 3}
    contents = [path.read_bytes() for path in (folder / "out").glob("register.db*")]

    assert len(parts) > 20
    assert b"A11" in b"".join(contents)
    for part in parts:
        found = [content for content in contents if part.encode() in content]
        assert not found, part


def test_another_office_s_export_leaves_an_area_s_lists_alone(
    tmp_path: Path, kuntactl: RunCli
) -> None:
    """Two offices' exports in turn into one folder: neither empties the other's lists."""
    coaches = write_coaches(tmp_path / "coaches.csv")
    porvoo = write_export(tmp_path / "porvoo.csv", FIRST_NIGHT[:1])
    salo = write_export(tmp_path / "salo.csv", [FIRST_NIGHT[8] | {"kotikunta": "734"}])
    run = ("run", "--coaches", coaches, "--on", "2021-03-01", "--out", tmp_path / "out")
    assert kuntactl(*run, porvoo, "--workers", 1).code == 0
    area = tmp_path / "out" / "porvoo"
    before = {path: path.read_bytes() for path in area.rglob("*") if path.is_file()}

    assert kuntactl(*run, salo, "--workers", 1).code == 0

    assert {path: path.read_bytes() for path in area.rglob("*") if path.is_file()} == before
    assert (tmp_path / "out" / "salo-marttila-koski" / "letters.csv").exists()


def test_no_reason_tells_where_a_protected_client_lives(tmp_path: Path, kuntactl: RunCli) -> None:
    """A coach who serves one municipality says so of everybody but the protected."""
    coaches = write_coaches(
        tmp_path / "coaches.csv",
        [{"valmentaja_id": "k1", "nimi": "Kaisa", "alue": "salo-marttila-koski", "kunnat": "284"}],
    )
    rows = [
        client_row(asiakasnumero="A1", kotikunta="284"),
        client_row(asiakasnumero="A2", kotikunta="284", turvakielto="K"),
    ]
    export = write_export(tmp_path / "export.csv", rows)

    kuntactl(
        *("assign", export, "--coaches", coaches, "--on", "2021-03-01"),
        *("--out", tmp_path / "out", "--lang", "fi"),
    )

    listed = read_table(tmp_path / "out" / "salo-marttila-koski" / "assignments.csv")
    why = {row["client_id"]: row["why"] for row in listed}
    assert "kotikunnassa" in why["A1"]
    assert "kotikun" not in why["A2"]


def test_answers_that_were_not_handed_in_are_not_written_over(
    tmp_path: Path, kuntactl: RunCli
) -> None:
    """What somebody typed into review.csv is work: forgetting --reviewed must not lose it."""
    coaches = write_coaches(tmp_path / "coaches.csv")
    export = write_export(tmp_path / "export.csv", FIRST_NIGHT)
    run = ("run", export, "--coaches", coaches, "--on", "2021-03-01", "--out", tmp_path / "out")
    kuntactl(*run, "--workers", 1)
    review = tmp_path / "out" / "review.csv"
    answer_review(review, client="A3", belongs="K")
    before = review.read_bytes()

    forgotten = kuntactl(*run, "--workers", 1)
    handed_in = kuntactl(*run, "--workers", 1, "--reviewed", review)

    assert forgotten.code == 10
    assert "--reviewed" in forgotten.err
    assert handed_in.code == 0
    assert before != review.read_bytes()


def test_an_answer_that_changes_nothing_is_a_warning(tmp_path: Path, kuntactl: RunCli) -> None:
    """An answer for a client who is not there is seen at the terminal and in warnings.csv."""
    export = write_export(tmp_path / "export.csv", FIRST_NIGHT)
    answers = tmp_path / "answers.csv"
    answers.write_text("client_id;kuuluu;kuka;peruste\nA99;K;V. Virkailija;puhelu\n", "utf-8")

    ended = kuntactl(
        "decide", export, "--on", "2021-03-01", "--out", tmp_path / "out", "--reviewed", answers
    )

    assert "warnings: 1, see warnings.csv" in ended.err
    (line,) = read_table(tmp_path / "out" / "warnings.csv")
    assert (line["client_id"], line["code"]) == ("A99", "answer_client_unknown")
