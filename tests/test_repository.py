"""What the repository takes in, and what it refuses."""

import subprocess
import tomllib

import pytest
from conftest import REPOSITORY

REFUSED = (
    "uusimaa.csv",
    "uusimaa.csv.gz",
    "viennit/salo.parquet",
    "out/porvoo/letters/porvoo-000001.pdf",
    "out/porvoo/coaches/p1.xlsx",
    "out/register.db",
    "out/register.db-wal",
)
TAKEN = (
    "sample_data/uusimaa-2021-03-01.csv",
    "sample_data/etela-savo-2021-03-01.parquet",
    "tests/golden/transfer.fi.porvoo.txt",
    "kuntactl/data/municipalities.csv",
)


def _is_ignored(path: str) -> bool:
    ended = subprocess.run(
        ["git", "check-ignore", "--no-index", "-q", path], cwd=REPOSITORY, check=False
    )
    return ended.returncode == 0


@pytest.mark.parametrize("path", REFUSED)
def test_an_export_or_letter_is_never_committed_by_accident(path: str) -> None:
    """Personal data that is once in a repository cannot be taken back."""
    assert _is_ignored(path)


@pytest.mark.parametrize("path", TAKEN)
def test_artificial_people_and_approved_texts_are_taken(path: str) -> None:
    """The samples are the exception, by name."""
    assert not _is_ignored(path)


def test_the_readme_is_short_and_names_both_front_doors() -> None:
    """A stranger finds the first and the second command without scrolling far."""
    lines = (REPOSITORY / "README.md").read_text("utf-8").splitlines()

    assert len(lines) <= 150
    assert lines.index("make demo") < lines.index("make test")


def test_every_exit_code_stands_in_the_readme() -> None:
    """Whoever is on duty looks a code up."""
    from kuntactl.errors import ExitCode

    text = (REPOSITORY / "README.md").read_text("utf-8")

    assert all(f"| {code.value} |" in text for code in ExitCode)


def test_every_command_stands_in_the_readme() -> None:
    """A command that nobody finds is not there."""
    from kuntactl.cli.main import app

    names = {command.name for command in app.registered_commands}
    names |= {group.typer_instance.info.name for group in app.registered_groups}
    text = (REPOSITORY / "README.md").read_text("utf-8")

    assert {name for name in names if f"`{name}" not in text} == set()


def test_the_script_is_where_the_project_says() -> None:
    """`kuntactl` is the name that users type."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]

    assert project["scripts"] == {"kuntactl": "kuntactl.cli.main:main"}
    assert project["license"] == "EUPL-1.2"
