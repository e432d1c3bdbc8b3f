"""The hash by which a batch of letters is approved."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kuntactl import __version__
from kuntactl.letters.compose import template_folders
from kuntactl.letters.fields import Choices
from kuntactl.letters.plan import Plan
from kuntactl.typeset.versions import versions


def release_hash(planned: Plan, *, templates: Path | None, printing: Mapping[str, str]) -> str:
    """Return a SHA-256 over all that makes the letters what they are.

    Any letter, value, template, option of printing, or version that differs makes another hash;
    the same inputs make the same one, on any machine with the same software.

    Args:
        planned: The letters due, those under non-disclosure and undeliverable ones included.
        templates: The user's own folder, whose files replace ours.
        printing: Options that change what is printed, by name.
    """
    whole = hashlib.sha256()
    for part in _parts(planned, templates, printing):
        whole.update(part.encode() + b"\n")
    return whole.hexdigest()


def _parts(planned: Plan, templates: Path | None, printing: Mapping[str, str]) -> Iterator[str]:
    yield f"kuntactl {__version__}"
    yield from versions()
    yield from (f"{name} {value}" for name, value in sorted(printing.items()))
    yield from _files(template_folders(templates))
    said: dict[int, tuple[Choices, str]] = {}  # the object is kept so that its id stays its own
    for row in planned.rows.iter_rows():
        yield repr(row)
    for letter_id, letter in planned.letters.items():
        for choices, own in zip(letter.choices, letter.fields, strict=True):
            if id(choices) not in said:
                text = hashlib.sha256(repr(choices).encode()).hexdigest()
                said[id(choices)] = (choices, text)
            yield f"{letter_id} {said[id(choices)][1]} {own!r}"
    yield from map(repr, planned.undeliverable.iter_rows())


def _files(folders: Sequence[Path]) -> Iterator[str]:
    """Yield path and SHA-256 of every file that a letter may use, in order."""
    for number, folder in enumerate(folders):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            yield f"{number} {path.relative_to(folder).as_posix()} {content}"
