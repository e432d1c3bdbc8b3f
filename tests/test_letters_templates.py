"""What a template may do, and what stops a batch before its first letter."""

from pathlib import Path

import pytest
from client_frames import client
from letters_due import due_for, facts_for, only_letter, text_of

from kuntactl.errors import KuntactlError, LetterError, SettingsError
from kuntactl.files.staging import staged
from kuntactl.letters.fields import PLACEHOLDERS, Choices, Fields
from kuntactl.letters.press import Press
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
    pytest.param("{{ 1 / 0 }}", LetterError, "ZeroDivisionError", id="a slip"),
    pytest.param("{% if %}", LetterError, "line 1", id="wrong syntax"),
    pytest.param(
        "{{ parts[0].f.__class__.__mro__ }}", LetterError, "unsafe", id="out of the sandbox"
    ),
    pytest.param("{% include 'none.html' %}", SettingsError, "none.html", id="no such template"),
]


@pytest.mark.parametrize(("template", "error", "says"), WRONG)
def test_a_wrong_template_stops_the_batch(
    tmp_path: Path, template: str, error: type[KuntactlError], says: str
) -> None:
    """A letter without its logo, or with half a sentence, must not go out four hundred times."""
    out, templates = tmp_path / "out", tmp_path / "own"
    templates.mkdir()
    (templates / "base.html").write_text(HEAD + template, encoding="utf-8")
    people = client()

    with staged(out) as staging, pytest.raises(error) as caught:
        write_letters(
            due_for(people), facts_for(people, templates=templates), staging=staging, workers=1
        )

    assert says in caught.value.problem
    assert "Esimerkki" not in caught.value.problem
    assert staging.planned == ()


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
