"""Templates that are hard to stamp: each is stamped exactly, or refused in a sentence."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from client_frames import client
from engines import looks_the_same, printed
from letters_due import only_letter
from PIL import Image
from read_aloud import faults_of

from kuntactl.letters.letter import Letter
from kuntactl.letters.master import NotStampedError
from kuntactl.letters.press import Shard, Task, print_shard
from kuntactl.letters.printing import Engine, Job, Printing

HEAD = "{% set page.title = page.title or 'Oma' %}<h1>Oma</h1><p>Hei!</p>"
TAIL = "<p>Loppu.</p>"
LONG = "auttaa sinua työnhaussa, ja teette yhdessä suunnitelman työn löytämiseksi. " * 3

SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><title>Vaakuna</title>
<defs><linearGradient id="g"><stop offset="0" stop-color="navy"/>
<stop offset="1" stop-color="gold"/></linearGradient></defs>
<rect width="90" height="40" fill="url(#g)" opacity="0.7"/><circle cx="50" cy="25" r="9"/></svg>"""

# template, why this row is here
STAMPED = [
    pytest.param("<p class='field'>{{ f.coach_name }}</p>", id="a line of its own"),
    pytest.param("<p>Valmentajasi on {{ f.coach_name }}, Porvoo.</p>", id="words around it"),
    pytest.param("<p>{{ f.coach_name }}, {{ f.coach_phone }}</p>", id="two fields in a line"),
    pytest.param("<p>Soita: <b>{{ f.coach_phone }}</b></p>", id="the last of its line in bold"),
    pytest.param("<p>{{ f.coach_name }}</p><p>{{ f.coach_name }}</p>", id="twice"),
    pytest.param("<p style='text-align: right'>{{ f.coach_name }}</p>", id="at the right"),
    pytest.param("<p style='text-align: center'>{{ f.coach_name }}</p>", id="centred"),
    pytest.param("<p style='text-align: justify'>{{ f.coach_name }}</p>", id="justified"),
    pytest.param("<p style='font-size: 87%'>{{ f.coach_name }}</p>", id="a size in per cent"),
    pytest.param("<p style='color: #336'>{{ f.coach_name }}</p>", id="in colour"),
    pytest.param(
        "<p style='transform: rotate(90deg); width: 60mm'>{{ f.coach_name }}</p>", id="turned"
    ),
    pytest.param(
        "<p style='border: 1pt solid; padding: 2mm'>{{ f.coach_name }}</p>", id="in a frame"
    ),
    pytest.param(
        "<table style='table-layout: fixed; width: 100mm'><tr><th scope='row'>Nimi</th>"
        "<td>{{ f.coach_name }}</td></tr></table>",
        id="a table of fixed widths",
    ),
    pytest.param(
        "{% if f.coach_email %}<p>{{ f.coach_email }}</p>{% endif %}", id="only if there is one"
    ),
    pytest.param(
        "<p>{{ f.coach_name }}</p><p><a href='https://example.fi/'>example.fi</a></p>",
        id="a link to the net",
    ),
    pytest.param(
        "<p id='top'>{{ f.coach_name }}</p><p><a href='#top'>ylös</a></p>",
        id="a link within the letter",
    ),
    pytest.param("<p>{{ '<' ~ f.coach_name ~ '>' }}</p>", id="joined with signs of HTML"),
    pytest.param(
        "<p>{{ f.recipient|first }}, {{ f.grounds|join(' ja ') }}</p>", id="lines of a list"
    ),
    pytest.param("<p>{{ f.coach_name|e|default('x') }}</p>", id="escaped once more"),
]

NOT_LOOKED_AT = r"a field may be printed, not looked at$"

