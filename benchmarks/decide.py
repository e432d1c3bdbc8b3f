"""How long deciding takes: the whole command against reading the file, pandas and a loop."""

import tempfile
from pathlib import Path

import polars as pl
from exports import ON, export
from frame import (
    Contender,
    Result,
    compete,
    options,
    print_goal,
    print_table,
    product,
    python,
    run,
    say,
)

ROWS, QUICK_ROWS = 1_000_000, 2_000
LOOP_ROWS = 50_000  # the loop reads no more: its rate is the same for a million
CURVE = (10_000, 100_000, 1_000_000, 4_000_000)
QUICK_CURVE = (500, 1_000, 2_000)
MOST_TIMES_READING = 6
MOST_MB = 2_500
MOST_BENT = 1.3  # seconds a row at the end of the curve against those at a million
WAITING = 20  # exit code: done, and rows wait for a person

OURS, READ, PANDAS, LOOP = "kuntactl decide", "polars.read_csv", "pandas", "Python loop"
_CODES = ("grounds", "failed", "missing")


def main() -> None:
    """Run all, compare what they found, print how long they took."""
    given = options(
        __doc__ or "",
        rows={"type": int, "default": None, "help": f"rows of the export, else {ROWS:,}"},
        curve={"action": "store_true", "help": "also decide 10,000 to 4,000,000 rows"},
    )
    rows = given.rows or (QUICK_ROWS if given.quick else ROWS)
    with tempfile.TemporaryDirectory() as folder:
        race(rows, Path(folder), rounds=given.rounds)
    if given.curve or given.quick:
        with tempfile.TemporaryDirectory() as folder:
            curve(QUICK_CURVE if given.quick else CURVE, Path(folder))


def race(rows: int, out: Path, *, rounds: int) -> None:
    """Decide the same export in every way, and hold ours to its goals."""
    path, sample = export(rows), min(rows, LOOP_ROWS)
    results = compete(
        [
            Contender(name=READ, command=python("read_csv.py", path)),
            ours(path, out / "ours"),
            Contender(name=PANDAS, command=python("decide_pandas.py", path, out / "pandas")),
            Contender(name=LOOP, command=python("decide_loop.py", path, out / "loop", sample)),
        ],
        rounds=rounds,
    )
    agree(out)
    done = dict.fromkeys(results, rows) | {LOOP: sample}
    own = results[OURS].middle("wall") / rows
    print(f"decide, {rows:,} rows, {path.stat().st_size / 1e6:,.0f} MB, rounds: {rounds}")
    print_table(
        ["", "rows", "wall s", "cpu s", "peak MB", "rows/s", "times ours"],
        [
            [
                name,
                done[name],
                result.middle("wall"),
                result.middle("cpu"),
                result.middle("peak"),
                int(done[name] / result.middle("wall")),
                result.middle("wall") / done[name] / own,
            ]
            for name, result in results.items()
        ],
    )
    if rows >= ROWS:  # of a smaller export, most is the start of the program
        hold(results)


def hold(results: dict[str, Result]) -> None:
    """Print the goals: the command from start to end against the call of read_csv alone."""
    read, own = results[READ], results[OURS]
    times = own.middle("wall") / read.middle("seconds")
    print_goal(
        "wall time, the command by read_csv alone",
        times,
        f"<= {MOST_TIMES_READING}",
        reached=times <= MOST_TIMES_READING,
    )
    by_cpu = own.middle("cpu") / read.middle("cpu_seconds")
    print_goal(
        "CPU time, the same",
        by_cpu,
        f"<= {MOST_TIMES_READING}",
        reached=by_cpu <= MOST_TIMES_READING,
    )
    peak = own.middle("peak")
    print_goal("peak memory, MB", peak, f"<= {MOST_MB}", reached=peak <= MOST_MB)
    print(flush=True)


def curve(sizes: tuple[int, ...], out: Path) -> None:
    """Print how time and memory grow with the rows."""
    runs = {rows: run(ours(export(rows), out / str(rows))) for rows in sizes}
    print("decide, from few rows to many")
    print_table(
        ["rows", "wall s", "cpu s", "peak MB", "cpu us a row", "peak KB a row"],
        [
            [
                f"{rows:,}",
                one.wall,
                one.cpu,
                one.peak,
                one.cpu / rows * 1e6,
                one.peak / rows * 1e3,
            ]
            for rows, one in runs.items()
        ],
    )
    most, before = sizes[-1], sizes[-2]
    for what, value in (("CPU", "cpu"), ("memory", "peak")):
        bent = (getattr(runs[most], value) / most) / (getattr(runs[before], value) / before)
        print_goal(
            f"{what} a row, {most:,} rows by {before:,}",
            bent,
            f"<= {MOST_BENT}",
            reached=bent <= MOST_BENT,
        )
    print(flush=True)


def ours(path: Path, out: Path) -> Contender:
    """Return the product as a user runs it."""
    return Contender(
        name=OURS,
        command=product("decide", path, "--on", ON, "--out", out),
        codes=(0, WAITING),
        fresh=out,  # a night into last night's folder also reads the answers in it
    )


def agree(out: Path) -> None:
    """Compare each peer's answer with ours, client by client.

    Rows that we reject have no decision; the peers, who check nothing, decide them too.

    Raises:
        AssertionError: If they differ in the area, the outcome or a list.
    """
    decided = pl.read_parquet(out / "ours" / "decisions.parquet").select(
        "client_id",
        pl.col("area").fill_null(""),
        "outcome",
        *(pl.col(name).list.join(",") for name in _CODES),
    )
    for peer in ("pandas", "loop"):
        said = pl.read_csv(
            out / peer / "outcomes.csv", separator=";", infer_schema=False
        ).with_columns(pl.all().fill_null(""))
        both = decided.join(said, on="client_id", suffix="_said")
        differ = both.filter(
            pl.any_horizontal(
                pl.col(name) != pl.col(f"{name}_said") for name in ("area", "outcome", *_CODES)
            )
        )
        assert both.height > said.height // 2, f"{peer}: too few clients in common"
        assert differ.is_empty(), f"{peer} decides otherwise:\n{differ.head()}"
        say(f"{peer}: {both.height:,} clients decided alike")


if __name__ == "__main__":
    main()
