"""Before the first night, staff see what the machine lacks and what mends it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import REPOSITORY, RunCli

from kuntactl.pipeline.doctor import LOOKS, Look, loaded


def told(out: str) -> dict[str, dict[str, object]]:
    """Return what was found by ``--json``, by look."""
    return {one["look"]: one for one in json.loads(out)}


def test_a_machine_that_runs_the_tests_is_well(tmp_path: Path, kuntactl: RunCli) -> None:
    """Every look but the register's, which was not asked for; a letter is laid out and read."""
    result = kuntactl("doctor", "--out", tmp_path, "--json")

    found = told(result.out)
    assert set(found) == {look.id for look in LOOKS} - {"register"}
    assert all(one["is_well"] for one in found.values())
    assert "read back" in str(found["letter"]["detail"])
    assert result.code == 0
    assert list(tmp_path.iterdir()) == []


def test_a_machine_without_utf8_is_told_what_to_export() -> None:
    """A terminal that cannot show ä shows a client's name wrong."""
    done = subprocess.run(
        [sys.executable, "-m", "kuntactl", "doctor", "--json"],
        env=os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )

    locale = told(done.stdout)["locale"]
    assert done.returncode == 11
    assert locale["is_well"] is False
    assert locale["cure"] == "export LC_ALL=C.UTF-8"


def test_a_folder_without_room_or_leave_is_named(kuntactl: RunCli) -> None:
    """/proc takes no file and has no space: each has its own line and cure."""
    result = kuntactl("doctor", "--out", "/proc/nowhere", "--lang", "en")

    assert result.code == 14
    assert "FAIL  disk: /proc: 0.0 GB free\n      df -h /proc\n" in result.out
    assert "FAIL  permission: /proc:" in result.out
    assert "      chown $(id -un) /proc\n" in result.out


def test_a_register_that_cannot_be_reached_is_named(tmp_path: Path, kuntactl: RunCli) -> None:
    """Better on the day before than in the night."""
    away = kuntactl("doctor", "--out", tmp_path, "--register", tmp_path / "no.db", "--json")
    server = "postgresql+psycopg://nobody:secret@127.0.0.1:1/none"
    closed = kuntactl("doctor", "--out", tmp_path, "--register", server, "--json")

    assert (away.code, closed.code) == (12, 12)
    for result in (away, closed):
        found = told(result.out)["register"]
        assert found["is_well"] is False
        assert found["cure"]
    assert "secret" not in closed.out + closed.err


def test_a_library_that_is_missing_is_named() -> None:
    """The loader is asked that will be asked when letters are laid out."""
    assert loaded("libc.so.6", "libnot-there.so.0") == "libnot-there.so.0 is missing"


@pytest.mark.parametrize("look", LOOKS, ids=[look.id for look in LOOKS])
def test_every_look_has_a_name_and_a_code_of_its_own_kind(look: Look) -> None:
    """Zero would say that all is well."""
    assert look.exit_code != 0
    assert all(look.words.in_every_language().values())
