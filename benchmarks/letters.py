"""How long letters take: ours, stamped and whole, against WeasyPrint and typst, on one core."""

import tempfile
from pathlib import Path

from frame import Contender, Result, compete, options, print_goal, print_table, python, run

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
                command=python(script, counts[name], out / name.replace(" ", "-"), way),
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
    if hold_goals:
        hold(results, files)


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
