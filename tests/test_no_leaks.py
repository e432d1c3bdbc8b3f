"""What hides a protected client stays in `protected/`, whatever command wrote the file."""

import json
import re
import zipfile
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import openpyxl
import pikepdf
import polars as pl
import pytest
from builders import client_row
from conftest import RunCli
from night_exports import write_coaches, write_export

from kuntactl.cli.log import FORMATS
from kuntactl.typeset.written import page_texts

MANY = 50
AREA = "salo-marttila-koski"
PUBLIC_HOME, SECRET_HOME = "734", "284"  # Salo; Koski Tl, where only protected clients live
COACHES = [
    {"valmentaja_id": "s1", "nimi": "Saara Salolainen", "alue": AREA},
    {"valmentaja_id": "s2", "nimi": "Sami Salolainen", "alue": AREA},
]


def secrets(number: int) -> dict[str, str]:
    """Return what must not be found of a protected client, by column."""
    found = {
        "lahiosoite": f"Salapolku{number:02}q 7",
        "postinumero": "31500",
        "postitoimipaikka": f"SALALA{chr(65 + number // 26)}{chr(65 + number % 26)}Q",
        "osoitelisa": f"c/o Piilottaja{number:02}q",
        "sahkoposti": f"piilo{number:02}q@example.fi",
        "puhelin": f"045 70{number:02} 7{number:02}",
    }
    if number % 2:  # the others are handed their letter
        found["yhteysosoite"] = f"PL 77{number:02}Q, 24101 SALO"
    return found


# What nothing but a letter, a list and a workbook may say of anybody.
NAMED = {"sukunimi": "Kanarialintu", "etunimet": "Kulta Keltasirkku"}
NAMES = ("Kanarialintu", "Keltasirkku", "010695", "@example.fi", "Esimerkkikatu")

CANARIES = sorted(
    {
        word
        for number in range(MANY)
        for value in secrets(number).values()
        for word in (value, value.split(",")[0])
        if word != "31500"
    }
)


def seen_in(path: Path) -> Iterator[bytes]:
    """Yield all that can be read in a file: its bytes, and what is packed in them."""
    content = path.read_bytes()
    yield content
    if content.startswith(b"%PDF"):
        yield from (text.encode() for text in page_texts(content))
        with pikepdf.open(path) as pdf:
            for one in pdf.objects:
                if isinstance(one, pikepdf.Stream):
                    yield one.read_raw_bytes()
                    if one.get("/Filter") in (None, pikepdf.Name.FlateDecode):
                        yield one.read_bytes()
                yield str(one).encode()
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as parts:
            yield from (parts.read(name) for name in parts.namelist())
    elif content.startswith(b"PAR1"):
        yield json.dumps(
            pl.read_parquet(path).to_dicts(), default=str, ensure_ascii=False
        ).encode()


def texts_of(report: Path) -> list[str]:
    """Return what a person reads in a report, part by part."""
    if report.suffix == ".pdf":
        return list(page_texts(report.read_bytes()))
    if report.suffix == ".xlsx":
        sheets = openpyxl.load_workbook(report).worksheets
        return [
            " ".join(str(value) for value in row if value is not None)
            for sheet in sheets
            for row in sheet.values
        ]
    page = re.sub(r"(?s)<style.*?</style>", " ", report.read_text("utf-8"))
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))]


def leaks(content: bytes) -> list[str]:
    """Return the canaries found in it, in any way of writing text."""
    return [
        word
        for word in CANARIES
        if any(word.encode(code) in content for code in ("utf-8", "utf-16-le", "utf-16-be"))
    ]


@pytest.fixture(scope="module")
def told(
    tmp_path_factory: pytest.TempPathFactory, heard_kuntactl: RunCli
) -> tuple[Path, dict[str, str]]:
    """A folder in which every command has written, and what each has said, every step logged."""
    here = tmp_path_factory.mktemp("leaks")
    write_coaches(here / "coaches.csv", COACHES)
    hidden = [
        client_row(asiakasnumero=f"P{number}", kotikunta=SECRET_HOME, turvakielto="K")
        | secrets(number)
        for number in range(MANY)
    ]
    faulty = client_row(asiakasnumero="X1", kotikunta="999", turvakielto="K") | secrets(1)
    unknown = client_row(asiakasnumero="X2", kotikunta=SECRET_HOME, turvakielto="K")
    unknown |= secrets(2) | {"etuus": "99", "puhelin": "\x01" + secrets(2)["puhelin"]}
    public = [client_row(asiakasnumero=f"A{number}", kotikunta=PUBLIC_HOME) for number in range(4)]
    rows = [*hidden, *public, faulty, unknown]
    write_export(here / "export.csv", [row | NAMED for row in rows])
    out, export = here / "out", here / "export.csv"
    coaches = ("--coaches", here / "coaches.csv")
    desk = ("--out", out, "--workers", 1)
    register = ("--register", out / "register.db")
    day, later = ("--on", "2021-06-02"), ("--on", "2025-01-02")
    commands = {
        "check": ("check", export, *day, "--out", here / "check"),
        "decide": ("decide", export, *day, "--area", AREA, "--out", here / "decide"),
        "assign": ("assign", export, *coaches, *day, "--area", AREA, "--out", here / "assign"),
        "proof": ("letters", "proof", export, *coaches, *day, "--area", AREA, *desk),
        "run": ("run", export, *coaches, *day, "--area", AREA, *desk),
        "again": (
            *("run", export, *coaches, *day, "--area", AREA, *desk),
            *("--json", "--lang", "en", "--pdf", "--public"),
        ),
        "explain": ("explain", "P1", export, *day),
        "return": ("return", "P3", export, "--reason", "safety", *day, *desk),
        "preview": ("letters", "preview", "--area", AREA, "-o", here / "preview.pdf"),
        "reprint": ("letters", "reprint", "1-50", "--from", out, "--out", here / "again.pdf"),
        "verify": ("letters", "verify", out),
        "members": ("register", "members", *register, *day),
        "history": ("register", "history", "P1", *register),
        "show": ("register", "show", *register),
        "show run": ("register", "show", "1", *register, "--json"),
        "log": ("register", "log", *register),
        "log as JSON": ("register", "log", *register, "--json"),
        "audit": ("register", "verify", *register, "--out", out),
        "export": ("register", "export", *register, "-o", here / "tables"),
        "backup": ("register", "backup", here / "copy.db", *register),
        "close": ("close", AREA, export, *later, *desk),
        "bad": ("run", export, *coaches, *day, "--delimiter", "|", *desk),
    }
    said = {}
    for (name, words), form in zip(commands.items(), cycle(FORMATS), strict=False):
        ended = heard_kuntactl(*words, "--verbose", "--log-format", form)
        assert ended.code in {0, 10, 12, 20}, (name, ended.err)
        said[name] = ended.out + ended.err
    return here, said


