"""The lines in the window, or the reason why there can be none."""

import polars as pl
import pytest
from client_frames import client
from hypothesis import given, settings
from hypothesis import strategies as st

from kuntactl.domain.postal import normal_postal_code
from kuntactl.letters.address import PROBLEMS, address_lines, tidy
from kuntactl.letters.window import ADDRESS_SIZE, ADDRESS_WIDTH, MOST_LINES
from kuntactl.typeset.fonts import missing_characters, text_width

AINO = "Aino Testi Esimerkki"
# changes in an ordinary client, lines, why this row is here
PRINTED = [
    ({}, (AINO, "Esimerkkikatu 1", "06100 PORVOO"), "name, street, town in capitals"),
    ({"service_language": "sv"}, (AINO, "Esimerkkikatu 1", "06100 BORGÅ"), "Swedish: Borgå"),
    ({"post_office": "Porvo"}, (AINO, "Esimerkkikatu 1", "06100 PORVOO"), "the register's name"),
    ({"post_office": None}, (AINO, "Esimerkkikatu 1", "06100 PORVOO"), "the code is enough"),
    ({"postal_code": "100"}, (AINO, "Esimerkkikatu 1", "00100 HELSINKI"), "zeros come back"),
    ({"postal_code": "FI-06100"}, (AINO, "Esimerkkikatu 1", "06100 PORVOO"), "prefix goes"),
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
    (
        {"street": "  Pitkä \u00a0 katu 3 "},
        (AINO, "Pitkä katu 3", "06100 PORVOO"),
        "stray spaces",
    ),
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
        {"protected": False, "contact_address": "PL 12, 06101 PORVOO"},
        (AINO, "Esimerkkikatu 1", "06100 PORVOO"),
        "the contact address is for the protected",
    ),
]
# changes in an ordinary client, codes, why this row is here
REFUSED = [
    ({"street": None}, ["street_missing"], "no street"),
    ({"street": " "}, ["street_missing"], "blank street"),
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
    ({"address_extra": "Talo " * 40}, ["address_too_many_lines"], "more than five lines"),
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
        assert " ".join(address["recipient"]).startswith(
            pl.select(tidy(pl.lit(f"{name} Esimerkki"))).item()
        )


@given(text=st.text(max_size=30))
def test_making_tidy_twice_is_making_tidy_once(text: str) -> None:
    """An address that was mended by us is not changed again."""
    once = pl.select(text=tidy(pl.lit(text))).item()
    code = pl.select(normal_postal_code(pl.lit(text))).item()

    assert pl.select(tidy(pl.lit(once, pl.String))).item() == once
    assert pl.select(normal_postal_code(pl.lit(code))).item() == code
