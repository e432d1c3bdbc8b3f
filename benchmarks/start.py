"""How soon help and version are there, against Python and the least of Typer."""

import sys

from frame import Contender, compete, options, print_goal, print_table, product

MOST_SECONDS = 0.3
EMPTY, TYPER = "Python, nothing", "Typer, one command"
_LEAST = "import typer\napp = typer.Typer()\n@app.command()\ndef one(): ...\napp(['--help'])"


def main() -> None:
    """Run each, print seconds and how they stand to Python itself."""
    given = options(__doc__ or "")
    contenders = [
        Contender(name=EMPTY, command=(sys.executable, "-c", "pass")),
        Contender(name=TYPER, command=(sys.executable, "-c", _LEAST)),
        *(
            Contender(name=f"kuntactl {words}", command=product(*words.split()))
            for words in ("--version", "--help", "run --help")
        ),
    ]
    results = compete(contenders, rounds=given.rounds)
    print(f"start of the program, rounds: {given.rounds}")
    print_table(
        ["", "wall s", "cpu s", "peak MB", "times Python"],
        [
            [
                name,
                result.middle("wall"),
                result.middle("cpu"),
                result.middle("peak"),
                result.middle("wall") / results[EMPTY].middle("wall"),
            ]
            for name, result in results.items()
        ],
    )
    for words in ("--version", "--help"):
        seconds = results[f"kuntactl {words}"].middle("wall")
        print_goal(words, seconds, f"<= {MOST_SECONDS} s", reached=seconds <= MOST_SECONDS)


if __name__ == "__main__":
    main()