def test_no_file_holds_what_hides_a_protected_client(told: tuple[Path, dict[str, str]]) -> None:
    """One file is enough to be found by; every byte is looked at, packed ones unpacked."""
    here, _ = told
    files = [
        path
        for path in here.rglob("*")
        if path.is_file() and path.parent.name != "protected" and path.name != "export.csv"
    ]

    kinds = {path.suffix for path in files}
    assert kinds >= {".csv", ".xlsx", ".parquet", ".db", ".json", ".html", ".pdf"}
    found = {
        path.relative_to(here).as_posix(): leaks(content)
        for path in files
        for content in seen_in(path)
        if leaks(content)
    }
    assert found == {}
    assert not [path for path in here.rglob("*") if leaks(path.name.encode())]


def test_the_letters_of_protected_clients_reach_them(told: tuple[Path, dict[str, str]]) -> None:
    """The test would see a leak: what it looks for is there, in `protected/` only."""
    here, _ = told
    letters = list((here / "out" / AREA / "protected").glob("*.pdf"))
    texts = [" ".join(page_texts(path.read_bytes())) for path in letters]

    with_contact = [number for number in range(MANY) if number % 2]
    assert len(letters) >= MANY // 2
    assert all(any(f"PL 77{number:02}Q" in text for text in texts) for number in with_contact)


def test_no_command_says_what_hides_a_protected_client(
    told: tuple[Path, dict[str, str]],
) -> None:
    """Terminals are shared, and what cron prints goes into a mail."""
    _, said = told

    assert [name for name, text in said.items() if leaks(text.encode())] == []


def test_no_message_and_no_file_name_tells_of_anybody(
    told: tuple[Path, dict[str, str]],
) -> None:
    """What is said, what `run.json` keeps for years, and names of files name no person."""
    here, said = told
    facts = {path.name: path.read_text("utf-8") for path in here.rglob("*.json")}
    files = "\n".join(path.relative_to(here).as_posix() for path in here.rglob("*"))
    register = (here / "copy.db").read_bytes().decode("latin-1")

    assert {"run.json", "proof.json"} <= facts.keys()
    texts = {**said, **facts, "names of files": files, "the register": register}
    assert [(place, name) for place, text in texts.items() for name in NAMES if name in text] == []


def test_a_report_tells_of_no_client(told: tuple[Path, dict[str, str]]) -> None:
    """Reports are open when all else is sealed; only the area's own staff reads of coaches."""
    here, _ = told
    reports = {
        f"{folder}report.{kind}": " ".join(texts_of(here / "out" / f"{folder}report.{kind}"))
        for folder in ("", f"{AREA}/", "public/", f"public/{AREA}/")
        for kind in ("html", "pdf", "xlsx")
    }

    counts = re.compile(r"Koski Tl((?: +(?:\d+|–))+)")
    homes = {name: counts.findall(text) for name, text in reports.items() if AREA in name}
    assert [name for name, seen in homes.items() if not seen] == []
    assert [seen for found in homes.values() for seen in found if seen.strip("0– ")] == []
    of_clients = [*NAMES, *(f"{lead}{number}" for lead in "AP" for number in range(MANY))]
    found = re.compile("|".join(rf"\b{re.escape(one)}\b" for one in of_clients))
    assert [name for name, text in reports.items() if found.search(text)] == []
    with_coaches = {name for name, text in reports.items() if "Saara Salolainen" in text}
    assert with_coaches == {f"{AREA}/report.{kind}" for kind in ("html", "pdf", "xlsx")}


def test_no_list_tells_where_a_protected_client_lives(told: tuple[Path, dict[str, str]]) -> None:
    """Koski has 2,000 people: the name of the town is half an address."""
    here, _ = told
    lines = [
        line
        for path in (here / "out").rglob("*.csv")
        if path.parent.name != "protected"
        for line in path.read_text("utf-8-sig").splitlines()
        if line.startswith(tuple(f"P{number};" for number in range(MANY)))
    ]
    decided = pl.read_parquet(here / "out" / "decisions.parquet")

    assert len(lines) > MANY
    assert not [line for line in lines if "Koski Tl" in line or f";{SECRET_HOME};" in line]
    assert "municipality" not in decided.columns
    register = (here / "copy.db").read_bytes()
    assert PUBLIC_HOME.encode() in register
    assert SECRET_HOME.encode() not in b"".join(
        path.read_bytes() for path in (here / "tables").glob("membership.csv")
    )
