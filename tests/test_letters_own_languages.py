"""A user adds a language to the letters with templates and a file of words."""

from pathlib import Path

import polars as pl
import pytest
from client_frames import client, clients
from conftest import RunCli
from engines import looks_the_same, printed
from letters_due import due_for, facts_for, only_letter, text_of
from read_aloud import faults_of

from kuntactl.domain.types import LetterLanguage
from kuntactl.errors import KuntactlError, LetterError, SettingsError
from kuntactl.files.staging import staged
from kuntactl.letters.plan import plan
from kuntactl.letters.press import Press
from kuntactl.letters.printing import Engine
from kuntactl.letters.write import write_letters

RUSSIAN = """{%- set page.title = page.title or "Письмо" -%}
<h1>{{ c.day|day(c.language) }}</h1>
<p>{{ c.trial_name }}: {{ c.trial_act }}. {{ f.municipality }}.</p>
{%- if c.move_back_where %}<p>{{ c.move_back_where }}</p>{% endif %}
{%- if c.office %}<p>{{ c.office.name }}</p>{% endif %}
<ul class="field" data-field="grounds">
{%- for ground in f.grounds %}<li>{{ ground }}</li>{% endfor %}
</ul>
"""
WORDS = """id = "ru"
notice = "Уведомление"
reference = "Номер"
[grounds]
under_30 = "Вам меньше 30 лет."
no_earnings_related_right = "Вы не имеете права на пособие."
[trials.trial-2021]
name = "муниципальный эксперимент в сфере занятости"
act = "закон 1269/2020"
"""


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """Return a folder that adds Russian to the transfer letter."""
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "transfer.ru.html").write_text(RUSSIAN, encoding="utf-8")
    (folder / "ru.toml").write_text(WORDS, encoding="utf-8")
    return folder


def pages_of(folder: Path, area: str = "porvoo", **changes: object) -> list[str]:
    """Return the text of each page of the letter to one client."""
    letter = only_letter(client(**changes), templates=folder, area=area)
    press = Press(folder)
    laid = press.lay_out(letter)
    return text_of(press.write([laid])).split("(2)")


def test_the_template_and_its_words_make_a_part_of_their_own(templates: Path) -> None:
    """A Russian speaker reads Russian from the label to the ground, and no English."""
    letter = only_letter(client(mother_tongue="ru"), templates=templates)
    text = pages_of(templates, mother_tongue="ru")[-1]

    assert [c.language for c in letter.choices] == ["fi", "ru"]
    assert "Вам меньше 30 лет." in text
    assert "Муниципальный эксперимент" in text
    assert "Номер porvoo-000001" in text
    assert "Porvoo" in text
    assert "1.3.2021" in text
    assert "The" not in text


def test_names_are_those_of_the_language_of_service(templates: Path) -> None:
    """A client served in Swedish looks for Borgå, not for Porvoo, whatever they read."""
    letter = only_letter(client(mother_tongue="ru", service_language="sv"), templates=templates)

    assert [c.language for c in letter.choices] == ["sv", "ru"]
    assert letter.fields[1].municipality == "Borgå"


def test_words_of_the_area_are_left_out(templates: Path) -> None:
    """Opening hours are known in Finnish, Swedish and English; the Finnish part has them."""
    finnish, own = only_letter(
        client(mother_tongue="ru", municipality="734"),
        templates=templates,
        area="salo-marttila-koski",
    ).choices

    assert finnish.office is not None
    assert own.office is not None
    assert own.office.name == finnish.office.name
    assert finnish.office.hours
    assert own.office.hours == ()


def test_letters_in_russian_are_stamped(templates: Path) -> None:
    """A field in an element of its own is a text of one script, whatever stands beside it."""
    (templates / "transfer.ru.html").write_text(
        RUSSIAN.replace("{{ f.municipality }}.", "<span>{{ f.municipality }}</span>"),
        encoding="utf-8",
    )
    people = clients(mother_tongue=["ru", "ru"], given_names=["Иван", "Aino"], family_name="Ёж")
    facts = facts_for(people, templates=templates)
    letters = [*plan(due_for(people), facts).letters.values()]

    stamped = printed(letters, templates=templates)
    whole = printed(letters, templates=templates, engine=Engine.WHOLE)

    assert [one.stamped for one in stamped.letters] == [True, False]  # Aino Ёж: two scripts
    for one, twin in zip(stamped.letters, whole.letters, strict=True):
        assert looks_the_same(one.pdf, twin.pdf)
        assert faults_of(one.pdf) == []


# mother tongue, kind of letter, languages, why this row is here
WHO = [
    pytest.param("ru", "transfer", "fi+ru", id="has a template"),
    pytest.param("et", "transfer", "fi+en", id="no template in the language"),
    pytest.param("ru", "return", "fi+en", id="no template of the kind"),
    pytest.param("fi", "transfer", "fi", id="Finnish needs no second part"),
    pytest.param("99", "transfer", "fi", id="unknown"),
]


