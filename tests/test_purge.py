"""What need not be kept any longer goes, and its going can be proved."""

import csv
import json
import shutil
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest
from area_lists import lines as lines_of
from builders import client_row
from conftest import SAMPLES, RunCli
from kills import KilledError, steps_of
from night_exports import write_coaches, write_export
from register_nights import PORVOO, run_night

from kuntactl.cli.main import main
from kuntactl.domain.keeping import is_over, keeping_times
from kuntactl.register.store import open_register

AREA = "raasepori-hanko"


@pytest.fixture(scope="module")
def run_folder(kuntactl_of_module: RunCli, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of one finished run, to be copied."""
    folder = tmp_path_factory.mktemp("finished")
    kuntactl_of_module(
        *("run", SAMPLES / "uusimaa-2021-03-01.csv", "--on", "2021-03-01", "--area", AREA),
        *("--coaches", SAMPLES / "coaches-2021.csv", "--out", folder),
    )
    return folder


@pytest.fixture
def folder(run_folder: Path, tmp_path: Path) -> Path:
    """Return a copy of the run's folder, which the test may spoil."""
    return Path(shutil.copytree(run_folder, tmp_path / "run"))


def letters(folder: Path) -> list[dict[str, str]]:
    """Return the lines of the area's letters.csv."""
    with (folder / AREA / "letters.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def words(folder: Path, *more: object) -> tuple[object, ...]:
    """Return the purge command for the folder."""
    return ("purge", folder, "--register", folder / "register.db", "--json", *more)


def test_letters_go_when_their_time_is_over(folder: Path, kuntactl: RunCli) -> None:
    """The day before the keeping time ends everything stands; a day later nothing does."""
    files = {path: path.read_bytes() for path in folder.glob(f"{AREA}/letters/*.pdf")}

    early = json.loads(kuntactl(*words(folder, "--before", "2023-03-01")).out)
    kept = [path.exists() for path in files]
    late = json.loads(kuntactl(*words(folder, "--before", "2023-03-02")).out)

    assert "letters" not in early["removed"]
    assert all(kept)
    assert late["letters"] == len(files)
    assert not list(folder.glob(f"{AREA}/*/*.pdf"))
    assert letters(folder) == []


def test_the_receipt_proves_what_went(folder: Path, kuntactl: RunCli) -> None:
    """A count and a hash over the files: whoever has a copy can show that it is one of them."""
    gone = sorted([*folder.glob(f"{AREA}/letters/*.pdf"), *folder.glob(f"{AREA}/print/*")])
    lines = sorted(
        f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder)}" for path in gone
    )

    kuntactl(*words(folder, "--before", "2023-03-02", "--on", "2023-03-02"))

    (receipt,) = json.loads((folder / "purged.json").read_text("utf-8"))
    assert receipt["on"] == "2023-03-02"
    assert receipt["removed"]["letters"] == {
        "files": len(gone),
        "sha256": sha256("\n".join(lines).encode()).hexdigest(),
    }
    kuntactl("register", "export", "--register", folder / "register.db", "-o", folder / "x")
    with (folder / "x" / "event.csv").open(encoding="utf-8-sig", newline="") as file:
        (event,) = [row for row in csv.DictReader(file, delimiter=";") if row["kind"] == "purged"]
    assert json.loads(event["facts"]) == receipt


def test_lists_go_before_letters(folder: Path, kuntactl: RunCli) -> None:
    """Each kind has its own time; the numbers of a run, which name nobody, stay."""
    kuntactl(*words(folder, "--before", "2021-09-02"))

    left = {path.name for path in folder.rglob("*") if path.is_file()}
    assert left >= {"run.json", "report.html", "letters.csv", f"{AREA}-000001.pdf"}
    lists = {name for name in left if name.endswith((".parquet", ".xlsx", ".ics"))}
    assert lists == {"report.xlsx"}  # counts, as in report.html
    tables = {name for name in left if name.endswith(".csv")}
    assert tables == {"letters.csv", "job-ticket-1.csv"}  # the ticket names nobody


