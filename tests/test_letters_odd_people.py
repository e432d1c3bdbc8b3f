"""Whatever a name or an address holds, the letter is right or the client is on a list."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import polars as pl
import pytest
from builders import client_row
from client_frames import clients
from conftest import RunCli
from engines import looks_the_same
from engines import printed as print_letters
from letters_due import COACH, due_for, facts_for, words_of
from night_exports import write_coaches, write_export
from read_aloud import faults_of

from kuntactl.errors import LetterError
from kuntactl.files.staging import staged
from kuntactl.letters.address import address_lines
from kuntactl.letters.plan import plan
from kuntactl.letters.printing import Engine, Printing
from kuntactl.letters.window import ADDRESS_ZONE, QUIET_ZONE
from kuntactl.letters.write import Written, write_letters

# Of those below, laid out one by one: Pango sets their names in pieces.
WHOLE = {
    "marks that compose",  # as they do when an export is read
    "a mark that no letter composes with",
    "two scripts in one name",
    "a contact address, two scripts",
}

# changes in an ordinary client, why the letter cannot be sent (none: it can), why they are here
PEOPLE: Sequence[tuple[Mapping[str, object], str | None, str]] = [
    ({"given_names": "Ǯuõ\u02b9lǧǧ Ǩee\u02b9mmerǥ", "family_name": "Ŋååđđ"}, None, "Skolt Sámi"),
    ({"given_names": "Áŋŋel", "family_name": "Čáhci"}, None, "North Sámi"),
    ({"given_names": "Thị Hồng Ánh", "family_name": "Nguyễn"}, None, "Vietnamese"),
    ({"given_names": "Семён", "family_name": "Щербаков"}, None, "Cyrillic"),
    ({"given_names": "Ἀλέξανδρος", "family_name": "Παπαδόπουλος"}, None, "Greek"),
    ({"given_names": "A\u0308ina\u0308"}, None, "marks that compose"),
    ({"given_names": "q\u0303anna"}, None, "a mark that no letter composes with"),
    ({"given_names": "fi ffi fl Affitti"}, None, "what a font would like to join"),
    ({"given_names": "<b>Aino</b>", "family_name": "O'Neil & Co"}, None, "what HTML would take"),
    ({"given_names": "{{ 7 * 7 }}", "family_name": "{% raw %}"}, None, "what Jinja would take"),
    ({"given_names": "ǥŋŧǥ", "family_name": "ǥđǥ"}, None, "what the engine marks lines with"),
    ({"given_names": "Aino " * 12 + "Testi", "family_name": "Testinen"}, None, "80 letters"),
    ({"given_names": "W" * 80}, "address_line_too_long", "80 letters without a space"),
    ({"given_names": "محمد"}, "name_not_printable", "Arabic"),
    ({"given_names": "Aino 🙂"}, "name_not_printable", "emoji"),
    ({"given_names": "Aino\u202e"}, "name_not_printable", "a turn of direction that is not seen"),
    ({"given_names": "A\u200bino"}, "name_not_printable", "a space of no width"),
    ({"given_names": "王小明"}, "name_not_printable", "Chinese"),
    ({"street": "Šiškō Țară 7"}, None, "letters of other countries in the street"),
    ({"street": "شارع 1"}, "address_not_printable", "Arabic in the street"),
    ({"street": None}, "street_missing", "no street"),
    ({"postal_code": None}, "postal_code_missing", "no postal code"),
    (
        {"street": None, "postal_code": None, "post_office": None},
        "street_missing",
        "an address of one line: the name",
    ),
    (
        {"address_extra": "Talo B", "street": "c/o Testi, Esimerkkikatu 1"},
        None,
        "an address of five lines",
    ),
    (
        {
            "given_names": "Aino Testi Keinotekoinen Aleksandra Charlotta Josefiina Maria",
            "address_extra": "Edunvalvontapalvelut Esimerkki, toimipiste Keinotekoinen",
            "street": "c/o Testitalon isännöinti Oy, Pitkäsaarenselänniemenkärjentie 123 B as 145",
        },
        "address_too_many_lines",
        "an address of more than five lines",
    ),
    (
        {"given_names": "Иван Пётр", "family_name": "Esimerkki"},
        None,
        "two scripts in one name",
    ),
    ({"protected": True}, None, "handed over in person"),
    (
        {"protected": True, "contact_address": "PL 12, 06101 PORVOO", "given_names": "Щ"},
        None,
        "a contact address, two scripts",
    ),
]
REASONS = [reason for _, reason, _ in PEOPLE]
NAMES = [name for _, _, name in PEOPLE]


def everybody() -> pl.DataFrame:
    """Return all of them, one row each."""
    columns = {column for changes, _, _ in PEOPLE for column in changes}
    ordinary = clients().row(0, named=True)
    return clients(
        **{
            column: [changes.get(column, ordinary[column]) for changes, _, _ in PEOPLE]
            for column in sorted(columns)
        }
    )


@pytest.fixture(scope="module", params=[Engine.STAMP, Engine.WHOLE])
def printed(request: Any, tmp_path_factory: Any) -> tuple[Written, Path]:
    """Write a letter to everybody, once with each engine."""
    out = tmp_path_factory.mktemp(f"odd-{request.param}") / "out"
    people = everybody()
    with staged(out) as staging:
        written = write_letters(
            due_for(people),
            facts_for(people),
            staging=staging,
            workers=1,
            printing=Printing(engine=request.param),
        )
        staging.publish()
    return written, out


def test_everybody_gets_the_letter_or_a_reason(printed: tuple[Written, Path]) -> None:
    """Nobody falls between the print run and the list of those who cannot be written to."""
    written, _ = printed
    reasons: dict[str, list[str]] = {}
    for client_id, code in written.undeliverable.select("client_id", "code").iter_rows():
        reasons.setdefault(client_id, []).append(code)

    found = [reasons.get(client_id, [None])[0] for client_id in written.done["client_id"]]

    assert dict(zip(NAMES, found, strict=True)) == dict(zip(NAMES, REASONS, strict=True))
    assert [status == "undeliverable" for status in written.done["status"]] == [
        reason is not None for reason in REASONS
    ]


@pytest.mark.parametrize(
    "at",
    [pytest.param(at, id=name) for at, (_, reason, name) in enumerate(PEOPLE) if reason is None],
)
def test_the_window_shows_the_whole_address(printed: tuple[Written, Path], at: int) -> None:
    """Every character stands in the window, none is cut, and none is anywhere near beside it."""
    written, out = printed
    row = written.done.row(at, named=True)
    lines = address_lines(everybody()[at])["recipient"][0]

    words = words_of((out / "porvoo" / row["file"]).read_bytes())
    seen = [
        word
        for word in words
        if word["left"] < QUIET_ZONE.right
        and word["bottom"] > QUIET_ZONE.top
        and word["top"] < QUIET_ZONE.bottom
    ]

    assert " ".join(word["text"] for word in seen) == " ".join(
        unicodedata.normalize("NFC", line) for line in lines
    )
    assert all(
        ADDRESS_ZONE.left <= word["left"]
        and word["right"] <= ADDRESS_ZONE.right
        and word["top"] >= ADDRESS_ZONE.top
        and word["bottom"] <= ADDRESS_ZONE.bottom
        for word in seen
    )


def test_the_rest_is_stamped_and_looks_like_the_whole_letter() -> None:
    """Only what Pango sets in pieces is laid out one by one; a name is never cut or boxed."""
    people = everybody()
    letters = plan(due_for(people), facts_for(people)).letters
    names = [name for name, reason in zip(NAMES, REASONS, strict=True) if reason is None]

    stamped = print_letters([*letters.values()])
    whole = print_letters([*letters.values()], engine=Engine.WHOLE)

    by_name = dict(zip(names, stamped.letters, strict=True))
    assert {name for name, one in by_name.items() if not one.stamped} == WHOLE
    for name, one, twin in zip(names, stamped.letters, whole.letters, strict=True):
        assert looks_the_same(one.pdf, twin.pdf), name
        assert faults_of(one.pdf) == [], name


def test_no_empty_box_is_drawn(printed: tuple[Written, Path]) -> None:
    """Glyph 0 is the box that a font draws for what it lacks."""
    written, out = printed
    for file in written.done["file"].drop_nulls():
        with pikepdf.open(out / "porvoo" / file) as pdf:
            shown = [
                bytes(item)
                for page in pdf.pages
                for line in pikepdf.parse_content_stream(page, "TJ")
                for item in line.operands[0]
                if isinstance(item, pikepdf.String)
            ]
            glyphs = {text[at : at + 2] for text in shown for at in range(0, len(text), 2)}
            assert len(glyphs) > len("abcdefghijklmnopqrstuvwxyz")
            assert b"\0\0" not in glyphs


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        pytest.param({"name": "王小明"}, "name", id="name"),
        pytest.param({"phone": "\u260e 040 000 0000"}, "telephone", id="telephone"),
        pytest.param({"email": "\u2709@example.fi"}, "e-mail", id="e-mail"),
    ],
)
def test_a_coach_who_cannot_be_printed_is_named_before_any_letter(
    changes: dict[str, str], what: str
) -> None:
    """It is one cell of coaches.csv, and hundreds of letters."""
    coach = replace(COACH, **changes)  # type: ignore[arg-type]

    with pytest.raises(LetterError, match=f"^coach V1: the {what} has a character"):
        plan(due_for(clients()), facts_for(clients(), coach=coach))


# name and street as an export has them, the lines in the window, why this row is here
AS_READ = [
    ("  Aino \n\t Testi  ", "Esimerkkikatu\u00a01", "Aino Testi Esimerkki", "Esimerkkikatu 1"),
    ("A\u0308ina\u0308", " Esimerkkikatu\t1 ", "Äinä Esimerkki", "Esimerkkikatu 1"),
    ("<b>{{ 1 }}", "<hr> & %}", "<b>{{ 1 }} Esimerkki", "<hr> & %}"),
]


def test_an_export_with_odd_cells_comes_on_paper_as_it_reads(
    kuntactl: RunCli, tmp_path: Path
) -> None:
    """From the cell to the window: spaces are made single, signs composed, nothing is code."""
    rows = [
        client_row(asiakasnumero=f"A{number}", etunimet=name, lahiosoite=street)
        for number, (name, street, _, _) in enumerate(AS_READ, 1)
    ]
    export = write_export(tmp_path / "export.csv", rows)
    coaches = write_coaches(tmp_path / "coaches.csv")
    out = tmp_path / "out"

    ended = kuntactl(
        "run", export, "--coaches", coaches, "--on", "2021-03-01", "--out", out, "--workers", 1
    )

    assert ended.code in {0, 20}, ended.err
    windows = {
        " ".join(word["text"] for word in words_of(letter.read_bytes()) if 40 < word["top"] < 61.5)
        for letter in (out / "porvoo/letters").glob("*.pdf")
    }
    assert windows == {f"{name} {street} 06100 PORVOO" for _, _, name, street in AS_READ}