@pytest.mark.parametrize(("tongue", "kind", "lang"), WHO)
def test_the_language_comes_with_its_template(
    templates: Path, tongue: str, kind: str, lang: str
) -> None:
    """Who has no template in the mother tongue gets what everybody gets."""
    person = client(mother_tongue=tongue)
    due = due_for(person).with_columns(
        kind=pl.lit(kind), reason=pl.lit("at_request" if kind == "return" else None, pl.String)
    )

    planned = plan(due, facts_for(person, templates=templates))

    assert planned.rows["lang"].to_list() == [lang]


def test_a_template_in_sami_is_for_those_who_speak_it(templates: Path) -> None:
    """Sámi is not a foreign language, so its speakers get no English; but Sámi, where it is."""
    (templates / "transfer.se.html").write_text("<p>Ǯ</p>", encoding="utf-8")
    (templates / "se.toml").write_text(WORDS.replace('"ru"', '"se"'), encoding="utf-8")

    people = clients(mother_tongue=["se", "sms"])
    planned = plan(due_for(people), facts_for(people, templates=templates))

    assert planned.rows["lang"].to_list() == ["fi+se", "fi"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Õhtul on öö, š ja ž, äike", id="Estonian"),
        pytest.param("Waxaad ka mid tahay kooxda", id="Somali"),
        pytest.param("Съешь ещё этих французских булок", id="Russian"),
        pytest.param("Bạn thuộc nhóm mục tiêu", id="Vietnamese"),
        pytest.param("Jesteś w grupie docelowej, żółć", id="Polish"),
    ],
)
def test_the_letters_of_a_language_are_printed(templates: Path, text: str) -> None:
    """A language that our fonts have can be added by anybody."""
    (templates / "transfer.ru.html").write_text(
        "{% set page.title = 'x' %}<p>" + text + "</p>", encoding="utf-8"
    )

    assert text in pages_of(templates, mother_tongue="ru")[-1].replace("\n", " ")


# file, its content (none: it is taken away), error, what the message says, why it is here
WRONG = [
    pytest.param("ru.toml", None, LetterError, "ru.toml", id="no words"),
    pytest.param("ru.toml", 'id = "ru"', SettingsError, "ru.toml: `notice`", id="few words"),
    pytest.param("ru.toml", WORDS.replace('"ru"', '"et"'), SettingsError, "id", id="other words"),
    pytest.param(
        "ru.toml", WORDS.replace("under_30", "immigrant"), LetterError, "under_30", id="no ground"
    ),
    pytest.param(
        "ru.toml", WORDS.replace("trial-2021", "trial-2017"), LetterError, "2021", id="no trial"
    ),
    pytest.param(
        "ru.toml", WORDS.replace("Номер", "رقم"), LetterError, "U+0631", id="Arabic word"
    ),
    pytest.param("transfer.ru.html", "<p>مرحبا</p>", LetterError, "U+0627", id="Arabic text"),
    pytest.param(
        "transfer.ru.html",
        "{% if c.grounds_count == 'many' %}مرحبا{% endif %}",
        LetterError,
        "transfer.ru.html: line 1",
        id="Arabic text that this letter does not reach",
    ),
]


@pytest.mark.parametrize(("file", "content", "error", "says"), WRONG)
def test_what_is_wrong_shows_before_the_first_letter(
    templates: Path,
    tmp_path: Path,
    file: str,
    content: str | None,
    error: type[KuntactlError],
    says: str,
) -> None:
    """Half a letter in Russian, or with boxes for letters, must not go out even once."""
    (templates / file).unlink()
    if content is not None:
        (templates / file).write_text(content, encoding="utf-8")
    people = clients(mother_tongue=["fi"] * 3 + ["ru"])

    with staged(tmp_path / "out") as staging, pytest.raises(error) as caught:
        write_letters(
            due_for(people), facts_for(people, templates=templates), staging=staging, workers=1
        )

    assert says in caught.value.problem
    assert "Esimerkki" not in caught.value.problem
    assert staging.planned == ()


@pytest.mark.parametrize("text", ["en", "fi+fi", "fi+", "fi+RU", "ru+fi", "fi+ru+en", ""])
def test_the_first_language_is_one_of_service(text: str) -> None:
    """An authority writes in Finnish or Swedish; another language comes beside it."""
    with pytest.raises(ValueError, match="fi or sv"):
        LetterLanguage.parse(text)


def test_languages_read_back_as_written() -> None:
    """What stands in letters.csv can be given to `letters preview`."""
    for text in ("fi", "sv+en", "fi+ru", "sv+smn"):
        assert str(LetterLanguage.parse(text)) == text


def test_a_letter_in_a_language_of_one_s_own_can_be_looked_at(
    templates: Path, kuntactl: RunCli, tmp_path: Path
) -> None:
    """The words are read before the batch, by somebody who knows the language."""
    out = tmp_path / "letter.pdf"
    words = ("letters", "preview", "--letter-lang", "sv+ru", "--templates", templates, "-o", out)

    assert kuntactl(*words).code == 0
    assert "Уведомление" in text_of(out.read_bytes())
    assert kuntactl(*words, "--kind", "return").code == 11
