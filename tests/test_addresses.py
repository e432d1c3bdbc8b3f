"""The lines in the window, or the reason why there can be none."""

import csv
from importlib.resources import files
from textwrap import wrap

import polars as pl
import pytest
from client_frames import client
from hypothesis import given, settings
from hypothesis import strategies as st

from kuntactl.domain.postal import countries, postal_codes
from kuntactl.letters.address import PROBLEMS, address_lines
from kuntactl.letters.address_lines import MOST_CHARACTERS
from kuntactl.letters.window import ADDRESS_SIZE, ADDRESS_WIDTH, MOST_LINES
from kuntactl.typeset.fonts import missing_characters, text_width

AINO = "Aino Testi Esimerkki"
# changes in an ordinary client, lines, why this row is here
PRINTED = [
    ({}, (AINO, "Esimerkkikatu 1", "06100 PORVOO"), "name, street, town in capitals"),
    ({"service_language": "sv"}, (AINO, "Esimerkkikatu 1", "06100 BORGÅ"), "Swedish: Borgå"),
    ({"post_office": "Porvo"}, (AINO, "Esimerkkikatu 1", "06100 PORVOO"), "the register's name"),
    ({"post_office": None}, (AINO, "Esimerkkikatu 1", "06100 PORVOO"), "the code is enough"),
    (
        {"address_extra": "c/o Testi"},
        (AINO, "c/o Testi", "Esimerkkikatu 1", "06100 PORVOO"),
        "c/o above the street",
    ),
    (
        {"street": "c/o Testi, Esimerkkikatu 1"},
        (AINO, "c/o Testi", "Esimerkkikatu 1", "06100 PORVOO"),
        "c/o in the street's cell",
    ),
    (
        {"country": "SE", "postal_code": "111 22", "post_office": "Stockholm"},
        (AINO, "Esimerkkikatu 1", "111 22 STOCKHOLM", "SWEDEN"),
        "abroad",
    ),
    (
        {"country": "AX", "postal_code": "22100"},
        (AINO, "Esimerkkikatu 1", "22100 MARIEHAMN"),
        "Åland is not abroad",
    ),
    ({"given_names": None}, ("Esimerkki", "Esimerkkikatu 1", "06100 PORVOO"), "one name only"),
    ({"protected": True}, (AINO, "Luovutetaan henkilökohtaisesti"), "never the home address"),
    (
        {"protected": True, "service_language": "sv"},
        (AINO, "Överlämnas personligen"),
        "never the home address, in Swedish",
    ),
    (
        {"protected": True, "contact_address": "PL 12, 06101 PORVOO"},
        (AINO, "PL 12", "06101 PORVOO"),
        "the contact address",
    ),
    (
        {"protected": True, "contact_address": "Asiamies Testi, PL 12 , 06101 Porvoo"},
        (AINO, "Asiamies Testi", "PL 12", "06101 PORVOO"),
        "the contact address of an agent",
    ),
    (
        {"address_extra": "Edunvalvoja Testi Esimerkki"},
        (AINO, "Edunvalvoja Testi Esimerkki", "Esimerkkikatu 1", "06100 PORVOO"),
        "the guardian above the street",
    ),
    (
        {"address_extra": "Talo B", "street": "c/o Testi, Esimerkkikatu 1"},
        (AINO, "Talo B", "c/o Testi", "Esimerkkikatu 1", "06100 PORVOO"),
        "five lines are not too many",
    ),
    (
        {"street": "Esimerkkikatu 123 B 45 kerros 6"},
        (AINO, "Esimerkkikatu 123 B 45 kerros", "6", "06100 PORVOO"),
        "31 characters are one too many",
    ),
    (
        {"street": "Esimerkkikatu 123 B 45 kerros"},
        (AINO, "Esimerkkikatu 123 B 45 kerros", "06100 PORVOO"),
        "29 characters are not",
    ),
    (
        {"street": "W" * 15 + " " + "W" * 12},
        (AINO, "W" * 15, "W" * 12, "06100 PORVOO"),
        "28 wide letters are too wide",
    ),
    (
        {"given_names": "Aleksandra Maria Charlotta Josefiina", "family_name": "Testinen"},
        ("Aleksandra Maria Charlotta", "Josefiina Testinen", "Esimerkkikatu 1", "06100 PORVOO"),
        "a long name goes on, whole",
    ),
    (
        {"given_names": "Aino", "family_name": "Keinotekoinen-Esimerkkiläinen-Testinen"},
        ("Aino Keinotekoinen-", "Esimerkkiläinen-Testinen", "Esimerkkikatu 1", "06100 PORVOO"),
        "a name too long for a line goes on after a hyphen, whole",
    ),
    (
        {"street": "Pitkäsaarenselänniemenkärjentie 1"},
        (AINO, "Pitkäsaarenselänniemenkärjentie", "1", "06100 PORVOO"),
        "one word of 31 characters that the window has room for",
    ),
    (
        {
            "given_names": "Aino Esimerkki Testi Keinotekoinen",
            "address_extra": "c/o Testi",
            "street": "Esimerkkikatu 123 B 45 kerros 6",
        },
        (
            "Aino Esimerkki Testi Keinotekoinen Esimerkki",
            "c/o Testi",
            "Esimerkkikatu 123 B 45 kerros 6",
            "06100 PORVOO",
        ),
        "long lines rather than six",
    ),
    (
        {"postal_code": "02033", "protected": False},
        (AINO, "Esimerkkikatu 1", "02033 LÄNSI-UUDENMAAN HYVINVOINTIALU"),
        "the postal line is as Posti writes it",
    ),
    (
        {"country": "GS", "postal_code": "SIQQ 1ZZ", "post_office": "King Edward Point"},
        (
            AINO,
            "Esimerkkikatu 1",
            "SIQQ 1ZZ KING EDWARD POINT",
            "SOUTH GEORGIA AND SOUTH",
            "SANDWICH ISLANDS",
        ),
        "a long country, too",
    ),
    (
        {"country": "DE", "postal_code": "061O0", "post_office": "Köln"},
        (AINO, "Esimerkkikatu 1", "061O0 KÖLN", "GERMANY"),
        "abroad the code is not ours to check",
    ),
    (
        {"country": "DE", "postal_code": "99998", "post_office": "Köln"},
        (AINO, "Esimerkkikatu 1", "99998 KÖLN", "GERMANY"),
        "abroad there are codes that Posti lacks",
    ),
    (
        {"country": "IT", "postal_code": "00107", "post_office": "Roma"},
        (AINO, "Esimerkkikatu 1", "00107 ROMA", "ITALY"),
        "abroad a pick-up point's code is a street's",
    ),
    (
        {"country": "IE", "postal_code": None, "post_office": "Cork"},
        (AINO, "Esimerkkikatu 1", "CORK", "IRELAND"),
        "abroad there need be no code",
    ),
    (
        {"protected": False, "contact_address": "PL 12, 06101 PORVOO"},
        (AINO, "Esimerkkikatu 1", "06100 PORVOO"),
        "the contact address is for the protected",
    ),
]
# changes in an ordinary client, codes, why this row is here
REFUSED = [
    ({"street": None}, ["street_missing"], "no street"),
    ({"postal_code": None}, ["postal_code_missing"], "no code"),
    ({"postal_code": "061O0"}, ["postal_code_invalid"], "letter O"),
    ({"postal_code": "061001"}, ["postal_code_invalid"], "six digits"),
    ({"postal_code": "99998"}, ["postal_code_unknown"], "not in the register"),
    ({"postal_code": "00006"}, ["postal_code_takes_no_letters"], "reply mail"),
    ({"postal_code": "00107"}, ["postal_code_takes_no_letters"], "pick-up point"),
    ({"country": "SE", "post_office": None}, ["place_missing"], "no town abroad"),
    ({"country": "QQ"}, ["country_unknown"], "no such country"),
    ({"given_names": "漢"}, ["name_not_printable"], "no font has it"),
    ({"family_name": "Testi\u200bnen"}, ["name_not_printable"], "nobody would see it"),
    ({"street": "漢 1"}, ["address_not_printable"], "the street, too"),
    ({"street": "K" * 60}, ["address_line_too_long"], "one word too wide"),
    ({"postal_code": "00003"}, ["postal_code_takes_no_letters"], "reply mail by another type"),
    ({"postal_code": "00104"}, ["postal_code_takes_no_letters"], "parcel locker"),
    ({"address_extra": "Talo " * 39 + "Talo"}, ["address_too_many_lines"], "more than five lines"),
    ({"street": None, "postal_code": None}, ["street_missing", "postal_code_missing"], "both"),
    (
        {"protected": True, "contact_address": "PL 12, 99998 PORVOO"},
        ["postal_code_unknown"],
        "the contact address is checked, too",
    ),
    (
        {"protected": True, "street": None},
        [],
        "the home address of the protected is not looked at",
    ),
]


