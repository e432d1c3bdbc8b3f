"""A second change of coach or home gets its second letter, and the same export twice nothing."""

from dataclasses import dataclass
from pathlib import Path

import area_lists
import pytest
from builders import client_row
from conftest import RunCli
from night_exports import write_coaches, write_export

PORVOO, SALO = "porvoo", "salo-marttila-koski"
GROWING = ("letters.csv", "letters/*", "protected/*", "print/*")

# Porvoo's coach and the home of S1 that night; the last night is that of the third again
NIGHTS = [("p1", "734"), ("p2", "480"), ("p1", "734"), ("p1", "734")]


@dataclass(frozen=True, slots=True)
class Folder:
    """Where four nights have been, and what the last two left there."""

    out: Path
    third: dict[str, bytes]
    fourth: dict[str, bytes]


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory, kuntactl_of_module: RunCli) -> Folder:
    """A1 has another coach each night, S1 another municipality of the same area."""
    here = tmp_path_factory.mktemp("nights")
    left = []
    for day, (coach, home) in enumerate(NIGHTS, start=1):
        write_coaches(
            here / "coaches.csv",
            [
                {"valmentaja_id": coach, "nimi": "Pia Porvoolainen", "alue": PORVOO},
                {"valmentaja_id": "s1", "nimi": "Saara Salolainen", "alue": SALO},
            ],
        )
        rows = [
            client_row(asiakasnumero="A1", puhelin=f"000 {min(day, 3)}"),  # no export of before
            client_row(asiakasnumero="S1", kotikunta=home),
        ]
        write_export(here / "export.csv", rows)
        ended = kuntactl_of_module(
            *("run", here / "export.csv", "--coaches", here / "coaches.csv", "--workers", 1),
            *("--on", f"2021-03-0{day}", "--out", here / "out"),
        )
        assert ended.code == 0
        left.append(_growing(here / "out"))
    return Folder(out=here / "out", third=left[2], fourth=left[3])


def _growing(out: Path) -> dict[str, bytes]:
    found = [path for pattern in GROWING for path in sorted(out.glob(f"*/{pattern}"))]
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in found}


@pytest.mark.parametrize(
    ("area", "client", "kinds"),
    [
        (PORVOO, "A1", ["transfer", "coach", "coach"]),
        (SALO, "S1", ["transfer", "move", "move"]),
    ],
    ids=["coach", "home"],
)
def test_each_change_has_a_letter_of_its_own(
    nights: Folder, area: str, client: str, kinds: list[str]
) -> None:
    """An id belongs to an event, not to a kind: back to the first coach is news as well."""
    lines = area_lists.lines(nights.out, "letters.csv", area)
    own = [line for line in lines if line["client_id"] == client]

    assert [line["kind"] for line in own] == kinds
    assert len({line["letter_id"] for line in own}) == 3
    assert [line["run"] for line in own] == ["1", "2", "3"]
    assert all((nights.out / area / line["file"]).exists() for line in own)


def test_the_same_export_once_more_writes_nothing(nights: Folder) -> None:
    """Not a letter, not a print run, not a line, and not a byte of those there are."""
    assert nights.fourth == nights.third
