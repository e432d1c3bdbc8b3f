"""Where a letter's parts stand on the sheet, and what its PDF declares."""

import re
import unicodedata
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from client_frames import client
from engines import printed
from letters_due import MM, only_letter, text_of, words_of
from read_aloud import faults_of

from kuntactl.letters.letter import Letter
from kuntactl.letters.press import Press
from kuntactl.letters.printing import Engine
from kuntactl.letters.window import ADDRESS_SIZE, ADDRESS_ZONE, QUIET_ZONE

LONGEST = {
    "given_names": "Karoliina Alexandra Wilhelmiina Margareta",
    "family_name": "von und zu Hohenzollern-Sigmaringen-Esimerkkilä",
    "street": "Pitkäsaarenselänniemenkärjentie 123 B as 145",
}
# What is changed in an ordinary client, why it is here
PEOPLE = [
    pytest.param({}, id="an ordinary address of three lines"),
    pytest.param(LONGEST, id="the longest name goes on in the next line"),
    pytest.param(
        {**LONGEST, "given_names": "Karoliina", "address_extra": "c/o Testitalon isännöinti"},
        id="five lines",
    ),
    pytest.param({"service_language": "sv"}, id="Swedish"),
    pytest.param({"mother_tongue": "ru"}, id="Finnish with English"),
    pytest.param({"protected": True}, id="handed over in person"),
    pytest.param({"protected": True, "contact_address": "PL 12, 06101 PORVOO"}, id="contact"),
]


PdfOf = Callable[[Letter], bytes]


@pytest.fixture(params=list(Engine), scope="module")
def pdf_of(request: pytest.FixtureRequest) -> PdfOf:
    """Print a letter with the templates of the product, by either engine."""
    return lambda letter: printed([letter], engine=request.param).letters[0].pdf


@pytest.mark.parametrize("changes", PEOPLE)
def test_the_window_shows_the_address_and_nothing_else(
    pdf_of: PdfOf, changes: dict[str, object]
) -> None:
    """An address outside the window is not delivered; anything else in it is a leak."""
    letter = only_letter(client(**changes))
    address = " ".join(letter.fields[0].recipient).split()

    words = words_of(pdf_of(letter))
    in_window = [
        word
        for word in words
        if word["left"] < QUIET_ZONE.right
        and word["bottom"] > QUIET_ZONE.top
        and word["top"] < QUIET_ZONE.bottom
    ]

    assert [word["text"] for word in in_window] == address
    assert all(word["left"] >= ADDRESS_ZONE.left for word in in_window)
    assert all(word["right"] <= ADDRESS_ZONE.right for word in in_window)
    assert all(word["top"] >= ADDRESS_ZONE.top for word in in_window)
    assert all(word["bottom"] <= ADDRESS_ZONE.bottom for word in in_window)


def test_the_address_is_set_in_the_size_that_widths_are_measured_in(pdf_of: PdfOf) -> None:
    """If the style sheet changed the size alone, lines would no longer fit as computed."""
    pdf = pdf_of(only_letter(client(family_name="Wwwwwwww")))

    with pdfplumber.open(BytesIO(pdf)) as document:
        sizes = {
            round(float(glyph["size"]), 2)
            for glyph in document.pages[0].chars
            if ADDRESS_ZONE.top < glyph["top"] * MM < ADDRESS_ZONE.bottom
            and glyph["x0"] * MM < ADDRESS_ZONE.right
        }

    assert sizes == {ADDRESS_SIZE}


def test_only_our_two_fonts_are_in_the_file(pdf_of: PdfOf) -> None:
    """Paper looks the same on every machine, and a printer needs no font of its own."""
    with pikepdf.open(BytesIO(pdf_of(only_letter(client())))) as pdf:
        fonts = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
        fonts = [item for item in fonts if item.get("/Type") == "/FontDescriptor"]
        names = {str(font.FontName).split("+")[1] for font in fonts}

        assert names == {"Roboto", "Roboto-Bold"}
        assert all("/FontFile2" in font for font in fonts)


