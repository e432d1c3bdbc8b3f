"""Before the first night, staff see what the machine lacks and what mends it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import REPOSITORY, RunCli

from kuntactl.errors import ExitCode
from kuntactl.pipeline.doctor import LOOKS, Look, loaded, of_version


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


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, dict[str, dict[str, object]]]:
    """What is told of a machine with broken libraries, without our fonts, in the locale C."""
    here = tmp_path_factory.mktemp("bare")
    for library in ("libpango-1.0.so.0", "libharfbuzz.so.0"):
        (here / library).write_bytes(b"no library")
    (here / "font_roboto.py").write_text("raise ImportError", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "kuntactl", "doctor", "--json"],
        env=os.environ
        | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
        | {"LD_LIBRARY_PATH": str(here), "PYTHONPATH": f"{here}:{REPOSITORY}"},
        cwd=here,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, told(done.stdout)


# look, how the command begins that mends it, why it matters
BROKEN = [
    ("pango", "apt-get install libpango-1.0-0 libpangoft2-1.0-0", "no letter is laid out"),
    ("harfbuzz", "apt-get install libharfbuzz0b libharfbuzz-subset0", "no letter is stamped"),
    ("fonts", f"{sys.executable} -m ", "letters would look otherwise on each machine"),
    ("locale", "export LC_ALL=C.UTF-8", "a terminal that cannot show ä shows a name wrong"),
    ("letter", "kuntactl letters preview -o ", "the parts do not work together"),
]


@pytest.mark.parametrize(("look", "cure", "why"), BROKEN, ids=[case[0] for case in BROKEN])
def test_what_is_broken_is_told_with_the_command_that_mends_it(
    look: str, cure: str, why: str, bare: tuple[int, dict[str, dict[str, object]]]
) -> None:
    """One that fails keeps no other from being tried."""
    code, found = bare

    assert code == ExitCode.LETTERS  # of the first one
    assert found[look]["is_well"] is False, why
    assert str(found[look]["cure"]).startswith(cure)
    assert found["python"]["is_well"]


@pytest.mark.parametrize("version", [(3, 10, 9), (2, 99), (3, 9)])
def test_a_version_that_is_too_old_is_told_with_the_command(version: tuple[int, ...]) -> None:
    """Numbers are compared as numbers: 3.9 is older than 3.11, and 3.11 will do."""
    found = of_version(version, least=(3, 11), cure="apt-get install python3")

    assert (found.is_well, found.cure) == (False, "apt-get install python3")
    assert of_version((3, 11, 0), least=(3, 11), cure="none").is_well


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
    assert str(told(away.out)["register"]["cure"]).startswith("kuntactl run ")
    assert str(told(closed.out)["register"]["cure"]).startswith("systemctl start ")
    assert "secret" not in closed.out + closed.err


def test_a_library_that_is_missing_is_named() -> None:
    """The loader is asked that will be asked when letters are laid out."""
    assert loaded("libc.so.6", "libnot-there.so.0") == "libnot-there.so.0 is missing or broken"


@pytest.mark.parametrize("look", LOOKS, ids=[look.id for look in LOOKS])
def test_every_look_has_a_name_and_a_code_of_its_own_kind(look: Look) -> None:
    """Zero would say that all is well."""
    assert look.exit_code != 0
    assert all(look.words.in_every_language().values())
