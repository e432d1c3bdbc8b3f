"""What is sealed with age leaves memory only as ciphertext, and everything still works."""

import csv
import io
import json
import os
import shutil
from pathlib import Path, PurePosixPath

import pyrage
import pytest
from builders import client_row
from conftest import RunCli
from night_exports import write_coaches, write_export

from kuntactl.files.sealing import SealingSink, SealOrder
from kuntactl.files.staging import DryStaging
from kuntactl.typeset.written import page_texts

OWNER, STRANGER = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
RECIPIENT = str(OWNER.to_public())
PACKAGE = "porvoo/protected/porvoo-1.tar.age"
STREET = "Salakatu 77"


def identity_file(folder: Path, identity: pyrage.x25519.Identity = OWNER) -> Path:
    """Write an identity as age-keygen does."""
    path = folder / "key.txt"
    path.write_text(f"# created: 2021-03-01\n{identity}\n")
    path.chmod(0o600)
    return path


def words(here: Path, *more: object) -> tuple[object, ...]:
    """Return the words of a run."""
    places = ("--coaches", here / "coaches.csv", "--out", here / "out")
    return ("run", here / "export.csv", *places, "--on", "2021-03-01", "--workers", 1, *more)


def write_inputs(here: Path) -> None:
    """Write an export with two protected clients and one other, and coaches."""
    write_coaches(here / "coaches.csv")
    secret = {"turvakielto": "K", "yhteysosoite": "PL 12, 06101 PORVOO", "lahiosoite": STREET}
    rows = [
        client_row(asiakasnumero="A1", **secret),
        client_row(asiakasnumero="A2"),
        client_row(asiakasnumero="A3", **secret),
    ]
    write_export(here / "export.csv", rows)


@pytest.fixture(scope="module")
def sealed_run(tmp_path_factory: pytest.TempPathFactory, kuntactl_of_module: RunCli) -> Path:
    """A folder where everything was sealed for one receiver."""
    here = tmp_path_factory.mktemp("sealed")
    write_inputs(here)
    ended = kuntactl_of_module(*words(here, "--recipient", RECIPIENT, "--seal-all"))
    assert ended.code == 0
    return here


@pytest.fixture
def here(sealed_run: Path, tmp_path: Path) -> Path:
    """A copy of that folder, to change."""
    shutil.copytree(sealed_run, tmp_path / "work")
    return tmp_path / "work"


def letters(here: Path) -> list[dict[str, str]]:
    """Return the lines of letters.csv."""
    text = (here / "out/porvoo/letters.csv").read_text("utf-8-sig")
    return [*csv.DictReader(io.StringIO(text), delimiter=";")]


def test_no_clear_letter_or_workbook_is_written(sealed_run: Path) -> None:
    """The disk, its copies and its wastebasket hold ciphertext only."""
    files = [path for path in (sealed_run / "out").rglob("*") if path.is_file()]
    private = [
        path
        for path in files
        if path.parent.name in {"letters", "protected", "print", "coaches"}
        and not path.name.startswith("job-ticket")
    ]

    assert {path.parent.name for path in private} == {"letters", "protected", "print", "coaches"}
    for path in private:
        assert path.name.endswith(".age")
        assert path.read_bytes().startswith(b"age-encryption.org/v1\n")
    assert [path.name for path in private if path.parent.name == "protected"] == [
        "porvoo-1.tar.age"
    ]


def test_nothing_clear_reaches_the_staging_folder() -> None:
    """Even a file that is removed at once can be read from the disk by who looks for it."""
    seen: list[bytes] = []

    class Watched(DryStaging):
        def put(self, path: PurePosixPath, content: bytes) -> None:
            seen.append(content)
            super().put(path, content)

    order = SealOrder(recipients=(RECIPIENT,), everything=True)
    sink = SealingSink(inner=Watched(Path("out")), order=order, areas={}, run=7)
    for path in ("a/protected/a-1.pdf", "a/letters/a-2.pdf", "a/coaches/V1.xlsx", "a/print/p.pdf"):
        sink.put(PurePosixPath(path), b"Aino Esimerkki")
    assert sink.planned == tuple(
        f"a/{name}.age"
        for name in ("coaches/V1.xlsx", "letters/a-2.pdf", "print/p.pdf", "protected/a-7.tar")
    )
    sink.publish()

    assert len(seen) == 4
    assert not [content for content in seen if b"Aino" in content]


def test_a_coach_whose_id_is_report_is_sealed_like_others() -> None:
    """A report holds counts and stays open; a workbook of that name holds addresses."""
    order = SealOrder(recipients=(RECIPIENT,), everything=True)
    sink = SealingSink(inner=DryStaging(Path("out")), order=order, areas={}, run=7)
    clear = ("report.xlsx", "a/report.xlsx", "a/report.pdf", "public/a/report.xlsx")

    stand = [str(sink.stands_at(PurePosixPath(name))) for name in clear]
    sealed = [
        str(sink.stands_at(PurePosixPath(f"a/coaches/report{kind}"))) for kind in (".xlsx", ".ics")
    ]

    assert stand == [*clear]
    assert sealed == ["a/coaches/report.xlsx.age", "a/coaches/report.ics.age"]


