"""The unit, the timer and the crontab line that we hand out do what docs/operations.md says."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import REPOSITORY, SAMPLES

from kuntactl.errors import ExitCode

DEPLOY = REPOSITORY / "deploy"
OPTIONS = "--on 2021-03-01 --area raasepori-hanko"


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """Return the root of a machine on which kuntactl is set up as the page says."""
    program = tmp_path / "opt/kuntactl/bin/kuntactl"
    program.parent.mkdir(parents=True)
    program.symlink_to(Path(sys.executable).parent / "kuntactl")
    exports = tmp_path / "srv/kuntactl/in"
    exports.mkdir(parents=True)
    shutil.copy(SAMPLES / "uusimaa-2021-03-01.csv", exports)
    shutil.copy(SAMPLES / "coaches-2021.csv", tmp_path / "srv/kuntactl/coaches.csv")
    (tmp_path / "var/log/kuntactl").mkdir(parents=True)
    return tmp_path


def on_machine(text: str, machine: Path) -> str:
    """Return the text with the places of the page below the machine's root."""
    return re.sub(r"(?<![\w/])/(opt|srv|var)/", rf"{machine}/\1/", text)


def ran(machine: Path) -> bool:
    """Return whether the night's letters stand where the page says."""
    out = machine / "srv/kuntactl/out"
    return (machine / "srv/kuntactl/register.db").exists() and bool(
        list(out.glob("raasepori-hanko/print/*.pdf"))
    )


def test_the_service_runs_as_written(machine: Path) -> None:
    """What an administrator copies must work on the first night."""
    unit = on_machine((DEPLOY / "kuntactl-night.service").read_text("utf-8"), machine)
    (command,) = re.findall(r"^ExecStart=(.*)$", unit, re.MULTILINE)

    done = subprocess.run(
        shlex.split(command), env={**os.environ, "OPTIONS": OPTIONS}, check=False, cwd="/"
    )

    assert done.returncode == ExitCode.WAITING  # the sample has rows that wait
    assert f"SuccessExitStatus={ExitCode.WAITING.value}" in unit
    assert ran(machine)


def test_the_crontab_line_runs_as_written(machine: Path) -> None:
    """Cron mails what is printed: one line when the night needs a look, and no secret."""
    table = on_machine((DEPLOY / "kuntactl-night.cron").read_text("utf-8"), machine)
    (line,) = [line for line in table.splitlines() if re.match(r"[\d*]", line)]
    user, command = re.split(r"\s+", line, maxsplit=6)[5:]
    command = command.replace(" >>", f" {OPTIONS} >>", 1)

    done = subprocess.run(["/bin/sh", "-c", command], check=False, capture_output=True, text=True)

    assert user == "kuntactl"
    assert "%" not in command  # cron would end the line there
    assert done.stdout.startswith("kuntactl ended with exit code 20; see ")
    assert done.stderr == ""
    assert ran(machine)


def test_systemd_finds_nothing_wrong(machine: Path, tmp_path: Path) -> None:
    """A unit that systemd would pass over in silence protects nobody."""
    if shutil.which("systemd-analyze") is None and not os.environ.get("CI"):
        pytest.skip("systemd-analyze is not installed")
    for name in ("kuntactl-night.service", "kuntactl-night.timer"):
        text = on_machine((DEPLOY / name).read_text("utf-8"), machine)
        (tmp_path / name).write_text(text, "utf-8")

    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", tmp_path / "kuntactl-night.timer"],
        check=False,
        capture_output=True,
        text=True,
    )

    assert (done.returncode, done.stderr) == (0, "")


# what the service must have, why
HARDENING = [
    ("User=kuntactl", "its own user"),
    ("PrivateNetwork=yes", "no network"),
    ("PrivateTmp=yes", "a temporary folder of its own"),
    ("ProtectSystem=strict", "nothing of the machine is written"),
    ("UMask=0077", "nobody else reads what it writes"),
]


@pytest.mark.parametrize(("setting", "why"), HARDENING, ids=[case[1] for case in HARDENING])
def test_the_service_is_hardened(setting: str, why: str) -> None:
    """The service handles the data of people in a weak position."""
    assert setting in (DEPLOY / "kuntactl-night.service").read_text("utf-8").splitlines(), why


def test_the_log_that_is_written_is_the_one_that_is_turned() -> None:
    """A log under another name grows for two and a half years."""
    turned = (DEPLOY / "kuntactl.logrotate").read_text("utf-8")
    places = re.findall(r"^(/\S+) \{$", turned, re.MULTILINE)
    written = re.findall(r">>(\S+)", (DEPLOY / "kuntactl-night.cron").read_text("utf-8"))

    assert places == written == ["/var/log/kuntactl/night.log"]
    (weeks,) = re.findall(r"^    rotate (\d+)$", turned, re.MULTILINE)
    page = (REPOSITORY / "docs/operations.md").read_text("utf-8")
    assert f"kept for {weeks} weeks" in page
    assert re.search(r"^    weekly$", turned, re.MULTILINE)


def test_all_nights_have_one_register() -> None:
    """A night with another register would write to everybody once more."""
    told = [
        re.findall(r"--register (\S+)", (DEPLOY / name).read_text("utf-8"))
        for name in ("kuntactl-night.service", "kuntactl-night.cron")
    ]

    assert told == [["/srv/kuntactl/register.db"]] * 2


def test_every_exit_code_has_its_line() -> None:
    """Whoever is on duty at night finds the code they see, and what it asks of them."""
    page = (REPOSITORY / "docs/operations.md").read_text("utf-8")
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)}

    assert codes == {code.value for code in ExitCode}
