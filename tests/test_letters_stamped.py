"""A stamped letter is the letter that would have been laid out whole."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from engines import looks_the_same, printed
from letter_cases import CASES, Case, letter_of
from read_aloud import faults_of

from kuntactl.letters.fields import Fields
from kuntactl.letters.letter import Letter
from kuntactl.letters.press import PrintedShard
from kuntactl.letters.printing import Engine

GIVEN = ["Aino", "Väinö Åke", "Karoliina Wilhelmiina", "Íris Ünal", "Tove-Lisé", "Yrjö J. T."]
FAMILY = ["Esimerkki", "Testilä-Åström", "O'Esimerkki", "AVATo", "Þórðarson", "Łuczak", "Ek"]
STREETS = ["Esimerkkikatu 1", "Tvärgatan 12 B 34", "Kulmatie 7 as. 101", "PL 12", "Ö 1"]
EXTRAS = ["c/o Testi Testinen", "Kunta/Edunvalvonta", "2. krs"]
PLACES = ["06100 PORVOO", "24100 SALO", "10600 EKENÄS", "50100 MIKKELI", "99999 KORVATUNTURI"]
FEW = CASES[::5]


def clients_of(cases: Sequence[Case], rounds: int) -> Iterator[Letter]:
    """Yield letters of the cases to clients who differ, the same ones in every run of tests."""
    draw = random.Random(20210301)  # noqa: S311  # nothing secret
    for number in range(rounds * len(cases)):
        letter = letter_of(cases[number % len(cases)])
        lines = (
            f"{draw.choice(GIVEN)} {draw.choice(FAMILY)}",
            *draw.sample(EXTRAS, draw.choice([0, 0, 0, 1, 2])),
            *draw.sample(STREETS, draw.choice([0, 1, 1, 1])),
            draw.choice(PLACES),
        )
        coach = f"{draw.choice(GIVEN)} {draw.choice(FAMILY)}"
        reference = f"porvoo-{number:06}"
        yield replace(
            letter,
            letter_id=reference,
            fields=tuple(_other(own, lines, coach, reference) for own in letter.fields),
        )


def _other(own: Fields, lines: tuple[str, ...], coach: str, reference: str) -> Fields:
    return replace(
        own,
        recipient=lines,
        reference=reference,
        coach_name=coach if own.coach_name else None,
        coach_phone=f"040 {len(coach):03} {len(lines)}17" if own.coach_phone else None,
    )


def differences(letters: Sequence[Letter]) -> list[str]:
    """Return what looks or reads otherwise when it is stamped, or breaks a standard."""
    stamped, whole = printed(letters), printed(letters, engine=Engine.WHOLE)

    assert all(letter.stamped for letter in stamped.letters)
    pairs = zip(stamped.letters, whole.letters, strict=True)
    found = [one.letter_id for one, twin in pairs if not looks_the_same(one.pdf, twin.pdf)]
    assert stamped.print_run is not None
    assert whole.print_run is not None
    if not looks_the_same(stamped.print_run, whole.print_run):
        found.append("print run")
    files = [*(letter.pdf for letter in stamped.letters), stamped.print_run]
    return found + [fault for content in files for fault in faults_of(content)]


@pytest.fixture(scope="module")
def letters() -> list[Letter]:
    """Letters of some kinds and languages, to clients who differ."""
    return list(clients_of(FEW, 2))


@pytest.fixture(scope="module")
def shard(letters: list[Letter]) -> PrintedShard:
    """The same, stamped."""
    return printed(letters)


def test_pixels_and_text_are_those_of_letters_laid_out_whole(letters: list[Letter]) -> None:
    """Nobody may be able to tell how a letter was made, not by a screen reader either."""
    assert differences(letters) == []


@pytest.mark.soak
def test_three_hundred_clients_over_all_kinds_look_the_same() -> None:
    """The same over every kind, language and circumstance whose words are approved."""
    everybody = list(clients_of(CASES, 300 // len(CASES) + 1))

    assert len(everybody) >= 300
    assert differences(everybody) == []


def test_a_file_is_small_and_stands_alone(shard: PrintedShard) -> None:
    """Letters are archived and handed on one by one: 40 KB, fonts and all."""
    assert max(len(letter.pdf) for letter in shard.letters) <= 40_000
    for letter in shard.letters:
        with pikepdf.open(BytesIO(letter.pdf)) as pdf:
            assert len(pdf.pages) == letter.pages


def test_a_print_run_holds_each_font_once(shard: PrintedShard) -> None:
    """A printer takes in a run as one file: 12 KB a letter beside the fonts."""
    assert shard.print_run is not None
    with pikepdf.open(BytesIO(shard.print_run)) as pdf:
        fonts = [item for item in pdf.objects if "/FontFile2" in _keys(item)]
        in_fonts = sum(len(font.FontFile2.read_raw_bytes()) for font in fonts)

        assert len(fonts) == 2
        assert len(pdf.pages) == sum(letter.pages for letter in shard.letters)
    assert (len(shard.print_run) - in_fonts) / len(shard.letters) <= 12_000


def test_the_address_comes_first_and_has_no_empty_lines(
    letters: list[Letter], shard: PrintedShard
) -> None:
    """Fewer lines than the most leave nothing behind, and the rest is read in its order."""
    for letter, made in zip(letters, shard.letters, strict=True):
        with pikepdf.open(BytesIO(made.pdf)) as pdf:
            section = pdf.Root.StructTreeRoot.K[0].K[0]
            address = section.K[0]

            assert len(address.K) == len(letter.fields[0].recipient)
            assert all(len(_kids(line)) == 1 for line in address.K)


def test_nothing_personal_is_told_outside_the_pages(
    letters: list[Letter], shard: PrintedShard
) -> None:
    """Metadata and bookmarks are read by archives and search engines that read no letter."""
    for letter, made in zip(letters, shard.letters, strict=True):
        with pikepdf.open(BytesIO(made.pdf)) as pdf:
            told = str(pdf.docinfo) + bytes(pdf.Root.Metadata.read_bytes()).decode()
            with pdf.open_outline() as outline:
                told += " ".join(item.title for item in outline.root)
        own = letter.fields[0]
        texts = (*own.recipient, own.reference, own.coach_name or "Esimerkki")

        assert not [text for text in texts if text in told]


def test_the_same_letter_has_the_same_bytes_whatever_is_printed_beside_it(
    letters: list[Letter], shard: PrintedShard
) -> None:
    """A letter can be made again alone, and compared with the one that was sent."""
    assert printed(letters[3:4]).letters[0] == shard.letters[3]


def _keys(item: object) -> set[str]:
    return set(item.keys()) if isinstance(item, pikepdf.Dictionary) else set()


def _kids(tag: pikepdf.Dictionary) -> Sequence[object]:
    kids = tag.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]
