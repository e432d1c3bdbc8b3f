"""How much memory deciding takes where the exports are larger than memory should be."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from exports import MOST_IN_A_PART, ON, export, version
from frame import CACHE, Contender, options, print_goal, print_table, product, run, say

ROWS, QUICK_ROWS = 10_000_000, 3_000
FILES = 10
MOST_MB = 4_000
WAITING = 20  # exit code: done, and rows wait for a person

_PART, _QUICK_PART = MOST_IN_A_PART, 500  # rows of the export that is turned again and again
# How the people of a part are turned into others: the sign of those born in the 1900s and of
# those born later, and years between. Some few identity codes come again.
_TURNS = (
    *(
        (sign, later, years)
        for years in (0, -48)
        for sign, later in zip("-YXWVU", "ABCDEF", strict=True)
    ),
    *(("+", "+", years) for years in (0, -48, -24)),
)
_CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"


def main() -> None:
    """Decide ten million rows in one file, and in several, and hold them to the goal."""
    given = options(__doc__ or "", rows={"type": int, "default": None, "help": f"else {ROWS:,}"})
    rows = given.rows or (QUICK_ROWS if given.quick else ROWS)
    part = _QUICK_PART if given.quick else _PART
    exports = {
        "one file": large_export(rows, part, 1),
        f"{FILES} files": large_export(rows, part, FILES),
    }
    table, peaks = [], {}
    for name, paths in exports.items():
        with tempfile.TemporaryDirectory() as folder:
            say(f"deciding {rows:,} rows in {name}")
            command = product("decide", *paths, "--on", ON, "--out", Path(folder) / "out")
            seen = run(Contender(name=name, command=command, codes=(0, WAITING)))
        size = sum(path.stat().st_size for path in paths) / 1e6
        table.append([name, size, seen.wall, seen.cpu, seen.peak, seen.cpu / rows * 1e6])
        peaks[name] = seen.peak
    print(f"decide, {rows:,} rows")
    print_table(["", "MB", "wall s", "cpu s", "peak MB", "cpu us a row"], table)
    for name, peak in peaks.items():
        goal = f"<= {MOST_MB:,}"
        print_goal(f"peak memory, {name}, MB", peak, goal, reached=peak <= MOST_MB)


def large_export(rows: int, part: int, files: int) -> list[Path]:
    """Return so many rows of artificial clients in so many files, made once."""
    paths = [CACHE / f"large-{rows}-{version()}-{place}-of-{files}.csv" for place in range(files)]
    if not all(path.exists() for path in paths):
        say(f"making an export of {rows:,} rows, files: {files}")
        header, *lines = export(part).read_bytes().splitlines(keepends=True)
        people = _people(lines, rows)
        for place, path in enumerate(paths):
            count = rows * (place + 1) // files - rows * place // files
            with path.open("wb") as file:
                file.write(header)
                file.writelines(next(people) for _ in range(count))
    return paths


def _people(lines: list[bytes], rows: int) -> Iterator[bytes]:
    yield from lines[:rows]
    made = len(lines)
    for number in range(1, len(_TURNS)):
        for line in lines[: max(rows - made, 0)]:
            yield _turned(line, number)
        made += len(lines)


def _turned(line: bytes, number: int) -> bytes:
    """Return the line of another client; one that is not as most are gets another number only."""
    client, code, *rest = line.split(b";")
    if client:
        client += b"%02d" % number
    if len(code) == len("DDMMYY-ZZZQ") and b'"' not in line and code[:6].isdigit():
        code, rest[2] = _other_code(code.decode("latin-1"), number).encode("latin-1"), b""
    return b";".join([client, code, *rest])


def _other_code(code: str, number: int) -> str:
    sign, later_sign, years = _TURNS[number]
    is_later = code[6] in "ABCDEF"
    year = (int(code[4:6]) + (years // 6 * -1 if is_later else years)) % 100
    day = f"{code[:4]}{year:02}"
    digits = day + code[7:10]
    check = _CHECKS[int(digits) % len(_CHECKS)] if digits.isdigit() else code[10]
    return f"{day}{later_sign if is_later else sign}{code[7:10]}{check}"


if __name__ == "__main__":
    main()