# template, what the sentence names and says, why this row is here
REFUSED = [
    pytest.param(
        "<p class='own'>{{ f.coach_name }} " + LONG + "</p>",
        r'^<p class="own">: f\.coach_name stands in text of several lines$',
        id="inside a sentence",
    ),
    pytest.param(
        "<p class='own'>Valmentajasi{% if f.coach_phone %}, {{ f.coach_phone }},{% endif %} "
        + LONG
        + "</p>",
        r'^<p class="own">: f\.coach_phone stands in text of several lines$',
        id="in flowing text, and not always there",
    ),
    pytest.param(
        "<p class='own'>Soita{% if f.coach_phone %} <b>{{ f.coach_phone }}</b>{% endif %} tai "
        "kirjoita.</p>",
        r'^<p class="own"> on page 1 moves',
        id="in a short line, and not always there",
    ),
    pytest.param(
        "<table><tr><td>{{ f.coach_name }}</td><td class='b'>aina</td></tr></table>",
        r'^<td class="b"> on page 1 moves',
        id="automatic widths of a table",
    ),
    pytest.param(
        "<p><b>{{ f.coach_name }}</b> <i class='b'>auttaa</i></p>",
        r'^<i class="b"> on page 1 moves',
        id="something behind it in the line",
    ),
    pytest.param(
        "<p><span style='display: inline-block'>{{ f.coach_name }}</span> auttaa sinua.</p>",
        r"^<p> on page 1 moves",
        id="a box as wide as the text",
    ),
    pytest.param(
        "<p style='float: right'>{{ f.coach_name }}</p>",
        r"on page 1 moves|no room",
        id="floating",
    ),
    pytest.param(
        "<p style='text-align: right'>Nimi <b>{{ f.coach_name }}</b></p>",
        r"^<(p|b)> on page 1 moves",
        id="a label before it at the right",
    ),
    pytest.param(
        "<p style='text-transform: uppercase'>{{ f.coach_name }}</p>",
        r"^f\.coach_name is changed before it is printed",
        id="in capitals by the style sheet",
    ),
    pytest.param(
        "<p>{{ f.coach_name|upper }}</p>",
        NOT_LOOKED_AT,
        id="in capitals by a filter",
    ),
    pytest.param(
        "<p style='letter-spacing: 1pt'>{{ f.coach_name }}</p>",
        r"^<p>: f\.coach_name is set with spacing",
        id="spaced letters",
    ),
    pytest.param(
        "<p style='font-variant-numeric: tabular-nums; font-feature-settings: \"kern\" 0'>"
        "{{ f.coach_name }}</p>",
        r"^<p>(: f\.coach_name is set with|( on page 1 moves))",
        id="features of the font",
    ),
    pytest.param(
        "<p style='text-decoration: underline'>{{ f.coach_name }}</p>",
        r"^<p>: f\.coach_name is drawn with more than its letters",
        id="underlined as far as it goes",
    ),
    pytest.param(
        "<p style='string-set: who content()'>{{ f.coach_name }}</p>"
        "<style>@page { @top-left { content: string(who); text-align: left } }</style>",
        r"^margin box: f\.coach_name stands where the width follows the text$",
        id="in a running header",
    ),
    pytest.param(
        "<p><a href='tel:{{ f.coach_phone }}'>Soita</a></p>",
        r"^f\.coach_phone stands in an attribute or a style sheet$",
        id="in a link",
    ),
    pytest.param(
        "<style>p::after { content: attr(data-n) }</style><p data-n='{{ f.coach_name }}'></p>",
        r"^f\.coach_name stands in an attribute or a style sheet$",
        id="in an attribute that the style sheet prints",
    ),
    pytest.param(
        "<style>p.x::after { content: '{{ f.coach_name }}' }</style><p class='x'></p>",
        r"^f\.coach_name stands in an attribute or a style sheet$",
        id="in the style sheet",
    ),
    pytest.param(
        "{% set page.title = 'Kirje ' ~ f.coach_name %}<p>x</p>",
        r"^(f\.coach_name is changed|the title or a bookmark)",
        id="in the title",
    ),
    pytest.param(
        "<h2>{{ f.coach_name }}</h2>", r"^the title or a bookmark", id="in a heading, a bookmark"
    ),
    pytest.param(
        "{% if f.coach_name == 'Ville' %}<p>x</p>{% endif %}",
        r"^transfer\.fi\.html: line 1: TypeError: a field may be printed, not looked at",
        id="compared",
    ),
    pytest.param(
        "<p>{{ f.coach_phone|replace('+358 ', '0') }}</p>", NOT_LOOKED_AT, id="replaced in part"
    ),
    pytest.param(
        "<p>{{ ('p. ' ~ f.coach_phone)|replace('+358 ', '0') }}</p>",
        NOT_LOOKED_AT,
        id="joined, then replaced in part",
    ),
    pytest.param(
        "<p>{% filter replace('+358 ', '0') %}{{ f.coach_phone }}{% endfilter %}</p>",
        NOT_LOOKED_AT,
        id="filtered as a block",
    ),
    pytest.param(
        "{% set phone %}{{ f.coach_phone }}{% endset %}<p>{{ phone.replace('+358 ', '0') }}</p>",
        NOT_LOOKED_AT,
        id="kept, then changed by its own method",
    ),
    pytest.param("<p>{{ f.coach_phone|truncate(30) }}</p>", NOT_LOOKED_AT, id="cut"),
    pytest.param("<p>{{ f.coach_phone|int }}</p>", NOT_LOOKED_AT, id="taken for a number"),
    pytest.param(
        "<p>{{ f.grounds|map('upper')|join(', ') }}</p>", NOT_LOOKED_AT, id="each of a list"
    ),
    pytest.param(
        "<p>{{ f.coach_name|length }}</p>", r"a field may be printed, not looked at", id="measured"
    ),
    pytest.param(
        "<p>{{ f.recipient|length }}</p>", r"a field may be printed, not looked at", id="counted"
    ),
    pytest.param(
        "{% for line in f.recipient %}<p class='again'>{{ line }}</p>{% endfor %}",
        r"<p> on page 1 moves",
        id="the address once more, where text follows",
    ),
]