def test_a_workbook_of_a_coach_called_report_goes(folder: Path, kuntactl: RunCli) -> None:
    """Names and addresses do not outlive their time because of a coach's id."""
    workbook = next(folder.glob(f"{AREA}/coaches/*.xlsx"))
    workbook = workbook.rename(workbook.with_name("report.xlsx"))

    kuntactl(*words(folder, "--before", "2021-09-02"))

    assert not workbook.exists()
    assert (folder / AREA / "report.xlsx").exists()


@pytest.mark.parametrize("more", [("--before", "2021-09-02"), ("--client", "330000001")])
def test_a_proof_goes_with_the_lists(
    folder: Path, kuntactl: RunCli, more: tuple[str, str]
) -> None:
    """The pack that was signed off shows the longest names and addresses of the run."""
    (folder / "proof.pdf").write_bytes(b"%PDF-1.7 letters of the extremes")

    kuntactl(*words(folder, *more))

    assert not (folder / "proof.pdf").exists()


def test_a_letter_of_a_later_run_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kuntactl: RunCli
) -> None:
    """Who had no address at first was written to later, and that letter's time is not over."""
    monkeypatch.chdir(tmp_path)
    write_coaches(tmp_path / "coaches.csv")
    night = ("run", "e.csv", "--coaches", "coaches.csv", "--out", "out", "--workers", 1)
    rows = [client_row(asiakasnumero="A1"), client_row(asiakasnumero="A2", lahiosoite="")]
    write_export(tmp_path / "e.csv", rows)
    assert kuntactl(*night, "--on", "2021-03-01").code == 20
    write_export(tmp_path / "e.csv", [rows[0], client_row(asiakasnumero="A2")])
    assert kuntactl(*night, "--on", "2021-06-01").code == 0
    register = ("--register", "out/register.db")

    assert kuntactl("purge", "out", *register, "--before", "2023-03-02").code == 0

    stays = [
        (line["client_id"], line["run"])
        for line in lines_of(tmp_path / "out", "letters.csv", PORVOO)
    ]
    assert stays == [("A2", "2")]
    left = {path.name for path in (tmp_path / "out" / "porvoo").glob("*/*")}
    assert "porvoo-000002.pdf" in left
    tickets = {path.stem for path in tmp_path.glob("out/porvoo/print/job-ticket-*")}
    assert tickets == {"job-ticket-2"}  # with the last print run of the first one its ticket went
    assert kuntactl("letters", "verify", "out").code == 0
    assert kuntactl("register", "verify", *register, "--out", "out").code == 0


def test_another_keeping_time_can_be_set(folder: Path, kuntactl: RunCli) -> None:
    """The area's own plan for keeping data goes before our assumption."""
    kuntactl(*words(folder, "--before", "2021-09-02", "--keep", "lists=12", "--keep", "letters=1"))

    assert (folder / "decisions.parquet").exists()
    assert not list(folder.glob(f"{AREA}/letters/*.pdf"))


def test_everything_of_one_client_goes(folder: Path, kuntactl: RunCli) -> None:
    """Their letter, the print run that holds it, their lines; nobody else's letter."""
    one, *others = letters(folder)

    receipt = json.loads(kuntactl(*words(folder, "--client", one["client_id"])).out)

    assert receipt["letters"] == 1
    assert [line["letter_id"] for line in letters(folder)] == [
        line["letter_id"] for line in others
    ]
    assert not (folder / AREA / one["file"]).exists()
    assert not (folder / AREA / "print" / one["bundle"]).exists()
    assert all((folder / AREA / line["file"]).exists() for line in others if line["file"])
    for path in folder.rglob("*.csv"):
        assert one["client_id"] not in path.read_text("utf-8-sig"), path.name
    decisions = pl.read_parquet(folder / "decisions.parquet")
    assert one["client_id"] not in decisions["client_id"].to_list()
    left = {path.name for path in folder.rglob("*") if path.suffix in {".xlsx", ".ics"}}
    assert left == {"report.xlsx"}  # counts, as in report.html
    assert kuntactl("letters", "verify", folder).code == 0


def test_what_was_purged_is_not_missed(folder: Path, kuntactl: RunCli) -> None:
    """The register knows that the files went; a file that is lost otherwise is still found."""
    verify = ("register", "verify", "--register", folder / "register.db", "--out", folder)
    kuntactl(*words(folder, "--client", letters(folder)[0]["client_id"]))
    after_purge = kuntactl(*verify)
    lost = folder / AREA / letters(folder)[0]["file"]
    lost.unlink()

    after_loss = kuntactl(*verify)

    assert after_purge.code == 0
    assert after_loss.code == 12
    assert f"file {lost.name}: is missing" in after_loss.out


