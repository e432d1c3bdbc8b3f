"""How long letters take: ours, stamped and whole, against WeasyPrint and typst, on one core."""

import re
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pypdfium2
from frame import Contender, Result, compete, options, print_goal, print_table, python, run, say

STAMP, WHOLE = "kuntactl stamp", "kuntactl whole"
LOOP, TYPST, ONE = "WeasyPrint loop", "typst, a file each", "typst, one document"
LETTERS = {STAMP: 5_000, WHOLE: 30, LOOP: 60, TYPST: 500, ONE: 1_000}
QUICK = {STAMP: 30, WHOLE: 2, LOOP: 2, TYPST: 5, ONE: 5}
MANY = 200_000
TIMES_LOOP, TIMES_TYPST, TIMES_ONE = 100, 8, 3
MOST_KB_A_FILE, MOST_KB_IN_A_RUN, MOST_MB = 40, 12, 1_000


def main() -> None:
    """Run all, print letters a second and how the contenders stand to each other."""
    given = options(
        __doc__ or "",
        many={"action": "store_true", "help": f"also write {MANY:,} letters, for their memory"},
    )
    counts = QUICK if given.quick else LETTERS
    with tempfile.TemporaryDirectory() as folder:
        race(counts, Path(folder), rounds=given.rounds, hold_goals=not given.quick)
    if given.many:
        with tempfile.TemporaryDirectory() as folder:
            many(Path(folder))


def race(counts: dict[str, int], out: Path, *, rounds: int, hold_goals: bool) -> None:
    """Let all make the same letters, each as many as it needs to be measured by."""
    commands = {
        STAMP: ("letters_ours.py", "stamp"),
        WHOLE: ("letters_ours.py", "whole"),
        LOOP: ("letters_weasyprint.py", "files"),
        TYPST: ("letters_typst.py", "files"),
        ONE: ("letters_typst.py", "one-document"),
    }
    results = compete(
        [
            Contender(
                name=name,
                command=python(script, counts[name], out / _folder(name), way),
                one_core=True,
            )
            for name, (script, way) in commands.items()
        ],
        rounds=rounds,
    )
    files = {name: counts[name] / _seconds(result) for name, result in results.items()}
    print(f"letters, one core, rounds: {rounds}; a second is one of CPU time")
    print_table(
        ["", "letters", "letters/s", "wall s", "cpu s", "peak MB", "largest KB", "times slower"],
        [
            [
                name,
                counts[name],
                files[name],
                result.middle("seconds"),
                result.middle("cpu_seconds"),
                result.middle("peak"),
                result.fact("largest") / 1e3,
                files[STAMP] / files[name],
            ]
            for name, result in results.items()
        ],
    )
    agree(out)
    if hold_goals:
        hold(results, files)
    show_sizes(out)


def agree(out: Path) -> None:
    """Compare the words of the first letters of each contender with ours.

    Raises:
        AssertionError: If they do not say the same: an easier letter is set faster.
    """
    for number in (1, 2):
        ours = _characters(_own(out, STAMP, number), page=1)
        for name, file, page in (
            (WHOLE, _own(out, WHOLE, number), 1),
            (LOOP, out / _folder(LOOP) / f"{number - 1:07}.pdf", 1),
            (TYPST, out / _folder(TYPST) / f"{number - 1:07}.pdf", 1),
            (ONE, out / _folder(ONE) / f"{0:07}.pdf", number),
        ):
            theirs = _characters(file, page=page)
            lacks, adds = ours - theirs, theirs - ours
            assert ours == theirs, f"{name}, letter {number}: lacks {lacks}, adds {adds}"
    say("all letters say the same")


def _own(out: Path, name: str, number: int) -> Path:
    (found,) = (out / _folder(name)).glob(f"*/letters/*-{number:06}.pdf")
    return found


def _characters(file: Path, *, page: int) -> Counter[str]:
    """Return the characters of a page but for spaces and hyphens: lines break in other places."""
    text = pypdfium2.PdfDocument(file)[page - 1].get_textpage().get_text_range()
    return Counter(re.sub(r"[\s\u00a0\u00ad\u2010\u2013\ufffe\x02-]", "", text))


def show_sizes(out: Path) -> None:
    """Print how many bytes a letter takes, alone and among many."""
    alone = {
        STAMP: (out / _folder(STAMP)).glob("*/letters/*.pdf"),
        LOOP: (out / _folder(LOOP)).glob("*.pdf"),
        TYPST: (out / _folder(TYPST)).glob("*.pdf"),
    }
    kilobytes = {
        name: [file.stat().st_size / 1e3 for file in files] for name, files in alone.items()
    }
    print_table(
        ["KB, a file each", "least", "mean", "most"],
        [[name, min(kb), sum(kb) / len(kb), max(kb)] for name, kb in kilobytes.items()],
    )
    among = {
        STAMP: list((out / _folder(STAMP)).glob("*/print/*.pdf")),
        ONE: [out / _folder(ONE) / f"{0:07}.pdf"],
    }
    print_table(
        ["KB a letter, many in a file", "beyond the fonts"],
        [[name, _beyond_fonts(files) / 1e3] for name, files in among.items()],
    )


def _beyond_fonts(files: Sequence[Path]) -> float:
    """Return the bytes a page of these PDFs, without the font programs in them."""
    size, pages = 0, 0
    for file in files:
        with pikepdf.open(file) as pdf:
            fonts = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
            size += file.stat().st_size
            size -= sum(len(one.read_raw_bytes()) for one in fonts if _is_font(one))
            pages += len(pdf.pages)
    return size / pages


def _is_font(stream: pikepdf.Object) -> bool:
    return "/Length1" in stream or stream.get("/Subtype") in {"/OpenType", "/CIDFontType0C"}


def _folder(name: str) -> str:
    return name.replace(" ", "-")


def hold(results: dict[str, Result], files: dict[str, float]) -> None:
    """Print the goals: a file each against the same of the peers, a print run against theirs."""
    own = results[STAMP]
    letters = own.fact("letters")
    in_run = letters / (own.middle("cpu_seconds") * own.middle("print_share"))
    for what, value, least in (
        ("a file each, against the WeasyPrint loop", files[STAMP] / files[LOOP], TIMES_LOOP),
        ("a file each, against typst", files[STAMP] / files[TYPST], TIMES_TYPST),
        ("print run, against typst's one document", in_run / files[ONE], TIMES_ONE),
    ):
        print_goal(f"times faster, {what}", value, f">= {least}", reached=value >= least)
    for what, value, most in (
        ("largest file", own.fact("largest") / 1e3, MOST_KB_A_FILE),
        ("a letter in a print run", own.fact("run_bytes") / letters / 1e3, MOST_KB_IN_A_RUN),
    ):
        print_goal(f"{what}, KB", value, f"<= {most}", reached=value <= most)
    print(flush=True)


def many(out: Path) -> None:
    """Write very many letters, and hold the memory to its goal."""
    one = run(
        Contender(name=STAMP, command=python("letters_ours.py", MANY, out / "many", "stamp"))
    )
    print(f"{MANY:,} letters: {one.wall:,.0f} s, peak {one.peak:,.0f} MB")
    print_goal("peak memory, MB", one.peak, f"<= {MOST_MB}", reached=one.peak <= MOST_MB)


def _seconds(result: Result) -> float:
    """Return the CPU seconds for the files alone: ours makes the print runs beside them."""
    share = result.middle("print_share") if "print_share" in result.runs[0].facts else 0.0
    return result.middle("cpu_seconds") * (1 - share)


if __name__ == "__main__":
    main()