def letter_with(template: str, folder: Path) -> Letter:
    """Return a letter that the user's own template makes."""
    (folder / "transfer.fi.html").write_text(HEAD + template + TAIL, encoding="utf-8")
    return only_letter(client(), templates=folder)


@pytest.mark.parametrize("template", STAMPED)
def test_what_can_be_stamped_looks_like_the_whole_letter(template: str, tmp_path: Path) -> None:
    """A town writes templates as it likes, and gets its letters fast where that is exact."""
    letter = letter_with(template, tmp_path)
    other = replace(letter.fields[0], coach_name="Åke Ö. Äijö-Å", coach_phone="1")
    letters = [letter, replace(letter, fields=(other,))]

    stamped = printed(letters, templates=tmp_path)
    whole = printed(letters, templates=tmp_path, engine=Engine.WHOLE)

    assert [one.stamped for one in stamped.letters] == [True, True]
    for one, twin in zip(stamped.letters, whole.letters, strict=True):
        assert looks_the_same(one.pdf, twin.pdf)
    assert looks_the_same(stamped.print_run or b"", whole.print_run or b"")
    for content in (*(one.pdf for one in stamped.letters), stamped.print_run or b""):
        assert faults_of(content) == []


@pytest.mark.parametrize(("template", "says"), REFUSED)
def test_what_cannot_is_refused_with_the_element(template: str, says: str, tmp_path: Path) -> None:
    """A letter that would come out a little wrong is laid out whole, and the run says why."""
    letter = letter_with(template, tmp_path)

    with pytest.raises(NotStampedError, match=says):
        printed([letter], templates=tmp_path)


@pytest.mark.parametrize("name", ["logo.png", "logo.jpg", "logo.svg"])
def test_a_town_s_arms_stand_on_stamped_letters_too(name: str, tmp_path: Path) -> None:
    """A picture is written once in a print run, and looks as it does in a whole letter."""
    picture = Image.linear_gradient("L").convert("RGB").rotate(30)
    if name.endswith(".svg"):
        (tmp_path / name).write_text(SVG, encoding="utf-8")
    else:
        picture.save(tmp_path / name)
    template = f"<p><img src='{name}' alt='Vaakuna' style='width: 40mm'></p>"
    letter = letter_with(
        f"{template}<p style='text-align: center'>{{{{ f.coach_name }}}}</p>", tmp_path
    )

    stamped = printed([letter] * 3, templates=tmp_path)
    whole = printed([letter] * 3, templates=tmp_path, engine=Engine.WHOLE)

    assert stamped.letters[0].stamped
    assert looks_the_same(stamped.letters[0].pdf, whole.letters[0].pdf)
    assert looks_the_same(stamped.print_run or b"", whole.print_run or b"")
    assert faults_of(stamped.letters[0].pdf) == []
    assert faults_of(stamped.print_run or b"") == []
    with pikepdf.open(BytesIO(stamped.print_run or b"")) as run:
        pictures = [item for item in run.objects if _subtype(item) == "/Image"]
        assert len(pictures) == (0 if name.endswith(".svg") else 1)


def test_a_field_that_is_not_there_leaves_its_sentence_whole(tmp_path: Path) -> None:
    """Where a text is lacking the line closes up, and the letter is stamped all the same."""
    letter = letter_with(
        "<p>Soita{% if f.coach_phone %} <b>{{ f.coach_phone }}</b>{% endif %} tai kirjoita "
        + LONG
        + "</p><p>{{ f.coach_name }}</p>",
        tmp_path,
    )
    lacking = replace(letter, fields=(replace(letter.fields[0], coach_phone=None),))

    stamped = printed([lacking], templates=tmp_path)
    whole = printed([lacking], templates=tmp_path, engine=Engine.WHOLE)

    assert stamped.letters[0].stamped
    assert looks_the_same(stamped.letters[0].pdf, whole.letters[0].pdf)
    assert faults_of(stamped.letters[0].pdf) == []