def test_nobody_is_written_to_again(folder: Path, kuntactl: RunCli) -> None:
    """A letter that was purged was sent all the same."""
    kuntactl(*words(folder, "--before", "2023-03-02", "--on", "2021-03-01"))

    kuntactl(
        *("run", SAMPLES / "uusimaa-2021-03-01.csv", "--on", "2021-03-01", "--area", AREA),
        *("--coaches", SAMPLES / "coaches-2021.csv", "--out", folder),
    )

    facts = json.loads((folder / "run.json").read_text("utf-8"))["letters"]
    assert facts["written"] == 0
    assert facts["already_sent"] > 0


def test_a_dry_run_removes_nothing(folder: Path, kuntactl: RunCli) -> None:
    """What would go is said, and stays."""
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    said = kuntactl(*words(folder, "--before", "2023-03-02", "--dry-run"))

    assert json.loads(said.out)["removed"]["letters"]["files"] > 0
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_letters_of_another_register_stay(folder: Path, kuntactl: RunCli, tmp_path: Path) -> None:
    """Whose day is not known, whose time cannot be over."""
    said = kuntactl("purge", folder, "--register", tmp_path / "other.db", "--before", "2033-03-02")

    assert said.code == 14
    assert "is not in this register" in said.err
    assert list(folder.glob(f"{AREA}/letters/*.pdf"))


# words, what is said, why
MISTAKES = [
    ((), "one of --before DATE and --client CLIENT", "nothing to go by"),
    (("--before", "2023-03-02", "--keep", "letters"), "no KIND=MONTHS", "no number of months"),
    (("--before", "2023-03-02", "--keep", "faxes=1"), "kinds are letters", "no such kind"),
]


@pytest.mark.parametrize(("more", "said", "why"), MISTAKES, ids=[case[2] for case in MISTAKES])
def test_a_mistake_is_named(
    folder: Path, kuntactl: RunCli, more: tuple[str, ...], said: str, why: str
) -> None:
    """Deleting on a guess cannot be undone."""
    ended = kuntactl(*words(folder, *more))

    assert (ended.code, said in ended.err) == (2, True), why


def test_a_register_with_members_is_not_deleted(
    register: str, kuntactl: RunCli, tmp_path: Path
) -> None:
    """While somebody is a member the register decides who gets a letter."""
    run_night(register, ("A1", PORVOO, "eligible"))

    said = kuntactl(
        *("register", "delete", "--register", register, "--before", "2040-01-01"),
        *("--receipt", tmp_path / "receipt.json"),
    )

    assert said.code == 12
    assert "1 client is a member" in said.err
    assert not (tmp_path / "receipt.json").exists()


def test_a_closed_register_goes_whole_with_a_receipt(
    register: str, kuntactl: RunCli, tmp_path: Path
) -> None:
    """Client numbers are personal data too: after their time not even the register stays."""
    run_night(register, ("A1", PORVOO, "eligible"))
    run_night(register, ("A1", None, "outside"), number=1)  # 2.3.2021: nobody is left
    order = ("register", "delete", "--register", register, "--receipt", tmp_path / "receipt.json")

    early = kuntactl(*order, "--before", "2023-03-02")
    late = kuntactl(*order, "--before", "2023-03-03")

    assert (early.code, "is kept 24 months" in early.err) == (12, True)
    assert late.code == 0
    receipt = json.loads((tmp_path / "receipt.json").read_text("utf-8"))
    assert receipt["rows"]["run"] == 2
    assert len(receipt["last_hash"]) == 64
    assert kuntactl("register", "show", "--register", register).code == 12
    assert [path.name for path in tmp_path.rglob("*") if "register.db" in path.name] == []
    with open_register(register) as opened:
        assert opened.is_new


