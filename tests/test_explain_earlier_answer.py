"""`explain` knows a person's earlier answer, as long as a run would go by it."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from builders import csv_export
from conftest import RunCli
from night_exports import TO_REVIEW, write_coaches, write_export

DAY = ("--on", "2021-03-01")
CLIENT = TO_REVIEW["asiakasnumero"]


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory, kuntactl_of_module: RunCli) -> Path:
    """Return a register that remembers that T.V. let the client in."""
    folder = tmp_path_factory.mktemp("answered")
    export = write_export(folder / "export.csv", [TO_REVIEW])
    coaches = write_coaches(folder / "coaches.csv")
    reviewed = _answer(folder, "K")
    ended = kuntactl_of_module(
        "run", export, "--coaches", coaches, *DAY, "--reviewed", reviewed, "--workers", 1,
        "--out", folder / "out",
    )  # fmt: skip
    assert ended.code in {0, 20}
    return folder / "out" / "register.db"


def test_an_earlier_answer_is_shown(register: Path, tmp_path: Path, kuntactl: RunCli) -> None:
    """Whoever asks why hears what was answered, by whom and for what reason."""
    explained = _explain(kuntactl, tmp_path, TO_REVIEW, "--register", register)

    assert (explained["outcome"], explained["decided_by"]) == ("eligible", "person")
    assert explained["answer"] == {"belongs": True, "who": "T.V.", "reason": "papers seen"}


def test_without_a_register_there_is_no_earlier_answer(tmp_path: Path, kuntactl: RunCli) -> None:
    """The export alone leaves it to a person."""
    explained = _explain(kuntactl, tmp_path, TO_REVIEW)

    assert (explained["outcome"], explained["answer"]) == ("review", None)


def test_the_words_of_an_answer_go_with_the_client(
    register: Path, tmp_path: Path, kuntactl: RunCli
) -> None:
    """What people wrote freely may name anybody; what was answered stays in force without it."""
    out = Path(shutil.copytree(register.parent, tmp_path / "out"))
    copy = out / register.name
    purge = ("purge", out, "--register", copy, "--client", CLIENT, "--json")

    purged = [json.loads(kuntactl(*purge, *DAY).out)["answers"] for _ in range(2)]

    assert purged == [1, 0]  # the second time there is nothing left to go
    for file in out.rglob("*"):
        assert file.is_dir() or b"papers seen" not in file.read_bytes(), file.name
    explained = _explain(kuntactl, tmp_path, TO_REVIEW, "--register", copy)
    assert (explained["outcome"], explained["decided_by"]) == ("eligible", "person")
    assert explained["answer"] == {"belongs": True, "who": "", "reason": ""}
    export = tmp_path / "export.csv"
    words = kuntactl("explain", CLIENT, export, *DAY, "--register", copy, "--lang", "en").out
    assert "A person's answer; the name and the reason were purged." in words
    assert kuntactl("register", "verify", "--register", copy).code == 0


def test_words_go_when_no_file_of_the_client_is_left(
    register: Path, tmp_path: Path, kuntactl: RunCli
) -> None:
    """Letters and lists had their time before; the receipt tells that the words went, too."""
    for name in ("run.json", register.name):
        shutil.copy(register.with_name(name), tmp_path)
    copy = tmp_path / register.name
    purge = ("purge", tmp_path, "--register", copy, "--client", CLIENT, "--json")

    receipt = json.loads(kuntactl(*purge, *DAY).out)

    assert (receipt["answers"], receipt["removed"]) == (1, {})
    assert json.loads((tmp_path / "purged.json").read_text("utf-8")) == [receipt]
    explained = _explain(kuntactl, tmp_path, TO_REVIEW, "--register", copy)
    assert explained["answer"] == {"belongs": True, "who": "", "reason": ""}


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        pytest.param({"ansiopaivarahaoikeus": "K"}, "not_eligible", id="now the rule can tell"),
        pytest.param({"tyollisyyskoodi": "03"}, "review", id="a fact it rests on has changed"),
        pytest.param({"lahiosoite": "Uusikatu 9"}, "eligible", id="no fact that it rests on"),
    ],
)
def test_an_answer_holds_while_its_facts_do(
    change: dict[str, str], outcome: str, register: Path, tmp_path: Path, kuntactl: RunCli
) -> None:
    """The same as a run: what the person knew is no longer so."""
    explained = _explain(kuntactl, tmp_path, TO_REVIEW | change, "--register", register)

    assert explained["outcome"] == outcome


def test_an_answer_handed_in_comes_first(register: Path, tmp_path: Path, kuntactl: RunCli) -> None:
    """A person may think again."""
    reviewed = _answer(tmp_path, "E")

    explained = _explain(
        kuntactl, tmp_path, TO_REVIEW, "--register", register, "--reviewed", reviewed
    )

    assert explained["outcome"] == "not_eligible"


def test_the_register_is_only_looked_at(register: Path, tmp_path: Path, kuntactl: RunCli) -> None:
    """Asking why changes nothing, and needs no right to write."""
    before = register.read_bytes()

    _explain(kuntactl, tmp_path, TO_REVIEW, "--register", register)

    assert register.read_bytes() == before


def test_a_register_that_is_not_there_is_an_error(tmp_path: Path, kuntactl: RunCli) -> None:
    """No answer in a misspelt register would look like no answer at all."""
    export = write_export(tmp_path / "export.csv", [TO_REVIEW])

    ended = kuntactl("explain", CLIENT, export, *DAY, "--register", tmp_path / "regster.db")

    assert ended.code == 12
    assert not (tmp_path / "regster.db").exists()


def _explain(
    kuntactl: RunCli, folder: Path, row: dict[str, str], *more: object
) -> Mapping[str, object]:
    export = write_export(folder / "export.csv", [row])
    ended = kuntactl("explain", CLIENT, export, *DAY, "--json", *more)
    assert (ended.code, ended.err) == (0, "")
    explained: Mapping[str, object] = json.loads(ended.out)
    return explained


def _answer(folder: Path, belongs: str) -> Path:
    path = folder / "review.csv"
    row = {"client_id": CLIENT, "kuuluu": belongs, "kuka": "T.V.", "peruste": "papers seen"}
    path.write_bytes(csv_export([row]))
    return path
