"""Sources and doubts are read in the reader's language: an official answers for them in it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import RunCli
from test_own_settings import OWN_AREA, write_area

from kuntactl.domain.areas import load_areas
from kuntactl.domain.trials import load_trials
from kuntactl.domain.wording import Words
from kuntactl.eligibility.rules import load_rules

# What only an English sentence holds; names of sites and registers are the same everywhere.
ENGLISH = re.compile(r"\b(the|of|and|not|Act|news|office|whether|where|is|by|for|was)\b")
A_NAME = re.compile(r"[a-zäö]+\.fi(/\S+)?( [0-9.]+)?(; yle\.fi\S*)?")


def remarks() -> Iterator[tuple[str, Words | None]]:
    """Yield every source, doubt and reason that a user reads, with the file it stands in."""
    for rules in load_rules().values():
        yield rules.id, rules.source
        yield from ((rules.id, known.reason) for known in rules.known_findings)
        for version in rules.versions:
            for one in (version, *version.criteria):
                yield from ((rules.id, one.source), (rules.id, one.unverified))
    for area in load_areas().values():
        yield from ((area.id, area.source), (area.id, area.unverified))
        yield from ((area.id, total.source) for total in area.control_totals)
    yield from ((trial.id, trial.unverified) for trial in load_trials().values())


def test_no_remark_is_english_in_finnish_or_swedish() -> None:
    """An English sentence in a Finnish page is one that its reader passes over."""
    told = [(file, words) for file, words in remarks() if words is not None]

    english = [
        (file, text)
        for file, words in told
        for text in (words.fi, words.sv)
        if ENGLISH.search(text) or (text == words.en and not A_NAME.fullmatch(text))
    ]

    assert len(told) > 200
    assert english == []


# command, what it says in Finnish, in Swedish
SHOWN = [
    (
        ("areas", "show", "porvoo"),
        "vahvistamatta  TE-toimiston ruotsinkielinen nimi",
        "inte bekräftat  TE-byråns svenska namn",
    ),
    (
        ("rules", "show", "pori-2017"),
        "vahvistamatta: lain 505/2017 3 §:n 5 kohtaa",
        "inte bekräftat: punkt 5 i 3 § i lag 505/2017",
    ),
    (
        ("rules", "lint", "announced-pori"),
        "Tiedossa: uutinen puhuu yli ja alle 25-vuotiaista",
        "Känt: nyheten talar om dem över och under 25",
    ),
]


@pytest.mark.parametrize(("command", "fi", "sv"), SHOWN, ids=[" ".join(row[0]) for row in SHOWN])
def test_what_shows_them_speaks_the_language(
    command: tuple[str, ...], fi: str, sv: str, kuntactl: RunCli
) -> None:
    """Headings and kinds of lines, too."""
    finnish, swedish = (kuntactl(*command, "--lang", lang).out for lang in ("fi", "sv"))

    assert fi in finnish
    assert sv in swedish
    assert not ENGLISH.search(finnish + swedish)


def test_a_users_own_remark_may_be_in_one_language(tmp_path: Path, kuntactl: RunCli) -> None:
    """A town that writes its own rules has readers of one language."""
    text = OWN_AREA.replace('"ours"', '"kunnanvaltuusto 1.2.2021"')
    folder = write_area(tmp_path / "areas", text)

    for lang in ("fi", "sv", "en"):
        shown = kuntactl("areas", "show", "itasiipi", "--areas", folder, "--lang", lang).out
        assert "kunnanvaltuusto 1.2.2021" in shown