def test_a_purge_does_not_make_a_register_stay(
    register: str, kuntactl: RunCli, tmp_path: Path
) -> None:
    """Letting go of letters on the day before must not start the register's own time again."""
    run_night(register, ("A1", PORVOO, "eligible"))
    run_night(register, ("A1", None, "outside"), number=1)  # 2.3.2021: nobody is left
    with open_register(register) as opened:
        opened.begin_run(on=date(2023, 3, 2), version="0.1.0", inputs=[])
        opened.remember_purge({"removed": {}}, client_id=None)
        opened.commit()
    order = ("register", "delete", "--register", register, "--receipt", tmp_path / "receipt.json")

    assert kuntactl(*order, "--before", "2023-03-03").code == 0


def test_a_deletion_that_was_killed_is_completed(kuntactl: RunCli, tmp_path: Path) -> None:
    """The receipt is there before the register goes: the same order must not trip over it."""
    left = tmp_path / "left.db"
    run_night(left, ("A1", PORVOO, "eligible"))
    run_night(left, ("A1", None, "outside"), number=1)
    calm, steps = _deletion(tmp_path / "calm", left, last=None)
    assert len(steps) > 4

    for last in range(len(steps)):
        place = tmp_path / f"killed-{last}"
        _deletion(place, left, last=last)

        again = kuntactl(*_delete(place))

        assert again.code == 0, steps[last]
        assert [path.name for path in place.iterdir()] == ["receipt.json"], steps[last]
        receipt = json.loads((place / "receipt.json").read_text("utf-8"))
        assert receipt | {"register": ""} == calm | {"register": ""}


def _delete(folder: Path) -> tuple[str, ...]:
    order = ("register", "delete", "--register", f"{folder}/register.db", "--before", "2023-03-03")
    return (*order, "--receipt", f"{folder}/receipt.json")


def _deletion(
    folder: Path, register: Path, *, last: int | None
) -> tuple[dict[str, object], list[str]]:
    """Delete a copy of the register, or die after so many steps; return receipt and steps."""
    folder.mkdir()
    shutil.copy(register, folder / "register.db")
    with steps_of(folder, last=last) as steps, suppress(KilledError), pytest.raises(SystemExit):
        main([*_delete(folder)])
    receipt = folder / "receipt.json"
    return (json.loads(receipt.read_text("utf-8")) if receipt.exists() else {}), steps.done


def test_a_receipt_of_something_else_is_left_alone(kuntactl: RunCli, tmp_path: Path) -> None:
    """The receipt is all that is left of a register: no other one takes its place."""
    receipt = tmp_path / "receipt.json"
    receipt.write_text('{"register": "other.db"}', "utf-8")
    order = ("register", "delete", "--register", tmp_path / "register.db")

    missing = kuntactl(*order, "--before", "2023-03-03", "--receipt", tmp_path / "none.json")
    no_register = kuntactl(*order, "--before", "2023-03-03", "--receipt", receipt)
    run_night(tmp_path / "register.db", ("A1", PORVOO, "not_eligible"))
    taken = kuntactl(*order, "--before", "2023-03-03", "--receipt", receipt)

    assert (missing.code, no_register.code, taken.code) == (12, 14, 14)
    assert receipt.read_text("utf-8") == '{"register": "other.db"}'
    assert (tmp_path / "register.db").exists()


# written, months, before, over, why
TIMES = [
    ("2021-03-01", 24, "2023-03-01", False, "kept through its last day"),
    ("2021-03-01", 24, "2023-03-02", True, "the day after"),
    ("2021-08-31", 6, "2022-02-28", False, "February has no 31st: its last day counts"),
    ("2021-08-31", 6, "2022-03-01", True, "the day after that"),
    ("2021-12-31", 0, "2022-01-01", True, "no time at all"),
]


@pytest.mark.parametrize(
    ("written", "months", "before", "over", "why"), TIMES, ids=[case[4] for case in TIMES]
)
def test_a_keeping_time_ends_on_its_day(
    written: str, months: int, before: str, *, over: bool, why: str
) -> None:
    """A day too early destroys a proof, a day too late keeps what may not be kept."""
    ended = is_over(date.fromisoformat(written), months=months, before=date.fromisoformat(before))

    assert ended is over, why


def test_every_kind_has_a_time() -> None:
    """A kind without a time would be kept for ever."""
    assert set(keeping_times()) == {"letters", "lists", "workbooks", "register"}
