"""A shell completes commands and ids, and is never told more clients than it must."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import RunCli
from register_nights import PORVOO, run_night

SHELLS = ("bash", "zsh", "fish")


def offered(line: str, *, folder: Path) -> list[str]:
    """Return what bash is offered for the last word of the line."""
    words = line.split(" ")
    done = subprocess.run(
        [sys.executable, "-m", "kuntactl"],
        env=os.environ
        | {
            "_KUNTACTL_COMPLETE": "complete_bash",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(words) - 1),
        },
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout.split()


# the line so far, what is offered
LINES = [
    ("kuntactl expl", ["explain"]),
    ("kuntactl letters rep", ["reprint"]),
    ("kuntactl run --area salo-m", ["salo-marttila-koski"]),
    ("kuntactl close pori-2", ["pori-2017"]),
    ("kuntactl areas show mikk", ["mikkelin-seutu", "mikkelin-seutu-2025"]),
    ("kuntactl rules diff act-1269-2020 announced-m", ["announced-mikkeli"]),
    ("kuntactl check --profile u", ["ura"]),
    ("kuntactl check --area nowhere", []),
]


@pytest.mark.parametrize(("line", "words"), LINES, ids=[line for line, _ in LINES])
def test_a_word_is_completed(line: str, words: list[str], tmp_path: Path) -> None:
    """Nobody types 25 areas by heart."""
    assert offered(line, folder=tmp_path) == words


def test_clients_and_runs_are_offered_from_the_register(tmp_path: Path) -> None:
    """After two characters of the number; a register that is not there offers none."""
    register = str(tmp_path / "register.db")
    run_night(
        register,
        *((f"U1{number:02}", PORVOO, "eligible") for number in range(30)),
        ("U2", PORVOO, "eligible"),
    )

    asked = f"kuntactl register history --register {register}"
    assert offered(f"{asked} U", folder=tmp_path) == []
    assert offered(f"{asked} U2", folder=tmp_path) == ["U2"]
    assert offered(f"{asked} U1", folder=tmp_path) == [f"U1{number:02}" for number in range(20)]
    assert offered("kuntactl register history --register no.db U1", folder=tmp_path) == []
    assert offered(f"kuntactl register show --register {register} ", folder=tmp_path) == ["1"]
    assert offered("kuntactl register show --register no.db ", folder=tmp_path) == []
    (tmp_path / "kuntactl.toml").write_text(f'register = "{register}"\n')
    assert offered("kuntactl explain U2", folder=tmp_path) == ["U2"]


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_takes_its_script(shell: str, kuntactl: RunCli) -> None:
    """The script is one that the shell itself can parse."""
    result = kuntactl("completion", shell)

    assert result.code == 0
    assert "_KUNTACTL_COMPLETE" in result.out
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=result.out.encode(), check=True)


def test_another_shell_is_refused(kuntactl: RunCli) -> None:
    """With those there are."""
    result = kuntactl("completion", "csh")

    assert result.code == 2
    assert "bash, zsh, fish" in result.err