def test_both_standards_are_declared_with_title_and_language(
    pdf_of: PdfOf, tmp_path: Path
) -> None:
    """Screen readers need PDF/UA-1, archives PDF/A-3a; nothing personal is in the metadata."""
    pdf_bytes = pdf_of(only_letter(client(service_language="sv")))

    with pikepdf.open(BytesIO(pdf_bytes)) as pdf:
        metadata = pdf.open_metadata()
        xmp = bytes(pdf.Root.Metadata.read_bytes()).decode()

        assert metadata["pdfaid:part"] == "3"
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["pdfuaid:part"] == "1"
        assert "http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>" in xmp
        assert xmp.count("<rdf:RDF") == 1
        assert str(pdf.Root.Lang) == "sv"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo.Title)
        assert "/CreationDate" not in pdf.docinfo
        assert "Esimerkki" not in xmp
    file = tmp_path / "letter.pdf"
    file.write_bytes(pdf_bytes)
    assert faults_of(file.read_bytes()) == []


def test_the_english_part_is_marked_as_english(pdf_of: PdfOf) -> None:
    """A screen reader would read the English text with Finnish sounds otherwise."""
    pdf_bytes = pdf_of(only_letter(client(mother_tongue="ru")))

    with pikepdf.open(BytesIO(pdf_bytes)) as pdf:
        document = pdf.Root.StructTreeRoot.K[0]
        languages = [str(element.get("/Lang", "")) for element in document.K]
        pages = [pdf.pages.index(pikepdf.Page(element.Pg)) for element in document.K]

    assert languages[0] == ""  # the document's own
    assert languages[-1] == "en"
    assert pages[languages.index("en")] > pages[0]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Ǯuõ\u02b9lǧǧ Ǩee\u02b9mmerǥ Žåkk", id="Skolt Sámi"),
        pytest.param("Nguyễn Thị Hồng Ánh", id="Vietnamese"),
        pytest.param("Щербаков Ёж", id="Cyrillic"),
        pytest.param("fi ffi fl ffl Affitti", id="what a font would like to join"),
        pytest.param("A\u0308ima\u0308", id="decomposed"),
        pytest.param(
            "<b>{{ 7 * 7 }}</b> &amp; O'Neil", id="what a template could take for its own"
        ),
    ],
)
def test_every_character_of_a_name_is_printed(pdf_of: PdfOf, name: str) -> None:
    """A name is printed and can be copied out letter by letter, whatever it holds."""
    letter = only_letter(client(given_names=name))

    pdf = pdf_of(letter)
    window = [word["text"] for word in words_of(pdf) if 40 < word["top"] < 61.5]

    assert " ".join(window).startswith(f"{unicodedata.normalize('NFC', name)} Esimerkki")


def test_a_letter_has_the_same_bytes_twice(pdf_of: PdfOf) -> None:
    """No clock and no chance: the same letter can be made again and compared."""
    letter = only_letter(client())

    assert pdf_of(letter) == pdf_of(letter)


def test_a_new_press_makes_the_same_bytes() -> None:
    """Nothing that a press remembers shows in a letter."""
    letter = only_letter(client())
    first, second = Press(None), Press(None)

    first.write([first.lay_out(only_letter(client(family_name="Toinen")))])

    one, other = (press.write([press.lay_out(letter)]) for press in (first, second))
    assert one == other


def test_pages_are_counted_over_the_envelope(pdf_of: PdfOf) -> None:
    """Who gets two languages sees on the first page that there is a second one."""
    text = text_of(pdf_of(only_letter(client(mother_tongue="ru"))))

    numbers = re.findall(r"\b(\d) \((\d)\)", text)

    assert numbers == [(str(page), str(len(numbers))) for page in range(1, len(numbers) + 1)]
    assert len(numbers) > 1
