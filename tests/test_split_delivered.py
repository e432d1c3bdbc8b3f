"""What a split puts on the desks of coaches and their leader, from the command to the files."""

import io
import json
import zipfile
from pathlib import Path, PurePosixPath

import pytest
from builders import client_row, csv_export
from conftest import Ended, RunCli
from icalendar import Calendar

from kuntactl.domain.areas import load_areas
from kuntactl.domain.types import AreaId
from kuntactl.files.staging import staged
from kuntactl.pipeline.assignments import retire_files_of_coaches

SECRETS = ("Salainenkatu", "PL 99", "050 123", "piilo@", "kuja 7")
PEOPLE = [
    client_row(
        asiakasnumero=f"A{place:02}",
        tyonhaku_alkoi="1.2.2020",
        tyottomyys_alkoi="1.2.2022",
        syntymaaika="",
    )
    for place in range(22)
] + [
    client_row(
        asiakasnumero="A99",
        sukunimi="Suojattu",
        turvakielto="K",
        lahiosoite="Salainenkatu kuja 7",
        yhteysosoite="PL 99, 20101 TURKU",
        sahkoposti="piilo@example.org",
        puhelin="050 123 4567",
    )
]


def split(folder: Path, kuntactl: RunCli, rows: list[dict[str, str]]) -> Ended:
    """Give all these clients of Porvoo to one coach, on the first day of the five days' law."""
    folder.mkdir()
    (folder / "vienti.csv").write_bytes(csv_export(rows))
    (folder / "coaches.csv").write_text("valmentaja_id;nimi;alue\nK1;Ååke =1+1;porvoo\n", "utf-8")
    return kuntactl(
        *("assign", folder / "vienti.csv", "--coaches", folder / "coaches.csv"),
        *("--on", "2022-05-02", "--area", "porvoo", "--out", folder / "out"),
    )


def files(folder: Path) -> dict[str, bytes]:
    """Return what the coaches and their leader get."""
    area = folder / "out" / "porvoo"
    return {
        path.relative_to(area).as_posix(): path.read_bytes()
        for path in sorted(area.rglob("*"))
        if path.suffix in {".xlsx", ".ics"}
    }


@pytest.fixture(scope="module")
def delivered(
    tmp_path_factory: pytest.TempPathFactory, kuntactl_of_module: RunCli
) -> dict[str, bytes]:
    """Return the files of one split."""
    folder = tmp_path_factory.mktemp("split") / "a"
    split(folder, kuntactl_of_module, PEOPLE)
    return files(folder)


def test_leader_and_coach_get_their_files(delivered: dict[str, bytes]) -> None:
    """A workbook a coach, the days for the calendar, and one book of all loads."""
    assert set(delivered) == {"loads.xlsx", "coaches/K1.ics", "coaches/K1.xlsx"}


def test_every_new_client_stands_once_in_the_calendar(delivered: dict[str, bytes]) -> None:
    """Whoever is left out of it is forgotten."""
    entries = Calendar.from_ical(delivered["coaches/K1.ics"]).walk("VEVENT")

    assert sorted(str(entry["SUMMARY"])[-3:] for entry in entries) == sorted(
        row["asiakasnumero"] for row in PEOPLE
    )


def test_no_file_tells_where_a_protected_client_is(delivered: dict[str, bytes]) -> None:
    """No name, address, telephone or e-mail in any byte: the number tells the coach enough."""
    texts = {name: _unpacked(content) for name, content in delivered.items()}

    assert not [(name, secret) for name in texts for secret in SECRETS if secret in texts[name]]
    assert not [name for name, text in texts.items() if "Suojattu" in text]
    assert "A99" in texts["coaches/K1.xlsx"]
    assert not [name for name, text in texts.items() if "<f>" in text]


def test_any_order_of_rows_gives_the_same_bytes(
    delivered: dict[str, bytes], tmp_path: Path, kuntactl: RunCli
) -> None:
    """Whoever compares two runs sees a difference only where there is one."""
    ended = split(tmp_path / "b", kuntactl, PEOPLE[::-1])

    assert files(tmp_path / "b") == delivered
    assert (
        "warning: porvoo: 3 of 23 first contacts do not fit in time, the last one is on "
        "2022-05-10\n"
    ) in ended.err
    assert "first contacts\nplanned         23\nlate             3\n" in ended.out
    facts = json.loads((tmp_path / "b" / "out" / "run.json").read_text("utf-8"))
    assert facts["first_contacts"] == {"planned": 23, "late": 3}


def test_plan_is_a_list_too(tmp_path: Path, kuntactl: RunCli) -> None:
    """What a program is to read stands in CSV: who, with whom, when, and by when."""
    split(tmp_path / "c", kuntactl, PEOPLE[:1])

    text = (tmp_path / "c" / "out" / "porvoo" / "first_contacts.csv").read_text("utf-8-sig")
    assert text.splitlines() == [
        "client_id;coach_id;day;last_day",
        "A00;K1;2022-05-03;2022-05-09",
    ]


def test_what_an_earlier_run_made_goes_sealed_or_not(tmp_path: Path) -> None:
    """A clear workbook beside its sealed twin would make the seal worth nothing."""
    area = tmp_path / "porvoo"
    (area / "coaches").mkdir(parents=True)
    for name in ("loads.xlsx", "loads.xlsx.age", "coaches/K9.xlsx.age", "coaches/K9.ics"):
        (area / name).write_bytes(b"old")
    (area / "letters.csv").write_bytes(b"stays")

    with staged(tmp_path, dry_run=False) as sink:
        retire_files_of_coaches(sink, load_areas()[AreaId("porvoo")])
        sink.put(PurePosixPath("porvoo/loads.xlsx.age"), b"new")
        sink.publish()

    left = {path.name: path.read_bytes() for path in area.rglob("*") if path.is_file()}
    assert left == {"loads.xlsx.age": b"new", "letters.csv": b"stays"}


def _unpacked(content: bytes) -> str:
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.decode("utf-8").replace("\r\n ", "")
    archive = zipfile.ZipFile(io.BytesIO(content))
    return "\n".join(archive.read(name).decode("utf-8") for name in archive.namelist())