@pytest.mark.parametrize(
    ("changes", "lines"), [pytest.param(*row[:2], id=row[2]) for row in PRINTED]
)
def test_the_lines_are(changes: dict[str, object], lines: tuple[str, ...]) -> None:
    """What stands in the window is what the post can deliver."""
    address = address_lines(client(**changes)).row(0, named=True)

    assert (tuple(address["recipient"]), address["problems"]) == (lines, [])


@pytest.mark.parametrize(
    ("changes", "codes"), [pytest.param(*row[:2], id=row[2]) for row in REFUSED]
)
def test_the_problems_are(changes: dict[str, object], codes: list[str]) -> None:
    """A letter that cannot arrive is listed with the reason, and never counted as sent."""
    assert address_lines(client(**changes))["problems"].to_list() == [codes]


def test_a_problem_quotes_nothing() -> None:
    """Protected clients stand in the same list."""
    for problem in PROBLEMS:
        for text in (problem.words.fi, problem.words.sv, problem.words.en):
            assert "{" not in text


WORDS = st.lists(
    st.text(st.characters(codec="latin-1", categories=["L", "N", "P"]), min_size=1, max_size=14),
    min_size=1,
    max_size=9,
).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(name=WORDS, street=WORDS, extra=st.none() | WORDS)
def test_a_printed_address_fits_the_window(name: str, street: str, extra: str | None) -> None:
    """Whatever the register holds: it fits with every character, or it is not sent."""
    row = client(given_names=name, street=street, address_extra=extra)
    address = address_lines(row).row(0, named=True)

    if not address["problems"]:
        assert len(address["recipient"]) <= MOST_LINES
        assert all(
            text_width(line, size=ADDRESS_SIZE) <= ADDRESS_WIDTH for line in address["recipient"]
        )
        assert not missing_characters("".join(address["recipient"]))
        assert " ".join(address["recipient"]).startswith(f"{name} Esimerkki ")


