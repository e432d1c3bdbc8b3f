"""How long a night takes the register: so many members join, then the same export comes again."""

import tempfile
from pathlib import Path

from frame import Contender, Result, compete, options, print_goal, print_table, python

CLIENTS, QUICK_CLIENTS = 300_000, 3_000
MOST_SECONDS = 20  # for so many to join, and to be kept
OURS, LEAST = "kuntactl", "two tables of SQLite"
STEPS = {
    "join": "join",
    "coach": "remember the coaches",
    "due": "find the letters due, number them",
    "record": "remember the letters",
    "commit": "keep it all",
}


def main() -> None:
    """Take two nights with our register and with the least that could be one."""
    given = options(
        __doc__ or "",
        clients={"type": int, "default": None, "help": f"members, else {CLIENTS:,}"},
    )
    clients = given.clients or (QUICK_CLIENTS if given.quick else CLIENTS)
    with tempfile.TemporaryDirectory() as folder:
        results = race(clients, Path(folder), rounds=given.rounds)
    show(results, clients, rounds=given.rounds)
    joined = results[OURS].middle("first_join") + results[OURS].middle("first_commit")
    if clients >= CLIENTS:
        print_goal(
            f"{clients:,} members join, s",
            joined,
            f"{MOST_SECONDS}",
            reached=joined < MOST_SECONDS,
        )


def race(clients: int, folder: Path, *, rounds: int) -> dict[str, Result]:
    """Return what the nights took."""
    scripts = {OURS: "register_ours.py", LEAST: "register_sqlite.py"}
    contenders = [
        Contender(name=name, command=python(script, clients, folder / f"{place}.db"))
        for place, (name, script) in enumerate(scripts.items())
    ]
    return compete(contenders, rounds=rounds)


def show(results: dict[str, Result], clients: int, *, rounds: int) -> None:
    """Print the nights side by side, then the steps of ours."""
    ours, least = results[OURS], results[LEAST]
    print(f"register, {clients:,} members, rounds: {rounds}")
    nights = {"first": "night in which all join", "second": "the same export again"}
    print_table(
        ["", f"{OURS}, s", f"{LEAST}, s", "times"],
        [
            [said, ours.middle(name), least.middle(name), ours.middle(name) / least.middle(name)]
            for name, said in nights.items()
        ],
    )
    print_table(
        ["step of ours", "first night, s", "second night, s"],
        [
            [said, ours.middle(f"first_{step}"), ours.middle(f"second_{step}")]
            for step, said in STEPS.items()
        ],
    )
    print_table(
        ["", "peak MB", "file MB"],
        [[name, one.middle("peak"), one.middle("mb")] for name, one in results.items()],
    )


if __name__ == "__main__":
    main()