def test_the_list_names_the_files_that_stand_there(sealed_run: Path) -> None:
    """A script that follows letters.csv finds each letter."""
    files = {line["client_id"]: line["file"] for line in letters(sealed_run)}

    assert files["A1"] == files["A3"] == "protected/porvoo-1.tar.age"
    assert files["A2"].endswith(".pdf.age")
    assert all((sealed_run / "out/porvoo" / file).is_file() for file in files.values())


def test_the_receiver_opens_what_was_sealed(here: Path, kuntactl: RunCli, tmp_path: Path) -> None:
    """Files open to the receiver only, whatever the umask, and the very bytes of the list."""
    key = identity_file(tmp_path)
    before = os.umask(0)
    ended = kuntactl(
        *("unseal", here / "out" / PACKAGE, here / "out/porvoo/coaches"),
        *("--identity", key, "--out", tmp_path / "clear"),
    )
    os.umask(before)

    secret = sorted((tmp_path / "clear" / "porvoo-1").iterdir())
    workbooks = [*(tmp_path / "clear").glob("*.xlsx")]
    calendars = [*(tmp_path / "clear").glob("*.ics")]
    assert (ended.code, ended.out) == (
        0,
        f"{tmp_path / 'clear'}: {len(secret) + len(workbooks) + len(calendars)} files\n",
    )
    assert workbooks
    assert len(calendars) == len(workbooks)
    assert len(secret) == 2
    for path in secret:
        assert "PL 12" in page_texts(path.read_bytes())[0]
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_stranger_opens_nothing(here: Path, kuntactl: RunCli, tmp_path: Path) -> None:
    """The key decides, and nothing is left behind."""
    key = identity_file(tmp_path, STRANGER)

    ended = kuntactl("unseal", here / "out", "--identity", key, "--out", tmp_path / "clear")

    assert ended.code == 10
    assert "was not sealed for this identity" in ended.err
    assert not (tmp_path / "clear").exists()


def test_a_changed_package_is_not_opened(here: Path, kuntactl: RunCli, tmp_path: Path) -> None:
    """Age vouches for every byte: half a letter is never handed out."""
    package = here / "out" / PACKAGE
    content = bytearray(package.read_bytes())
    content[-1] ^= 1
    package.write_bytes(content)
    key = identity_file(tmp_path)

    ended = kuntactl("unseal", package, "--identity", key, "--out", tmp_path / "clear")

    assert (ended.code, (tmp_path / "clear").exists()) == (10, False)


def test_an_identity_that_others_may_read_is_refused(
    here: Path, kuntactl: RunCli, tmp_path: Path
) -> None:
    """A key that a colleague may have copied seals nothing; it is not repeated either."""
    key = identity_file(tmp_path)
    key.chmod(0o640)

    ended = kuntactl("unseal", here / "out", "--identity", key, "--out", tmp_path / "clear")

    assert ended.code == 10
    assert "others than its owner" in ended.err
    assert "AGE-SECRET" not in ended.err


BAD = [
    (("--recipient", "age1nobody"), "number 1: is no recipient", "mistyped"),
    (("--recipient", RECIPIENT[:-1] + "q"), "number 1: is no recipient", "checksum is wrong"),
    (("--recipient", RECIPIENT, "--recipient", str(STRANGER)), "number 2: is a secret key", "key"),
    (("--seal-all",), "--seal-all needs somebody", "nobody could open it"),
]


@pytest.mark.parametrize(("more", "said", "reason"), BAD, ids=[case[2] for case in BAD])
def test_a_bad_recipient_stops_before_anything_is_written(
    more: tuple[str, ...], said: str, reason: str, tmp_path: Path, kuntactl: RunCli
) -> None:
    """A letter that nobody can open, or anybody, must not come out."""
    assert reason
    write_inputs(tmp_path)

    ended = kuntactl(*words(tmp_path, *more))

    assert ended.code == 11
    assert said in ended.err
    assert "AGE-SECRET" not in ended.err
    assert not (tmp_path / "out").exists()


def test_the_areas_own_person_opens_its_package(tmp_path: Path, kuntactl: RunCli) -> None:
    """Whoever is named in the area's file needs no option: the package is theirs."""
    write_inputs(tmp_path)
    own = tmp_path / "areas"
    own.mkdir()
    porvoo = Path("kuntactl/data/areas/porvoo.toml").read_text("utf-8")
    head, control = porvoo.split("[[control_totals]]")
    person = f'[protected]\nperson = "the head of the office"\nrecipients = ["{RECIPIENT}"]\n'
    (own / "porvoo.toml").write_text(f"{head}{person}\n[[control_totals]]{control}", "utf-8")

    ended = kuntactl(*words(tmp_path, "--areas", own))
    opened = kuntactl(
        *("unseal", tmp_path / "out" / PACKAGE, "--identity", identity_file(tmp_path)),
        *("--out", tmp_path / "clear"),
    )

    assert (ended.code, opened.code) == (0, 0)
    assert [*(tmp_path / "out/porvoo/letters").glob("*.pdf")]  # only what is protected is sealed
    assert len([*(tmp_path / "clear").rglob("*.pdf")]) == 2


