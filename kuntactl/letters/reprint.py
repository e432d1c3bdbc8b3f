"""Letters printed once more, from the files that stand there."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kuntactl.domain.types import LetterStatus
from kuntactl.errors import LetterError
from kuntactl.files.unsealing import Reader
from kuntactl.letters.manifest import read_manifest
from kuntactl.letters.verify import LIST
from kuntactl.locale import Phrase, phrase
from kuntactl.typeset.joining import joined

_NUMBER = re.compile(r"\d+")
_RANGE = re.compile(r"(\d+)[-–](\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reprint:
    """The letters asked for, ready for the printer."""

    letter_ids: tuple[str, ...]  # in the order asked for
    pages: int
    left_out: tuple[
        tuple[str, Phrase], ...
    ]  # letters within a range that are in no print run, why
    pdf: bytes


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One letter asked for."""

    letter_id: str
    by_name: bool  # false: it only lies in a range


def reprint(folder: Path, asked: Sequence[str], *, reader: Reader) -> Reprint:
    """Return the letters asked for as one print run, from the bytes of their files.

    Args:
        folder: The area's folder.
        asked: Numbers (412), ranges (412-418, also downwards), letter ids, and lists of these
            with commas; printed in this order.
        reader: Reads the letters, sealed ones with an identity.

    Raises:
        LetterError: If a letter is not in the list, is in no print run although asked for by
            name, or its file is not the one of the list.
        DeliveryError: If the list was changed.
    """
    listed = {
        line["letter_id"]: line
        for line in read_manifest((folder / LIST).read_bytes())
        # A letter that could be sent at last has an older line that says it could not.
        .unique("letter_id", keep="last", maintain_order=True)
        .iter_rows(named=True)
    }
    files, ids, left_out, pages = [], [], [], 0
    for wanted in _wanted(asked, area=folder.name):
        line = listed.get(wanted.letter_id)
        if line is None:
            raise LetterError(
                phrase(
                    "letter {letter_id}: not in {folder}",
                    letter_id=wanted.letter_id,
                    folder=folder / LIST,
                )
            )
        if line["status"] == LetterStatus.WRITTEN.value:
            files.append(_unchanged(folder, line, reader))
            ids.append(wanted.letter_id)
            pages += int(line["pages"])
        elif wanted.by_name:
            raise LetterError(
                phrase(
                    "letter {letter_id}: {refused}",
                    letter_id=wanted.letter_id,
                    refused=_REFUSED[line["status"]],
                )
            )
        else:
            left_out.append((wanted.letter_id, _REFUSED[line["status"]]))
    if not files:
        raise LetterError(phrase("none of these letters was in a print run"))
    language = listed[ids[0]]["lang"].split("+")[0]
    title = f"{folder.name} {ids[0]}–{ids[-1]}"
    return Reprint(
        letter_ids=tuple(ids),
        pages=pages,
        left_out=tuple(left_out),
        pdf=joined(files, title=title, language=language),
    )


_REFUSED = {
    LetterStatus.PROTECTED.value: phrase("under non-disclosure, and never in a print run"),
    LetterStatus.UNDELIVERABLE.value: phrase("undeliverable, never written"),
}


def _wanted(asked: Sequence[str], *, area: str) -> Iterator[_Wanted]:
    """Yield the letters in the order asked for.

    Raises:
        LetterError: If a word is neither number, range nor letter id of the area.
    """
    for word in (part.strip() for words in asked for part in words.split(",")):
        if _NUMBER.fullmatch(word):
            yield _Wanted(_letter_id(area, int(word)), by_name=True)
        elif found := _RANGE.fullmatch(word):
            first, last = (int(number) for number in found.groups())
            step = 1 if first <= last else -1
            for number in range(first, last + step, step):
                yield _Wanted(_letter_id(area, number), by_name=False)
        elif re.fullmatch(rf"{re.escape(area)}-\d+", word):
            yield _Wanted(word, by_name=True)
        else:
            raise LetterError(
                phrase("`{word}` is no letter of {area}", word=word, area=area),
                hint=phrase(
                    "write numbers, ranges or ids, as 412, 412-418 or {letter_id}",
                    letter_id=_letter_id(area, 412),
                ),
            )


def _letter_id(area: str, number: int) -> str:
    return f"{area}-{number:06}"


def _unchanged(folder: Path, line: Mapping[str, str], reader: Reader) -> bytes:
    """Return the file, if it is the one that was written.

    Raises:
        InputError: If it is sealed for another identity.
        LetterError: If it is not, or is sealed and there is no identity.
    """
    path, letter_id = folder / line["file"], line["letter_id"]
    content = reader.read(path, name=f"{letter_id}.pdf") if path.is_file() else b""
    if content is None:
        raise LetterError(
            phrase("letter {letter_id}: is sealed", letter_id=letter_id),
            hint=phrase("open it with --identity FILE, your key of age"),
        )
    if hashlib.sha256(content).hexdigest() != line["sha256"]:
        raise LetterError(
            phrase(
                "letter {letter_id}: its file is gone or has changed since it was written",
                letter_id=letter_id,
            ),
            hint=phrase(
                "bring the file back from a copy; `kuntactl letters verify` looks at all of them"
            ),
        )
    return content
