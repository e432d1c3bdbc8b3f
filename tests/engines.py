"""Letters printed by either engine, for tests: masters are made once and kept."""

import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pypdfium2

from kuntactl.letters.letter import Letter
from kuntactl.letters.master import Master, master_key, open_html, pattern_of
from kuntactl.letters.press import PrintedShard, Shard, Task, press_of_process, print_shard
from kuntactl.letters.printing import Engine, Job, Printing
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


def looks_the_same(one: bytes, other: bytes) -> bool:
    """Whether two files have the same text and the same pixels, at 144 dots an inch."""
    with pypdfium2.PdfDocument(one) as first, pypdfium2.PdfDocument(other) as second:
        return len(first) == len(second) and all(
            _text(page) == _text(twin)
            and (page.render(scale=2).to_numpy() == twin.render(scale=2).to_numpy()).all()
            for page, twin in zip(first, second, strict=True)
        )


def _text(page: pypdfium2.PdfPage) -> str:
    return unicodedata.normalize("NFC", page.get_textpage().get_text_range())
