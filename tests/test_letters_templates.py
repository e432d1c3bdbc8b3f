"""What a template may do, and what stops a batch before its first letter."""

from dataclasses import replace
from pathlib import Path

import pytest
from client_frames import client, clients
from conftest import RunCli
from letters_due import due_for, facts_for, only_letter, text_of
from night_exports import FIRST_NIGHT, write_coaches, write_export
from PIL import Image

from kuntactl.errors import KuntactlError, LetterError, SettingsError
from kuntactl.files.staging import staged
from kuntactl.letters.fields import PLACEHOLDERS, Choices, Fields
from kuntactl.letters.press import Press
from kuntactl.letters.printing import Engine, Printing
from kuntactl.letters.write import write_letters

HEAD = '<html lang="fi"><head><title>Kirje</title></head><body>'


def print_with(folder: Path, name: str, template: str) -> str:
    """Return the text of a letter printed with one template of the user's own."""
    (folder / name).write_text(template, encoding="utf-8")
    press = Press(folder)
    return text_of(press.write([press.lay_out(only_letter(client(), templates=folder))]))


def test_a_file_of_the_user_replaces_one_of_ours(tmp_path: Path) -> None:
    """A town changes one text; everything else stays as it came."""
    text = print_with(
        tmp_path,
        "transfer.fi.html",
        "<h1>Oma otsikko</h1><p>Omat sanat.</p>{% set page.title = 'Oma' %}",
    )

    assert "Omat sanat." in text
    assert "Esimerkkikatu 1" in text  # from our own base.html


def test_a_name_is_a_name_even_where_escaping_is_turned_off(tmp_path: Path) -> None:
    """Whoever is called <b> must not make a letter bold, nor draw a picture into it."""
    text = print_with(
        tmp_path,
        "base.html",
        HEAD + "{% autoescape false %}<p>{{ '<b>&amp;' }}</p>{% endautoescape %}",
    )

    assert text == "<b>&amp;"


# template, error, what the message says, why this row is here
WRONG = [
    pytest.param('<img src="logo.png" alt="">', LetterError, "logo.png", id="a missing file"),
    pytest.param('<img src="/etc/hostname" alt="">', LetterError, "hostname", id="outside"),
    pytest.param('<img src="../logo.png" alt="">', LetterError, "logo.png", id="above the folder"),
    pytest.param(
        '<img src="https://example.fi/a.png" alt="">', LetterError, "a.png", id="the net"
    ),
    pytest.param('<p style="colour: red">x</p>', LetterError, "colour", id="unknown style"),
    pytest.param("<p>\u260e</p>", LetterError, "U+260E", id="a character no font has"),
    pytest.param(
        "\n{{ parts[0].f.shoe }}", LetterError, "base.html: line 2", id="a name nobody declared"
    ),
    pytest.param(
        "\n{{ parts[0].f.other_area }}", LetterError, "base.html: line 2: a value", id="none"
    ),
    pytest.param("{{ parts[0].c.has_coach }}", LetterError, "a question", id="true"),
    pytest.param("{{ parts[0].f.recipient }}", LetterError, "a list", id="a list"),
    pytest.param("{{ parts[0].c }}", LetterError, "a record", id="a record"),
    pytest.param("{{ '<b>'|safe }}", LetterError, "safe", id="text taken for HTML"),
    pytest.param("{{ 1 / 0 }}", LetterError, "ZeroDivisionError", id="a slip"),
    pytest.param("{% if %}", LetterError, "line 1", id="wrong syntax"),
    pytest.param(
        "{{ parts[0].f.__class__.__mro__ }}", LetterError, "unsafe", id="out of the sandbox"
    ),
    pytest.param("{% include 'none.html' %}", SettingsError, "none.html", id="no such template"),
    pytest.param(
        "{% include '../secret.html' %}", SettingsError, "secret.html", id="a template above"
    ),
    pytest.param(
        "{% include '/etc/hostname' %}", SettingsError, "hostname", id="a template elsewhere"
    ),
    pytest.param(
        "{% include 'link.html' %}", SettingsError, "link.html", id="a template behind a link"
    ),
    pytest.param('<img src="link.png" alt="">', LetterError, "link.png", id="behind a link"),
    pytest.param(
        '<img src="file:///etc/hostname" alt="">', LetterError, "hostname", id="by its full name"
    ),
    pytest.param(
        '<link rel="stylesheet" href="gone.css"><p>x</p>', LetterError, "gone.css", id="no style"
    ),
    pytest.param(
        "<style>@import 'https://example.fi/a.css';</style><p>x</p>",
        LetterError,
        "a.css",
        id="style from the net",
    ),
    pytest.param(
        "<style>@font-face { font-family: Oma; src: url(oma.ttf) } p { font-family: Oma }</style>"
        "<p>x</p>",
        LetterError,
        "oma.ttf",
        id="a missing font",
    ),
    pytest.param(
        '<p style="font-family: Helvetica">x</p>',
        LetterError,
        "Helvetica",
        id="a font of the machine",
    ),
    pytest.param(
        '<p style="background: url(gone.png)">x</p>', LetterError, "gone.png", id="a background"
    ),
    pytest.param('<object data="gone.svg">x</object>', LetterError, "gone.svg", id="an object"),
    pytest.param("{{ cycler.__init__.__globals__ }}", LetterError, "unsafe", id="by its globals"),
    pytest.param(
        "{% for _ in range(999999999) %}x{% endfor %}", LetterError, "Overflow", id="endless"
    ),
]


