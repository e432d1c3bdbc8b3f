"""The rule files as one page of Markdown."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kuntactl.domain.types import Language
from kuntactl.domain.wording import Words
from kuntactl.eligibility.rule_file import Criterion, KnownFinding
from kuntactl.eligibility.rules import RuleSet, RuleVersion

_HEAD = """# Rule sets

Who belongs to a trial, by law or as announced. Made by `make docs` (`kuntactl rules docs`) from
the files in `kuntactl/data/rules`: change those, not this page. A client belongs if every
condition holds and some ground does; what the export does not tell goes to a person. What no
source confirms is marked *unverified*.
"""


def rules_page(rule_sets: Iterable[RuleSet]) -> str:
    """Return the page: every rule set with its versions, criteria, numbers, words and sources."""
    listed = list(rule_sets)
    rows = [
        f"| [`{one.id}`](#{one.id}) | {one.name.en} | {_days_of(one)} | {_some_areas(one)} |"
        for one in listed
    ]
    head = [_HEAD, "| rule set | name | in force | areas |", "|---|---|---|---|", *rows]
    return "\n".join([*head, *(line for one in listed for line in _of_rule_set(one))]) + "\n"


def _of_rule_set(rules: RuleSet) -> Iterator[str]:
    yield from ("", f"## {rules.id}", "")
    yield from _in_three_languages(rules.name)
    yield f"* trial: `{rules.trial}`"
    yield f"* areas: {', '.join(f'`{area}`' for area in rules.areas)}"
    yield from _of_remark("source", rules.source)
    for version in rules.versions:
        yield from _of_version(version)
    told: dict[int, Criterion] = {
        id(one): one for version in rules.versions for one in version.criteria
    }
    for criterion in told.values():
        yield from _of_criterion(criterion)
    if rules.known_findings:
        yield from ("", "### What the lint finds, and why it is there", "")
        for known in rules.known_findings:
            yield from _of_finding(known)


def _of_version(version: RuleVersion) -> Iterator[str]:
    yield from ("", f"### In force {_days(version)}", "")
    for kind, criteria in (("conditions", version.conditions), ("grounds", version.grounds)):
        yield f"* {kind}: {', '.join(f'`{one.code}`' for one in criteria)}"
    yield from _of_remark("source", version.source)
    if version.unverified:
        yield from _of_remark("*unverified*", version.unverified)


def _of_criterion(one: Criterion) -> Iterator[str]:
    since = f", from {one.begins}" if one.begins else ""
    yield from ("", f"### `{one.code}` ({one.kind}{since})", "")
    yield from _in_three_languages(one.text)
    yield f"* rule: {_in_code(one.when.model_dump(exclude_none=True))}"
    yield from (f"* if unknown, {line[2:]}" for line in _in_three_languages(one.missing))
    if one.letter:
        yield from (f"* to the client, {line[2:]}" for line in _in_three_languages(one.letter))
    yield from _of_remark("source", one.source)
    if one.unverified:
        yield from _of_remark("*unverified*", one.unverified)


def _of_finding(known: KnownFinding) -> Iterator[str]:
    where = ", ".join(f"`{code}`" for code in known.criteria)
    value = f" at {known.value}" if known.value else ""
    yield f"* `{known.finding.value}`: {where}{value}"
    yield from (f"  {line}" for line in _in_three_languages(known.reason))


def _of_remark(what: str, remark: Words) -> Iterator[str]:
    """Yield it once when it is a name, which is the same in every language."""
    if remark.fi == remark.sv == remark.en:
        yield f"* {what}: {remark.en}"
        return
    yield from (f"* {what}, {line[2:]}" for line in _in_three_languages(remark))


def _in_three_languages(words: Words) -> Iterator[str]:
    yield from (f"* {language.value}: {words.in_language(language)}" for language in Language)


def _in_code(numbers: Mapping[str, Any]) -> str:
    """Return ``criterion = "under_age", years = 30`` as the file has it."""
    return "`" + ", ".join(f"{key} = {_as_toml(value)}" for key, value in numbers.items()) + "`"


def _as_toml(value: object) -> str:
    match value:
        case str():
            return f'"{value}"'
        case tuple() | list():
            return f"[{', '.join(_as_toml(one) for one in value)}]"
        case dict():
            inside = ", ".join(f"{key} = {_as_toml(one)}" for key, one in value.items())
            return f"{{ {inside} }}"
        case _:
            return str(value)


def _days(version: RuleVersion) -> str:
    return f"{version.begins} to {version.ends}" if version.ends else f"from {version.begins}"


def _days_of(rules: RuleSet) -> str:
    first, last = rules.versions[0].begins, rules.versions[-1].ends
    return f"{first} to {last}" if last else f"from {first}"


def _some_areas(rules: RuleSet) -> str:
    return f"`{rules.areas[0]}`" if len(rules.areas) == 1 else str(len(rules.areas))
