"""Letters printed by either engine, for tests: masters are made once and kept."""

from collections.abc import Sequence
from pathlib import Path

from kuntactl.letters.master import Master, master_key, open_html, pattern_of
from kuntactl.letters.plan import Letter
from kuntactl.letters.press import (
    Engine,
    Job,
    PrintedShard,
    Printing,
    Shard,
    Task,
    press_of_process,
    print_shard,
)
from kuntactl.typeset.overlay import Overlay


def printed(
    letters: Sequence[Letter],
    *,
    engine: Engine = Engine.STAMP,
    templates: Path | None = None,
    overlay: Overlay | None = None,
) -> PrintedShard:
    """Return the letters and their print run; with the stamp, each of them has a master."""
    keys = {}
    masters: dict[str, Master] = {}
    for letter in letters if engine is Engine.STAMP else ():
        pattern = pattern_of(letter)
        html, _ = open_html(pattern, press_of_process(templates).composer)
        keys[pattern] = master_key(html)
        masters[keys[pattern]] = _master(keys[pattern], letter, templates)
    return print_shard(
        Task(
            shard=Shard(area="porvoo", letters=tuple(letters), bundle="run.pdf"),
            job=Job(templates=templates, printing=Printing(engine=engine, overlay=overlay)),
            keys=keys,
            masters=masters,
        )
    )


_MASTERS: dict[tuple[str, Path | None], Master] = {}


def _master(key: str, letter: Letter, templates: Path | None) -> Master:
    if (key, templates) not in _MASTERS:
        press = press_of_process(templates)
        _MASTERS[key, templates] = press.master(pattern_of(letter))
    return _MASTERS[key, templates]
