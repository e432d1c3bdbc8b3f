"""Set-up says clearly what is missing where it cannot or may not install it."""

import os
import stat
import subprocess
from pathlib import Path

import pytest
from conftest import REPOSITORY

# A python3 that is new enough and has no Pango: what set-up asks, answered.
BARE_PYTHON = """#!/bin/sh
case "$2" in
  *version_info*) exit 0 ;;
  *) exit 1 ;;
esac
"""
OLD_PYTHON = """#!/bin/sh
case "$1" in
  --version) echo "Python 3.9.2" ;;
  *) exit 1 ;;
esac
"""


@pytest.fixture
def bin_folder(tmp_path: Path) -> Path:
    """A folder that is the whole PATH, with what a POSIX shell script needs."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in ("sh", "dirname", "env", "grep", "rm"):
        (folder / tool).symlink_to(_where(tool))
    return folder


def _where(tool: str) -> str:
    found = [Path(place) / tool for place in os.environ["PATH"].split(":")]
    return str(next(path for path in found if path.exists()))


def _program(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(text)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def _set_up(bin_folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [REPOSITORY / "tools" / "setup"],
        env={"PATH": str(bin_folder), "HOME": str(bin_folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_apt_the_missing_libraries_are_named(bin_folder: Path) -> None:
    """On another system a person installs them by the names of that system."""
    _program(bin_folder, "python3", BARE_PYTHON)

    ended = _set_up(bin_folder)

    assert ended.returncode == 1
    problem, hint = ended.stderr.splitlines()
    assert problem.startswith("error: missing: libpango-1.0-0 ")
    assert all(name in problem for name in ("libharfbuzz", "python3-venv"))
    assert "no apt-get here" in hint


def test_without_the_right_to_install_the_command_is_given(bin_folder: Path) -> None:
    """A user who is not root can hand one line to somebody who is."""
    _program(bin_folder, "python3", BARE_PYTHON)
    _program(bin_folder, "apt-get", "#!/bin/sh\nexit 1\n")
    _program(bin_folder, "id", "#!/bin/sh\necho 1000\n")

    ended = _set_up(bin_folder)

    assert ended.returncode == 1
    assert "apt-get install libpango-1.0-0" in ended.stderr.splitlines()[1]


def test_an_old_python_is_named(bin_folder: Path) -> None:
    """Python 3.9 fails with a sentence, not in the middle of an installation."""
    _program(bin_folder, "python3", OLD_PYTHON)

    ended = _set_up(bin_folder)

    assert ended.returncode == 1
    assert ended.stderr.splitlines()[0] == "error: Python 3.9.2 is too old"