@pytest.mark.parametrize(("template", "error", "says"), WRONG)
def test_a_wrong_template_stops_the_batch(
    tmp_path: Path, template: str, error: type[KuntactlError], says: str
) -> None:
    """A letter without its logo, or with half a sentence, must not go out four hundred times."""
    out, templates = tmp_path / "out", tmp_path / "own"
    templates.mkdir()
    for name in ("secret.html", "secret.png"):
        (tmp_path / name).write_bytes(b"x")
    (templates / "link.html").symlink_to(tmp_path / "secret.html")
    (templates / "link.png").symlink_to(tmp_path / "secret.png")
    (templates / "base.html").write_text(HEAD + template, encoding="utf-8")
    people = client()

    with staged(out) as staging, pytest.raises(error) as caught:
        write_letters(
            due_for(people), facts_for(people, templates=templates), staging=staging, workers=1
        )

    assert says in caught.value.problem
    assert "Esimerkki" not in caught.value.problem
    assert staging.planned == ()


@pytest.mark.parametrize("engine", list(Engine))
def test_what_is_wrong_for_one_client_only_stops_the_batch(tmp_path: Path, engine: Engine) -> None:
    """A town that is not known must not be printed as None in the one letter of many."""
    (tmp_path / "transfer.fi.html").write_text(
        "{% set page.title = 'Oma' %}<h1>Oma</h1>\n<p>{{ f.municipality }}</p>", encoding="utf-8"
    )
    people = clients(municipality=["638", "638", None])

    with staged(tmp_path / "out") as staging, pytest.raises(LetterError) as caught:
        write_letters(
            due_for(people),
            facts_for(people, templates=tmp_path),
            staging=staging,
            workers=1,
            printing=Printing(engine=engine),
        )

    assert caught.value.problem == (
        "letter porvoo-000003: transfer.fi.html: line 2: a value that is not known is printed: "
        "ask {% if %} before"
    )
    assert staging.planned == ()


@pytest.mark.parametrize(
    "template",
    [
        pytest.param("{% set page.title = f.recipient[0] %}", id="the title"),
        pytest.param("{% set page.title = f.recipient[0][:3]|upper %}", id="a part of a name"),
        pytest.param("<meta name='keywords' content='{{ f.coach_name }}'>", id="keywords"),
    ],
)
def test_a_name_in_the_metadata_stops_the_batch(tmp_path: Path, template: str) -> None:
    """Archives and search engines read titles; a town's own template must not tell them a name."""
    text = "{% set page.title = 'Oma' %}" + template + "<h1>{{ f.recipient[0] }}</h1>"

    with pytest.raises(LetterError, match=r"^letter porvoo-000001: the title or other metadata"):
        print_with(tmp_path, "transfer.fi.html", text)


