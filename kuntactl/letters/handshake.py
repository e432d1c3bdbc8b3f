"""What a worker on another machine must have, so that its letters are the very ones of this."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from kuntactl import __version__
from kuntactl.errors import DeliveryError, KuntactlError, LetterError
from kuntactl.files.parcels import STAGING, Outlet
from kuntactl.letters.compose import template_folders
from kuntactl.locale import phrase
from kuntactl.typeset.versions import libraries
from kuntactl.workers.cluster import lacking, other_version, this_worker

if TYPE_CHECKING:
    from distributed import Client

SIGN = PurePosixPath("sign")  # of no area, so it is never sealed
_PARTS_OF_OURS = (".py", ".toml", ".csv", ".conf", ".html", ".css")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a worker is asked."""

    templates: Path | None  # the user's own folder
    outlet: Outlet


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a worker has."""

    makings: Mapping[str, str]  # as ``makings`` returns them
    spills: bool  # whether it may write what it holds to a disk of its own
    sign: str | None  # what it put into the outlet; none: it could not


def greet(client: "Client", question: Question, *, cluster: str) -> partial[None]:
    """Look at every worker of a cluster; return what each is to call before it works.

    Args:
        client: Connected to its scheduler.
        question: What the workers are asked.
        cluster: What it is called.

    Raises:
        LetterError: If there is no worker, or one that may not work for us; it says which
            and why.
    """
    answers = client.run(answer, question, on_error="return")
    if not answers:
        raise LetterError(
            phrase("{cluster}: has no worker", cluster=cluster),
            hint=phrase("start workers, then give the same command again"),
        )
    here = makings(question.templates)
    for place, said in sorted(answers.items()):
        refuse_unfit(place, said, here=here, outlet=question.outlet)
    return partial(refuse_to_differ, question.templates, _hashed(here))


def answer(question: Question, dask_worker: Any = None) -> Answer:
    """Return what this worker has; Dask calls it, and names the worker."""
    try:
        sign = question.outlet.put([(SIGN, b"")])
    except DeliveryError:
        sign = None
    return Answer(
        makings=makings(question.templates),
        spills=not isinstance(getattr(dask_worker, "data", None), dict),
        sign=sign,
    )


def refuse_to_differ(templates: Path | None, expected: str) -> None:
    """Refuse to work where letters would not be the same, or would be kept.

    Raises:
        LetterError: If so.
    """
    worker = this_worker()
    if _hash_here(templates) != expected:
        raise LetterError(
            phrase("{place}: came later, and has other versions", place=worker.address),
            hint=phrase(
                "install the same versions there as here: else the letters' bytes would differ"
            ),
        )
    if not isinstance(worker.data, dict):
        raise _spilling(worker.address)


def makings(templates: Path | None) -> Mapping[str, str]:
    """Return everything that the bytes of a letter follow from, by name: versions and checksums.

    Raises:
        SettingsError: If the user's folder of templates is not there.
    """
    root = Path(str(files("kuntactl")))
    folders = template_folders(templates)
    return {
        "kuntactl": f"{__version__} ({_checksum(root, _PARTS_OF_OURS)[:12]})",
        **libraries(),
        **{f"templates {place}": _checksum(one)[:12] for place, one in enumerate(folders, 1)},
    }


def refuse_unfit(place: str, said: Any, *, here: Mapping[str, str], outlet: Outlet) -> None:
    """Stop if a worker may not work for us.

    Args:
        place: Its address.
        said: Its ``Answer``, or the error that it met instead.
        here: What this machine has, as ``makings`` returns it.
        outlet: Where it was asked to put its sign.

    Raises:
        LetterError: If so.
    """
    if not isinstance(said, Answer):
        raise lacking(place, _why(said))
    names = dict.fromkeys((*here, *said.makings))
    pairs = {name: (here.get(name, "–"), said.makings.get(name, "–")) for name in names}
    differing = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    if differing:
        raise other_version(place, differing)
    if said.spills:
        raise _spilling(place)
    bench = outlet.target / STAGING / outlet.bench
    if said.sign is None or not (bench / said.sign / SIGN).exists():
        raise LetterError(
            phrase(
                "{place}: does not see the folder {out}, or may not write there",
                place=place,
                out=str(outlet.target),
            ),
            hint=phrase(
                "mount the same folder under the same path on every machine, and run the workers "
                "as the user of this command"
            ),
        )


def _spilling(place: str) -> LetterError:
    return LetterError(
        phrase("{place}: may write what it holds to its own disk (spilling)", place=place),
        hint=phrase(
            "start the workers with DASK_DISTRIBUTED__WORKER__MEMORY__TARGET=False and "
            "DASK_DISTRIBUTED__WORKER__MEMORY__SPILL=False"
        ),
    )


def _why(said: object) -> str:
    """Return what went wrong; of what a library says, the kind alone."""
    return said.problem if isinstance(said, KuntactlError) else type(said).__name__


@cache
def _hash_here(templates: Path | None) -> str:
    return _hashed(makings(templates))


def _hashed(found: Mapping[str, str]) -> str:
    return hashlib.sha256(repr(sorted(found.items())).encode()).hexdigest()


def _checksum(folder: Path, suffixes: tuple[str, ...] = ()) -> str:
    """Return a checksum over the files of a folder, by their paths in it."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and (not suffixes or path.suffix in suffixes):
            total.update(path.relative_to(folder).as_posix().encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