def test_names_in_cyrillic_and_greek_are_stamped_too(tmp_path: Path) -> None:
    """A text of one script is set in one piece, whichever of our font's scripts it is."""
    letter = letter_with("<p style='text-align: right'>{{ f.coach_name }}</p>", tmp_path)
    names = ["Щербаков (Ёж)", "Ђорђе Ћирић", "Γιώργος Παπαδόπουλος", "Ἀλέξανδρος"]
    letters = [
        replace(letter, fields=(replace(letter.fields[0], coach_name=name),)) for name in names
    ]

    stamped = printed(letters, templates=tmp_path)
    whole = printed(letters, templates=tmp_path, engine=Engine.WHOLE)

    assert all(one.stamped for one in stamped.letters)
    for one, twin in zip(stamped.letters, whole.letters, strict=True):
        assert looks_the_same(one.pdf, twin.pdf)
    assert looks_the_same(stamped.print_run or b"", whole.print_run or b"")
    assert faults_of(stamped.print_run or b"") == []


# style, why this row is here
FEATURES = [
    pytest.param("font-variant: small-caps", id="small capitals"),
    pytest.param("font-variant-ligatures: common-ligatures", id="ligatures"),
    pytest.param("font-variant-numeric: tabular-nums", id="figures of one width"),
    pytest.param(
        "overflow: hidden; text-overflow: ellipsis; white-space: nowrap; width: 20mm",
        id="dots where the text is cut",
    ),
]


@pytest.mark.parametrize("style", FEATURES)
def test_glyphs_that_are_no_characters_are_in_the_file(style: str, tmp_path: Path) -> None:
    """A font cut down to characters lacks a ligature, and paper would have a gap there."""
    template = f"<p style='{style}'>affitti 0123456789 ja muuta</p><p>{{{{ f.coach_name }}}}</p>"
    letter = letter_with(template, tmp_path)

    with pytest.raises(NotStampedError, match="more than plain letters"):
        printed([letter], templates=tmp_path)
    one, twin = (
        print_shard(
            Task(
                shard=Shard(area="porvoo", letters=(letter,) * 2, bundle="run.pdf"),
                job=Job(templates=tmp_path, printing=Printing(engine=engine, overlay=_square)),
                keys={},
                masters={},
            )
        )
        for engine in Engine
    )

    assert [made.stamped for made in one.letters] == [False] * 2
    assert looks_the_same(one.letters[1].pdf, twin.letters[1].pdf)
    assert looks_the_same(one.print_run or b"", twin.print_run or b"")
    assert faults_of(one.letters[1].pdf) == []


def _square(letter_id: str, page: int, pages: int) -> bytes:
    """Draw a square in the lower left corner."""
    del letter_id, page, pages
    return b"10 800 9 9 re f"


# what is changed in the client's own texts, why this row is here
UNUSUAL = [
    pytest.param({"coach_name": "W" * 80}, id="wider than its box"),
    pytest.param({"coach_name": ""}, id="empty"),
    pytest.param({"coach_name": "Ivan Щербаков"}, id="two scripts"),
    pytest.param({"coach_name": "Ville  Valmentaja"}, id="two spaces"),
    pytest.param({"coach_name": "Ville Valmentaja "}, id="a space at the end"),
    pytest.param({"coach_name": "A\u0308ke"}, id="a combining mark"),
    pytest.param({"coach_name": "Ville\u00adValmentaja"}, id="a soft hyphen"),
]


@pytest.mark.parametrize("changes", UNUSUAL)
def test_an_unusual_text_is_laid_out_whole(changes: dict[str, str], tmp_path: Path) -> None:
    """A master says nothing of texts that Pango may set in ways of its own."""
    letter = letter_with("<p>{{ f.coach_name }}</p>", tmp_path)
    unusual = replace(letter, fields=(replace(letter.fields[0], **changes),))

    shard = printed([letter, unusual], templates=tmp_path)
    whole = printed([letter, unusual], templates=tmp_path, engine=Engine.WHOLE)

    assert [one.stamped for one in shard.letters] == [True, False]
    assert shard.print_run is not None
    assert whole.print_run is not None
    assert looks_the_same(shard.letters[1].pdf, whole.letters[1].pdf)
    assert looks_the_same(shard.print_run, whole.print_run)
    assert faults_of(shard.letters[1].pdf) == []
    assert faults_of(shard.print_run) == []


def _subtype(item: object) -> str:
    known = isinstance(item, pikepdf.Dictionary | pikepdf.Stream)
    return str(item.get("/Subtype", "")) if known else ""