def test_a_word_that_a_title_shares_with_a_name_is_no_fault(tmp_path: Path) -> None:
    """Somebody may be called Oma, as the letter is."""
    (tmp_path / "transfer.fi.html").write_text("{% set page.title = 'Oma Anna' %}<h1>Oma</h1>")
    letter = only_letter(client(), templates=tmp_path)
    called_oma = replace(letter.fields[0], recipient=("Anna Oma", "Oma", "00100 OMA"))

    html = Press(tmp_path).html(replace(letter, fields=(called_oma,)))

    assert "<title>Oma Anna</title>" in html


def test_a_picture_that_one_letter_only_lacks_stops_all_of_them(tmp_path: Path) -> None:
    """A branch that one client in a thousand takes must not leave half of a batch in the post."""
    out, templates = tmp_path / "out", tmp_path / "own"
    templates.mkdir()
    (templates / "transfer.fi.html").write_text(
        "{% set page.title = 'Oma' %}<h1>Oma</h1>"
        "{% if not c.has_municipality %}<img src='gone.png' alt='x'>{% endif %}",
        encoding="utf-8",
    )
    people = clients(municipality=["638", "638", None])

    with (
        pytest.raises(LetterError, match=r"^letter porvoo-000003: .*gone\.png"),
        staged(out) as staging,
    ):
        write_letters(
            due_for(people), facts_for(people, templates=templates), staging=staging, workers=1
        )

    assert not [*out.rglob("*.pdf")]


@pytest.mark.parametrize(
    ("file", "text", "code", "says"),
    [
        pytest.param(
            "transfer.fi.html", '<img src="half.png" alt="">', 13, "`half.png`", id="half"
        ),
        pytest.param("transfer.fi.html", '<img src="logo.png" alt="">', 13, "logo.png", id="none"),
        pytest.param("letter.css", "p { font-family: Futura }", 13, "`Futura`", id="a font"),
        pytest.param("transfer.fi.html", "{{ c.shoe }}", 13, "shoe", id="an undeclared name"),
        pytest.param("transfer.fi.html", "{% include 'gone.html' %}", 11, "gone.html", id="other"),
    ],
)
def test_a_run_with_a_wrong_template_writes_nothing(
    tmp_path: Path, kuntactl: RunCli, file: str, text: str, code: int, says: str
) -> None:
    """Whoever is on duty reads one sentence; nobody has got a letter, nobody is a member yet."""
    templates, out = tmp_path / "own", tmp_path / "out"
    templates.mkdir()
    (templates / file).write_text(text, encoding="utf-8")
    Image.effect_noise((64, 64), 80).save(templates / "half.png")
    (templates / "half.png").write_bytes((templates / "half.png").read_bytes()[:999])
    export = write_export(tmp_path / "export.csv", FIRST_NIGHT)
    coaches = write_coaches(tmp_path / "coaches.csv")

    ended = kuntactl(
        *("run", export, "--coaches", coaches, "--on", "2021-03-01"),
        *("--out", out, "--templates", templates, "--workers", 1),
    )

    assert ended.code == code
    assert ended.err.count("error: ") == 1
    assert says in ended.err
    assert not out.exists()


def test_an_error_names_the_letter(tmp_path: Path) -> None:
    """Whoever mends it must find it, and must not read a name in the log."""
    with pytest.raises(LetterError, match=r"^letter porvoo-000001: "):
        print_with(tmp_path, "base.html", HEAD + '<img src="logo.png">')


def test_a_folder_of_templates_must_be_there(tmp_path: Path) -> None:
    """A typing error in the path must not print our letters instead of the town's."""
    with pytest.raises(SettingsError, match="no such folder"):
        only_letter(client(), templates=tmp_path / "none")


def test_a_page_needs_title_and_language(tmp_path: Path) -> None:
    """A PDF without them cannot keep what it declares."""
    with pytest.raises(LetterError, match="title"):
        print_with(tmp_path, "base.html", "<html><body>x")


def test_every_name_a_template_may_use_is_declared() -> None:
    """The table of placeholders is what people write templates from."""
    names = {f"c.{name}" for name in Choices.__dataclass_fields__} | {
        f"f.{name}" for name in Fields.__dataclass_fields__
    }

    assert [placeholder.name for placeholder in PLACEHOLDERS] == sorted(
        names, key=[placeholder.name for placeholder in PLACEHOLDERS].index
    )
