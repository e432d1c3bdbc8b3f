"""The typesetter knows our fonts only, and fails aloud."""

from pathlib import Path

import pytest

from kuntactl.errors import LetterError
from kuntactl.typeset.fonts import break_line, missing_characters, text_width
from kuntactl.typeset.render import Typesetter

PAGE = '<html lang="fi"><head><title>Sivu</title></head><body>'


def test_what_our_fonts_lack_is_known_beforehand() -> None:
    """A name is refused before its letter is laid out, not printed with an empty box."""
    assert missing_characters("Åäö ǥǩǯ ệ Жя Ωμ – ’ a\u0308") == set()
    assert missing_characters("漢 \u0634\u00ad\n") == {"漢", "\u0634", "\u00ad", "\n"}


def test_no_font_of_the_machine_is_used() -> None:
    """Paper is the same everywhere: a template that asks for another font than ours is refused."""
    page = f'{PAGE}<p style="font-family: DejaVu Sans, serif">Teksti</p>'

    with pytest.raises(LetterError, match="asks for the font `DejaVu Sans`"):
        Typesetter([]).lay_out(page)


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    """A template must not print a file of the machine, not even through a link."""
    secret, folder = tmp_path / "secret.svg", tmp_path / "own"
    folder.mkdir()
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    (folder / "logo.svg").symlink_to(secret)

    with pytest.raises(LetterError, match=r"logo\.svg"):
        Typesetter([folder]).lay_out(f'{PAGE}<img src="logo.svg" alt="x">')


def test_a_broken_picture_is_an_error(tmp_path: Path) -> None:
    """WeasyPrint would log it and print an empty place."""
    (tmp_path / "logo.png").write_bytes(b"not a picture")

    with pytest.raises(LetterError, match=r"logo\.png"):
        Typesetter([tmp_path]).lay_out(f'{PAGE}<img src="logo.png" alt="x">')


def test_a_picture_beside_the_template_is_printed(tmp_path: Path) -> None:
    """A town's coat of arms belongs on its letters."""
    (tmp_path / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/>'
        "</svg>",
        encoding="utf-8",
    )
    typesetter = Typesetter([tmp_path])

    laid = typesetter.lay_out(f'{PAGE}<img src="logo.svg" alt="Vaakuna">')

    assert typesetter.write([laid]).startswith(b"%PDF-1.7")


def test_a_run_of_many_has_each_font_once() -> None:
    """A print run is many letters in the space of a few."""
    typesetter = Typesetter([])
    laid = [typesetter.lay_out(f"{PAGE}<p>Kirje {number}</p>") for number in range(5)]

    assert len(typesetter.write(laid)) < 2 * len(typesetter.write(laid[:1]))


def test_lines_are_broken_by_width() -> None:
    """A line holds as many words as fit, and no word is lost."""
    text = "Karoliina Alexandra Wilhelmiina von und zu Esimerkkilä"

    lines = break_line(text, width=40, size=10)

    assert " ".join(lines) == text
    assert all(text_width(line, size=10) <= 40 for line in lines)
    assert len(lines) == 3