def test_letters_are_verified_through_the_seal(
    here: Path, kuntactl: RunCli, tmp_path: Path
) -> None:
    """Without an identity it is said what stayed closed; with one every byte is compared."""
    closed = kuntactl("letters", "verify", here / "out")
    opened = kuntactl(
        "letters", "verify", here / "out", "--identity", identity_file(tmp_path), "--json"
    )

    assert closed.code == 0
    assert "sealed, and not looked into: 4 files; --identity FILE opens them" in closed.out
    assert opened.code == 0
    assert json.loads(opened.out)["areas"]["porvoo"] == {
        "letters": 3,
        "print_runs": 1,
        "sealed": 0,
    }


def test_the_register_is_held_against_sealed_letters(
    here: Path, kuntactl: RunCli, tmp_path: Path
) -> None:
    """What was not compared is not called good."""
    verify = ("register", "verify", "--register", here / "out/register.db", "--out", here / "out")

    closed = kuntactl(*verify)
    opened = kuntactl(*verify, "--identity", identity_file(tmp_path))

    assert closed.code == 12
    assert closed.out.count("is sealed, and was not compared: give --identity") == 3
    assert (opened.code, opened.out) == (0, "faults: 0\n")


def test_sealed_letters_are_printed_once_more(
    here: Path, kuntactl: RunCli, tmp_path: Path
) -> None:
    """A paper jam does not ask whether the file was sealed; without the key it is said."""
    again = ("letters", "reprint", "2", "--from", here / "out", "--out", tmp_path / "again.pdf")

    closed = kuntactl(*again)
    opened = kuntactl(*again, "--identity", identity_file(tmp_path))

    assert closed.code == 13
    assert "hint: open it with --identity FILE" in closed.err
    assert opened.code == 0
    assert "Esimerkkikatu" in page_texts((tmp_path / "again.pdf").read_bytes())[0]


def test_one_client_is_purged_from_a_sealed_package(
    here: Path, kuntactl: RunCli, tmp_path: Path
) -> None:
    """The letters of the others stay in the package; it is never opened on the disk."""
    purge = (
        *("purge", here / "out", "--register", here / "out/register.db", "--client", "A1"),
        *("--on", "2021-03-02"),
    )
    key = identity_file(tmp_path)

    closed = kuntactl(*purge)
    opened = kuntactl(*purge, "--identity", key, "--recipient", RECIPIENT)
    kuntactl("unseal", here / "out" / PACKAGE, "--identity", key, "--out", tmp_path / "clear")

    assert closed.code == 14
    assert "letters of others are sealed in the same package" in closed.err
    assert opened.code == 0
    assert [line["client_id"] for line in letters(here)] == ["A2", "A3"]
    assert [path.stem for path in (tmp_path / "clear").rglob("*.pdf")] == [
        letters(here)[1]["letter_id"]
    ]
    verified = kuntactl("letters", "verify", here / "out", "--identity", key)
    assert verified.code == 0


def test_a_second_run_adds_a_package_and_writes_nobody_again(here: Path, kuntactl: RunCli) -> None:
    """`protected/` only grows; each run's package is its own."""
    rows = [
        client_row(asiakasnumero=client, turvakielto="K", yhteysosoite="PL 12, 06101 PORVOO")
        for client in ("A1", "A3", "A4")
    ]
    write_export(here / "export.csv", [*rows, client_row(asiakasnumero="A2")])

    ended = kuntactl(*words(here, "--recipient", RECIPIENT, "--seal-all", "--json"))

    facts = json.loads(ended.out)["letters"]
    assert (facts["protected"], facts["already_sent"]) == (1, 3)
    assert sorted(path.name for path in (here / "out/porvoo/protected").iterdir()) == [
        "porvoo-1.tar.age",
        "porvoo-2.tar.age",
    ]


def test_the_pack_to_be_signed_off_is_sealed_with_everything(
    tmp_path: Path, kuntactl: RunCli
) -> None:
    """It shows the longest names and addresses of the run."""
    write_inputs(tmp_path)
    _, *proof = words(tmp_path, "--recipient", RECIPIENT, "--seal-all")

    ended = kuntactl("letters", "proof", *proof)
    opened = kuntactl(
        *("unseal", tmp_path / "out" / "proof.pdf.age"),
        *("--identity", identity_file(tmp_path), "--out", tmp_path / "clear"),
    )

    assert ended.code == 0
    assert f"see {tmp_path / 'out' / 'proof.pdf.age'}" in ended.out
    assert not (tmp_path / "out" / "proof.pdf").exists()
    assert opened.code == 0
    assert "Esimerkkikatu" in page_texts((tmp_path / "clear" / "proof.pdf").read_bytes())[0]
