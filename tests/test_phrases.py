"""A sentence remembers how it was made, so that each language can say it in its own way."""

import pickle
from datetime import date

import pytest

from kuntactl.errors import InputError
from kuntactl.locale import Phrase, counted, phrase, translated

LANGUAGES = ["fi", "sv", "en"]


def test_a_phrase_is_its_english_text() -> None:
    """Logs, tests and scripts in English read what they always read."""
    said = phrase("{file}: no column `{column}`", file="clients.csv", column="kotikunta")

    assert said == "clients.csv: no column `kotikunta`"
    assert f"{said}!" == "clients.csv: no column `kotikunta`!"


def test_an_error_keeps_its_phrase_through_another_error_and_another_process() -> None:
    """A letter laid out elsewhere must tell its fault in the reader's language, too."""
    inner = InputError(phrase("stopped"), hint=phrase("stopped"))
    outer = InputError(phrase("{file}: {problem}", file="a.csv", problem=inner))

    again = pickle.loads(pickle.dumps(outer))  # noqa: S301 - made here

    problem = again.args[0]
    assert isinstance(problem, Phrase)
    assert translated(problem, "fi") == f"a.csv: {translated(inner.problem, 'fi')}"
    assert isinstance(str(ValueError(inner.problem)), Phrase)


NUMBERS = [
    ("fi", "2\u00a0600 / 0,5 / 1.3.2021 / a, b"),
    ("sv", "2\u00a0600 / 0,5 / 1.3.2021 / a, b"),
    ("en", "2,600 / 0.5 / 2021-03-01 / a, b"),
]


@pytest.mark.parametrize(("language", "written"), NUMBERS, ids=LANGUAGES)
def test_numbers_and_days_are_written_as_the_language_does(language: str, written: str) -> None:
    """2,600 is two and a half to a Finnish reader; in English a day is as options take it."""
    said = phrase(
        "{people} / {share} / {on} / {ids}",
        people=2600,
        share=0.5,
        on=date(2021, 3, 1),
        ids=["a", "b"],
    )

    assert translated(said, language) == written


def test_what_is_counted_has_its_own_form() -> None:
    """`1 rows` reads as if a machine could not count."""
    rows = [
        counted("{count} row of {file}", "{count} rows of {file}", n, file="a") for n in (1, 2)
    ]

    assert rows == ["1 row of a", "2 rows of a"]
    assert translated(rows[1], "en") == "2 rows of a"


def test_braces_in_a_value_stay() -> None:
    """A file may be called anything."""
    said = phrase("{file}: stopped", file="{0}.csv")

    assert said == translated(said, "fi") == "{0}.csv: stopped"


COUNTED = [
    ("fi", 1, "p: kokeilussa on vielä 1 asiakas"),
    ("fi", 2, "p: kokeilussa on vielä 2 asiakasta"),
    ("sv", 1, "p: 1 kund är med i försöket"),
    ("sv", 2600, "p: 2\u00a0600 kunder är med i försöket"),
    ("en", 1, "p: 1 client is a member"),
]


@pytest.mark.parametrize(("language", "count", "said"), COUNTED)
def test_one_and_many_are_told_apart_in_each_language(
    language: str, count: int, said: str
) -> None:
    """Finnish has the noun in another case, Swedish in another number."""
    forms = ("{place}: {count} client is a member", "{place}: {count} clients are members")

    assert translated(counted(*forms, count, place="p"), language) == said
