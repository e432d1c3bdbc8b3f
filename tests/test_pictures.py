"""A picture that would come out with an empty place stops the batch."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from kuntactl.errors import LetterError
from kuntactl.typeset.render import Typesetter

PAGE = '<html lang="fi"><head><title>Sivu</title></head><body>'
SQUARE = '<rect width="9" height="9"/>'
TEXT = '<text y="20">Porvoo</text>'


def svg(inner: str) -> str:
    """Return a drawing."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        f' width="90" height="90">{inner}</svg>'
    )


def typeset(folder: Path, body: str) -> bytes:
    """Return a page that may use the files of a folder."""
    typesetter = Typesetter([folder])
    return typesetter.write([typesetter.lay_out(PAGE + body)])


@pytest.mark.parametrize("name", ["logo.png", "logo.jpg", "logo.gif", "logo.webp"])
@pytest.mark.parametrize("body", ['<img src="{}" alt="x">', '<p style="background: url({})">x'])
def test_half_a_photograph_is_refused(tmp_path: Path, name: str, body: str) -> None:
    """An upload that broke off would print a black or grey half on every letter."""
    whole = BytesIO()
    picture = Image.effect_noise((64, 64), 80)
    picture.save(whole, format={".jpg": "jpeg"}.get(name[4:], name[5:]))
    (tmp_path / name).write_bytes(whole.getvalue())
    assert typeset(tmp_path, body.format(name)).startswith(b"%PDF")
    (tmp_path / name).write_bytes(whole.getvalue()[: len(whole.getvalue()) // 2])

    with pytest.raises(LetterError, match=rf"^the picture `{name}` is cut off or damaged"):
        typeset(tmp_path, body.format(name))


def test_half_a_photograph_is_refused_each_time(tmp_path: Path) -> None:
    """What was refused for one letter is not taken for the next."""
    whole = BytesIO()
    Image.effect_noise((64, 64), 80).save(whole, format="png")
    (tmp_path / "logo.png").write_bytes(whole.getvalue()[:999])
    typesetter = Typesetter([tmp_path])

    for _ in range(2):
        with pytest.raises(LetterError, match=r"logo\.png"):
            typesetter.lay_out(f'{PAGE}<img src="logo.png" alt="x">')


# drawing, what the sentence says of it, why this row is here
EMPTY = [
    pytest.param('<use href="#arms"/>', "shows `#arms`", id="a part that is not there"),
    pytest.param('<use xlink:href="other.svg#arms"/>', "shows `other.svg#arms`", id="elsewhere"),
    pytest.param('<image href="gone.png"/>', "shows `gone.png`", id="a photograph in it"),
    pytest.param('<image xlink:href="gone.svg"/>', "shows `gone.svg`", id="a drawing in it"),
    pytest.param(
        f'<g fill="url(#shade)">{SQUARE}</g>', "shows `#shade`", id="a colour, from the group"
    ),
    pytest.param(
        f'<style>rect {{ fill: url("#shade") }}</style>{SQUARE}', "`#shade`", id="a colour, by CSS"
    ),
    pytest.param(
        f'<linearGradient id="a" href="#b"/><g fill="url(#a)">{SQUARE}</g>',
        "shows `#b`",
        id="the steps of a colour",
    ),
    pytest.param(f'<g clip-path="url(#edge)">{SQUARE}</g>', "shows `#edge`", id="an edge"),
    pytest.param(f'<g mask="url(#edge)">{SQUARE}</g>', "shows `#edge`", id="a mask"),
    pytest.param('<path d="M0 0L9 9" marker-end="url(#tip)"/>', "`#tip`", id="an arrow"),
    pytest.param(
        '<foreignObject width="9" height="9">Porvoo</foreignObject>',
        "holds <foreignObject>",
        id="text as HTML, which is not drawn",
    ),
    pytest.param(
        '<text><textPath href="#p">Porvoo</textPath></text>',
        "holds <textPath>",
        id="text along a line, which would be straight",
    ),
    pytest.param(
        f'<g font-family="Helvetica, Roboto">{TEXT}</g>', "the font `Helvetica`", id="a font"
    ),
    pytest.param(
        f"<style>text {{ font-family: 'Futura' }}</style>{TEXT}", "`Futura`", id="a font by CSS"
    ),
    pytest.param(
        f'<defs><g id="a">{TEXT}</g></defs><use href="#a" style="font: 9px Futura"/>',
        "the font `Futura`",
        id="a font for a part used",
    ),
    pytest.param(
        f'<style>@import "colours.css";</style>{SQUARE}', "cannot be drawn", id="another style"
    ),
    pytest.param(
        '<image href="data:image/png;base64,iVBORw0KGgo="/>', r"\(data:\)", id="within the file"
    ),
    pytest.param('<rect width="9" height="9" opacity="half"/>', "logo.svg", id="no number"),
    pytest.param('<text y="20">\u260e</text>', "U\\+260E", id="a character no font has"),
]


@pytest.mark.parametrize(("drawing", "says"), EMPTY)
def test_a_drawing_with_an_empty_place_is_refused(tmp_path: Path, drawing: str, says: str) -> None:
    """The letterhead whose arms were on the designer's screen has them on paper."""
    (tmp_path / "logo.svg").write_text(svg(drawing), encoding="utf-8")

    with pytest.raises(LetterError, match=says):
        typeset(tmp_path, '<img src="logo.svg" alt="x">')


def test_a_drawing_in_the_page_itself_is_held_to_the_same(tmp_path: Path) -> None:
    """A drawing is copied into a template as easily as it is put beside it."""
    inner = svg(f'<g id="a">{SQUARE}</g>' + svg('<use href="#a"/>'))

    assert typeset(tmp_path, inner).startswith(b"%PDF")
    with pytest.raises(LetterError, match="the picture `<svg>` shows `#b`"):
        typeset(tmp_path, inner.replace('"#a"', '"#b"'))


@pytest.mark.parametrize("tag", ["iframe", "video", "audio", "canvas", "script", "math"])
def test_what_only_a_browser_shows_is_refused(tmp_path: Path, tag: str) -> None:
    """A letter that was tried in a browser must not come out with a gap."""
    with pytest.raises(LetterError, match=f"the page holds <{tag}>, which would not be printed"):
        typeset(tmp_path, f"<p>Hei!</p><{tag}></{tag}>")


def test_half_a_drawing_is_refused(tmp_path: Path) -> None:
    """A drawing whose upload broke off is no drawing."""
    (tmp_path / "logo.svg").write_text(svg(SQUARE)[:-9], encoding="utf-8")

    with pytest.raises(LetterError, match=r"^the picture `logo\.svg` is cut off or damaged"):
        typeset(tmp_path, '<img src="logo.svg" alt="x">')


def test_a_picture_in_a_drawing_must_be_whole_too(tmp_path: Path) -> None:
    """Half a photograph does not become whole by standing in a drawing."""
    (tmp_path / "logo.svg").write_text(svg('<image href="arms.png" width="9"/>'), encoding="utf-8")
    Image.effect_noise((64, 64), 80).save(tmp_path / "arms.png")
    body = '<img src="logo.svg" alt="x">'
    assert typeset(tmp_path, body).startswith(b"%PDF")
    whole = (tmp_path / "arms.png").read_bytes()
    (tmp_path / "arms.png").write_bytes(whole[: len(whole) // 2])

    with pytest.raises(LetterError, match=r"^the picture `arms\.png` is cut off"):
        typeset(tmp_path, body)


# drawing, why this row is here
WHOLE = [
    pytest.param(f'<g id="a">{SQUARE}</g><use href="#a"/>', id="a part used again"),
    pytest.param(f'<g id="a">{SQUARE}</g><use href="logo.svg#a"/>', id="by the file's own name"),
    pytest.param(f'<g fill="url(#gone) red">{SQUARE}</g>', id="a colour in its stead"),
    pytest.param(f'<g style="font-family:sans-serif">{SQUARE}</g>', id="a font, but no text"),
    pytest.param(f'<g font-family="Roboto, Arial">{TEXT}</g>', id="our font"),
    pytest.param(TEXT, id="no font asked for"),
    pytest.param('<g display="none"><use href="#gone"/></g>', id="a layer that is hidden"),
    pytest.param(f'<a href="https://www.porvoo.fi/">{TEXT}</a>', id="a link"),
]


@pytest.mark.parametrize("drawing", WHOLE)
def test_a_whole_drawing_is_printed(tmp_path: Path, drawing: str) -> None:
    """What programs for drawing write beside the drawing itself does no harm."""
    (tmp_path / "logo.svg").write_text(svg(drawing), encoding="utf-8")

    assert typeset(tmp_path, '<img src="logo.svg" alt="x">').startswith(b"%PDF")
