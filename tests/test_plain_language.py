"""Letters are in sentences that anybody can read in one go."""

import pytest
from letter_cases import CASES, Case, letter_of

from kuntactl.letters.compose import Composer, template_folders
from kuntactl.letters.master import html_of
from kuntactl.letters.plain_language import (
    hard_to_read,
    sentences_of,
    split,
    words_in,
)

LONGEST = 30  # words in any one sentence of ours; the name of an Act alone has fifteen

# language, text, its sentences, why this row is here
TEXTS = [
    ("fi", "Hei! Miten menee? Hyvin.", ["Hei!", "Miten menee?", "Hyvin."], "three ends"),
    ("fi", "Siirto on 1.3.2021 alkaen.", ["Siirto on 1.3.2021 alkaen."], "a day"),
    (
        "fi",
        "Kokeilu päättyy 30.6.2023. Pysyt mukana.",
        ["Kokeilu päättyy 30.6.2023.", "Pysyt mukana."],
        "a day at the end",
    ),
    ("fi", "Alkaa 1. maaliskuuta 2021.", ["Alkaa 1. maaliskuuta 2021."], "an ordinal number"),
    ("fi", "Kysy esim. Kelasta ym. Emme tiedä.", ["Kysy esim. Kelasta ym. Emme tiedä."], "ym."),
    ("fi", "Avoinna klo 10–15. Tervetuloa!", ["Avoinna klo 10–15.", "Tervetuloa!"], "times"),
    ("sv", "Öppet kl. 10–15, t.ex. måndag.", ["Öppet kl. 10–15, t.ex. måndag."], "Swedish"),
    ("sv", "Fr.o.m. 1.3.2021 i S:t Mårtens.", ["Fr.o.m. 1.3.2021 i S:t Mårtens."], "S:t"),
    ("en", "Ask e.g. Kela. Thank you.", ["Ask e.g. Kela.", "Thank you."], "English"),
    ("ru", "Вам 25 лет. Вы клиент.", ["Вам 25 лет.", "Вы клиент."], "a language of one's own"),
    ("fi", "Lue (tämä kaikki.) Kiitos", ["Lue (tämä kaikki.)", "Kiitos"], "no end, a bracket"),
    ("fi", " – … ", [], "no word, no sentence"),
]


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [pytest.param(*case[:3], id=case[3]) for case in TEXTS],
)
def test_sentences_end_where_a_reader_ends_them(
    language: str, text: str, sentences: list[str]
) -> None:
    """A day or an abbreviation cut in two would make every letter look easy."""
    assert list(split(text, language)) == sentences


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Kokeilu päättyy 30.6.2023.", 3),
        ("Lue: https://www.porvoo.fi/kuntakokeilu.", 2),
        ("TE-toimisto (1269/2020) – klo 10–15", 4),
        ("Mårtens' S:t", 2),
    ],
)
def test_words_are_counted_as_they_are_read(sentence: str, words: int) -> None:
    """A number or an address of the web is read as one word."""
    assert words_in(sentence) == words


def test_lists_of_facts_and_headings_are_no_sentences() -> None:
    """A telephone number is no short sentence that makes up for a long one."""
    html = (
        '<section lang="fi"><div class="sender"><p>Kaupunki.</p></div><div class="text">'
        "<h1>Otsikko</h1><p>Yksi kaksi<br>kolme.</p>"
        '<ul class="facts x"><li>Nimi</li></ul><ul><li>Neljä viisi</li></ul></div></section>'
        '<section lang="en"><div class="text"><p>One.</p></div></section>'
    )

    assert sentences_of(html) == {"fi": ["Yksi kaksi kolme.", "Neljä viisi"], "en": ["One."]}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        pytest.param([20, 20], None, id="exactly twenty"),
        pytest.param([10, 30], None, id="one short, one long"),
        pytest.param([20, 21], 21, id="half a word too many"),
        pytest.param([20] * 99 + [21], 21, id="a hundredth of a word too many"),
        pytest.param([], None, id="no sentence"),
    ],
)
def test_twenty_words_on_average_are_the_most(words: list[int], says: int | None) -> None:
    """The twentieth is still plain; whatever is more is told as the next whole word."""
    sentences = split(" ".join(f"Siirto {'alkaa ' * (count - 2)}nyt." for count in words), "fi")

    assert [words_in(sentence) for sentence in sentences] == words
    assert hard_to_read(sentences) == says


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_our_letters_are_plain(case: Case) -> None:
    """At most twenty words a sentence on average, in each language by itself."""
    letter = letter_of(case)
    composer = Composer(template_folders(None))

    sentences = sentences_of(html_of(letter.choices, letter.fields, composer=composer))

    assert list(sentences) == case.name.split(".")[1].split("+")
    for of_language in sentences.values():
        assert len(of_language) > 5
        assert hard_to_read(of_language) is None
        assert max(map(words_in, of_language)) <= LONGEST
