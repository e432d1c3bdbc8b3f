"""docs/rules.md is what the rule files say: nobody reads a rule that does not decide."""

from pathlib import Path

from conftest import REPOSITORY, RunCli
from test_own_settings import write_rules

from kuntactl.domain.types import Language
from kuntactl.domain.wording import Words
from kuntactl.eligibility.rules import load_rules

PAGE = REPOSITORY / "docs" / "rules.md"


def test_the_page_equals_the_rule_files(kuntactl: RunCli) -> None:
    """`make docs` makes it anew; a rule changed without it fails here."""
    ended = kuntactl("rules", "docs")

    assert (ended.code, ended.err) == (0, "")
    assert ended.out == PAGE.read_text("utf-8")


def remark(what: str, words: Words | None) -> set[str]:
    """Return the lines that say it in each language; what is one name is said once."""
    if words is None:
        return set()
    said = words.in_every_language()
    if len(set(said.values())) == 1:
        return {f"* {what}: {words.en}"}
    return {f"* {what}, {language}: {text}" for language, text in said.items()}


def test_the_page_holds_every_word_of_the_rules() -> None:
    """Each rule set, version and criterion: code, kind, words, source, and what is unverified."""
    lines = set(PAGE.read_text("utf-8").splitlines())
    expected = set()
    for rules in load_rules().values():
        expected |= {f"## {rules.id}", *remark("source", rules.source)}
        for version in rules.versions:
            expected |= remark("source", version.source)
            expected |= remark("*unverified*", version.unverified)
            for one in version.criteria:
                expected |= {f"### `{one.code}` ({one.kind})", *remark("source", one.source)}
                expected |= remark("*unverified*", one.unverified)
                for language in Language:
                    expected.add(f"* {language.value}: {one.text.in_language(language)}")
                    if one.letter:
                        said = one.letter.in_language(language)
                        expected.add(f"* to the client, {language.value}: {said}")

    assert expected - lines == set()


def test_numbers_stand_as_the_files_write_them() -> None:
    """Whoever looks for a limit finds the line of the file."""
    text = PAGE.read_text("utf-8")

    assert '`criterion = "under_age", years = 30`' in text
    assert "age = { true_from = 26, unknown_from = 25 }, days = 200" in text
    assert "`value_not_covered`: `over_25_support_over_200_days` at completed_years 25" in text


def test_rules_of_ones_own_get_the_same_page(tmp_path: Path, kuntactl: RunCli) -> None:
    """What a user adds can be read, and printed, like ours."""
    folder = write_rules(
        tmp_path / "rules", "announced-porvoo", ("years = 30", "years = 25"), name="own-25"
    )

    ended = kuntactl("rules", "docs", "--rules-dir", folder)

    assert "## own-25" in ended.out
    assert '`criterion = "under_age", years = 25`' in ended.out


def test_what_is_unverified_is_shown_wherever_rules_are(kuntactl: RunCli) -> None:
    """Rules show tells what no source confirms, of versions and of criteria."""
    for rules in load_rules().values():
        shown = kuntactl("rules", "show", rules.id, "--lang", "fi").out
        for version in rules.versions:
            for doubt in (version.unverified, *(one.unverified for one in version.criteria)):
                assert doubt is None or doubt.fi in shown
