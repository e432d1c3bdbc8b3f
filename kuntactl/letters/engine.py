"""Which letters are stamped from a master: those of a layout that enough letters have."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kuntactl.letters.letter import Letter
from kuntactl.letters.master import (
    Master,
    NotStampedError,
    Pattern,
    master_key,
    open_html,
    pattern_of,
)
from kuntactl.letters.press import Press, Shard, Task, press_of_process
from kuntactl.letters.printing import Engine, Job
from kuntactl.letters.workshop import Workshop

# A master costs about as much as four letters laid out whole: itself and three probes.
LEAST_LETTERS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Masters:
    """The masters of a run."""

    keys: Mapping[Pattern, str]
    masters: Mapping[str, Master]  # by key
    reasons: tuple[str, ...]  # why a template could not be stamped

    def task(self, shard: Shard, job: Job) -> Task:
        """Return a shard with the masters of its letters."""
        patterns = dict.fromkeys(map(pattern_of, shard.letters)) if self.masters else {}
        keys = {pattern: self.keys[pattern] for pattern in patterns if pattern in self.keys}
        return Task(
            shard=shard,
            job=job,
            keys=keys,
            masters={key: self.masters[key] for key in dict.fromkeys(keys.values())},
        )


def masters_for(shards: Sequence[Shard], job: Job, shop: Workshop) -> Masters:
    """Return a proven master for each layout that enough letters have.

    Two patterns with the same layout have one master, so that a fact that a template does not
    print makes no difference.

    Raises:
        SettingsError: If a template is not there.
        LetterError: If one is wrong for some letter; the message names it.
    """
    if job.printing.engine is Engine.WHOLE:
        return Masters(keys={}, masters={}, reasons=())
    counts: Counter[Pattern] = Counter()
    samples: dict[Pattern, Letter] = {}
    for letter in (letter for shard in shards for letter in shard.letters):
        pattern = pattern_of(letter)
        counts[pattern] += 1
        samples.setdefault(pattern, letter)
    keys, reasons = _keys(counts, samples, press_of_process(job.templates))
    wanted = {key: pattern for pattern, key in keys.items()}
    masters = {}
    for task, made in shop.each(
        _made, [_Wanted(pattern, key, job) for key, pattern in wanted.items()], name=_name
    ):
        if isinstance(made, Master):
            masters[task.key] = made
        else:
            reasons.append(made)
    return Masters(
        keys={pattern: key for pattern, key in keys.items() if key in masters},
        masters=masters,
        reasons=tuple(dict.fromkeys(reasons)),
    )


def try_templates(shards: Sequence[Shard], job: Job) -> None:
    """Lay out a letter of each kind and language, on which a missing file shows.

    Raises:
        SettingsError: If a template is not there.
        LetterError: If a letter cannot be laid out; the message names it.
    """
    press = press_of_process(job.templates)
    found: dict[tuple[tuple[str, str], ...], Letter] = {}
    for letter in (letter for shard in shards for letter in shard.letters):
        key = tuple((choices.kind.value, choices.language) for choices in letter.choices)
        found.setdefault(key, letter)
    for letter in found.values():
        press.write([press.lay_out(letter)])


@dataclass(frozen=True, slots=True)
class _Wanted:
    pattern: Pattern
    key: str
    job: Job


def _made(wanted: _Wanted) -> Master | str:
    """Return a proven master, or why there can be none."""
    try:
        return press_of_process(wanted.job.templates).master(wanted.pattern)
    except NotStampedError as error:
        return str(error)


def _name(wanted: _Wanted) -> str:
    return " and ".join(f"{one.kind}.{one.language}.html" for one in wanted.pattern.choices)


def _keys(
    counts: Mapping[Pattern, int], samples: Mapping[Pattern, Letter], press: Press
) -> tuple[dict[Pattern, str], list[str]]:
    """Return the layout of each pattern that pays for a master, and why others have none.

    Raises:
        LetterError: If the template is wrong for the sample of a pattern, which then is no
            matter of stamping; so it shows before the first letter.
    """
    keys: dict[Pattern, str] = {}
    reasons = []
    for pattern in counts:
        try:
            keys[pattern] = master_key(open_html(pattern, press.composer)[0])
        except NotStampedError as error:
            press.html(samples[pattern])
            reasons.append(str(error))
    of_key: Counter[str] = Counter()
    for pattern, key in keys.items():
        of_key[key] += counts[pattern]
    return {one: key for one, key in keys.items() if of_key[key] >= LEAST_LETTERS}, reasons