NARROW = st.lists(
    st.text("abcdefghijklnopqrstuvyz\u00e5\u00e4\u00f6", min_size=1, max_size=14),
    min_size=1,
    max_size=9,
).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(name=NARROW, street=NARROW, extra=NARROW)
def test_a_line_has_thirty_characters_where_five_lines_are_enough(
    name: str, street: str, extra: str
) -> None:
    """Posti asks for about thirty; only what would need a sixth line is set longer."""
    row = client(given_names=name, street=street, address_extra=extra)
    address = address_lines(row).row(0, named=True)

    cells = (f"{name} Esimerkki", extra, street, "06100 PORVOO")
    lines = [line for cell in cells for line in wrap(cell, MOST_CHARACTERS)]
    if len(lines) <= MOST_LINES:
        assert (address["recipient"], address["problems"]) == (lines, [])


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_post_office_stands_in_capitals_in_the_client_s_language(language: str) -> None:
    """Each postal code that takes letters prints, in Posti's own spelling; no other one does."""
    codes = postal_codes()
    clients = (
        client(service_language=language)
        .drop("postal_code")
        .join(codes.select("postal_code"), how="cross", maintain_order="left_right")
    )

    found = address_lines(clients)

    printed = found.filter(codes["takes_letters"])
    names = codes.filter(pl.col("takes_letters"))
    assert printed["problems"].list.len().sum() == 0
    assert printed["recipient"].list.last().to_list() == [
        f"{code} {name}".upper()
        for code, name in names.select("postal_code", f"post_office_{language}").iter_rows()
    ]
    assert found.filter(~codes["takes_letters"])["problems"].to_list() == [
        ["postal_code_takes_no_letters"]
    ] * (codes.height - names.height)


def test_a_postal_code_takes_letters_by_its_type() -> None:
    """Nobody is behind reply mail (5), a parcel locker (6) or a pick-up point (7)."""
    with (files("kuntactl") / "data" / "postal_codes.csv").open(encoding="utf-8") as lines:
        types = {line["postal_code"]: line["type_code"] for line in csv.DictReader(lines)}

    codes = dict(postal_codes().select("postal_code", "takes_letters").iter_rows())

    refused = {code for code, takes_letters in codes.items() if not takes_letters}
    assert set(types.values()) == set("1234567")
    assert refused == {code for code, kind in types.items() if kind in set("567")} | {"00003"}


def test_every_country_is_printed_in_capitals() -> None:
    """The post of another country reads its name last, on a line or two of its own."""
    abroad = (
        client(postal_code="1", post_office="Town")
        .drop("country")
        .join(countries().select("country"), how="cross", maintain_order="left_right")
    )

    found = address_lines(abroad)

    assert found["problems"].list.len().sum() == 0
    for lines, name in zip(found["recipient"], countries()["country_name"], strict=True):
        assert " ".join(lines[3:]) == name == name.upper()
