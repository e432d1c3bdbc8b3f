"""The five minutes of the README go as it says, in an empty folder with an empty home."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import REPOSITORY

README = (REPOSITORY / "README.md").read_text("utf-8")
WAITING = 20
_END = "=== ended"


def steps() -> list[tuple[str, list[str]]]:
    """Return each command of the walk, with the lines that it is said to print."""
    (block,) = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    return [(part.splitlines()[0], part.splitlines()[1:]) for part in parts]


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[int, str]]:
    """The exit code of each command, and all that it printed, given one after the other."""
    home, here = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("walk")
    script = "".join(f"{command}\necho '{_END}' $?\n" for command, _ in steps())
    done = subprocess.run(
        ["/bin/sh", "-c", f"exec 2>&1\n{script}"],
        cwd=here,
        env={
            "HOME": str(home),
            "LC_ALL": "C.UTF-8",
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    parts = re.split(rf"^{_END} (\d+)\n", done.stdout, flags=re.MULTILINE)
    return [(int(code), said) for said, code in zip(parts[::2], parts[1::2], strict=False)]


def _is_shown(line: str, printed: list[str]) -> bool:
    """Return whether the line was printed, or one that begins as it does before ``…``."""
    begins = line.removesuffix("…")
    return line in printed or (begins != line and any(one.startswith(begins) for one in printed))


def test_the_walk_goes_as_it_says(outputs: list[tuple[int, str]]) -> None:
    """The first thing that a stranger does must not fail, and show what they are told to see."""
    walked = steps()

    assert len(outputs) == len(walked) > 6
    for (command, lines), (code, said) in zip(walked, outputs, strict=True):
        assert code in {0, WAITING}, (command, said)
        printed = said.replace("\ufeff", "").splitlines()
        assert [line for line in lines if not _is_shown(line, printed)] == [], (command, said)


def test_the_walk_names_the_daily_commands() -> None:
    """Sample, check, run, explain: in five minutes the whole is seen once."""
    named = [
        words[1] for words in map(shlex.split, (c for c, _ in steps())) if words[0] == "kuntactl"
    ]

    assert named == ["sample", "check", "run", "explain", "run"]
