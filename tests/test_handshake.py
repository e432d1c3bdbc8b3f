"""A worker that would make other bytes, or none, is refused by name, whatever differs."""

import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import pytest

from kuntactl.errors import LetterError
from kuntactl.files.parcels import Outlet
from kuntactl.files.staging import staged
from kuntactl.letters.handshake import Answer, Question, answer, makings, refuse_unfit
from kuntactl.typeset import fonts
from kuntactl.typeset.fonts import FONT_FILES

PLACE = "tcp://worker:1"
HERE = makings(None)


class Quiet:
    """What Dask tells ``answer`` of a worker that keeps what it holds in memory."""

    data: Mapping[str, bytes] = {}


def refused(said: object, folder: Path) -> LetterError:
    """Return why a worker that said this is refused."""
    outlet = Outlet(target=folder, bench="none")
    with pytest.raises(LetterError) as stopped:
        refuse_unfit(PLACE, said, here=HERE, outlet=outlet)
    assert stopped.value.exit_code == 13
    return stopped.value


def test_everything_that_bytes_follow_from_is_asked_for() -> None:
    """What is not compared could differ and nobody would see it."""
    named = {"python", "kuntactl", "weasyprint", "uharfbuzz", "pango", "harfbuzz", "zlib"}

    assert {*named, "templates 1", *FONT_FILES.values()} <= set(HERE)
    assert all(HERE.values())


@pytest.mark.parametrize("name", sorted(HERE))
def test_another_version_of_anything_is_refused(name: str, tmp_path: Path) -> None:
    """One comma set elsewhere, and the letters of two machines are no longer one batch."""
    other = Answer(makings={**HERE, name: "another"}, spills=False, sign=None)
    without = Answer(
        makings={key: value for key, value in HERE.items() if key != name},
        spills=False,
        sign=None,
    )

    assert refused(other, tmp_path).problem == f"{PLACE}: has {name} another, not {HERE[name]}"
    assert refused(without, tmp_path).problem == f"{PLACE}: has {name} –, not {HERE[name]}"


@pytest.mark.parametrize(
    "error",
    [
        FileNotFoundError(2, "No such file", "/home/anna/Roboto-Regular.ttf"),
        ModuleNotFoundError("No module named 'font_roboto'"),
        OSError("libpango-1.0.so.0: cannot open shared object file"),
    ],
    ids=["no font file", "no package of fonts", "no Pango"],
)
def test_a_worker_that_lacks_something_is_refused(error: Exception, tmp_path: Path) -> None:
    """It could lay out nothing, and would say so in the middle of the night."""
    why = refused(error, tmp_path)

    assert why.problem == f"{PLACE}: cannot lay letters out ({type(error).__name__})"
    assert re.search("Pango, the fonts and the templates", str(why.hint))
    assert "anna" not in f"{why.problem} {why.hint}"


def test_fonts_that_are_gone_are_an_error_of_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker never says that it has fonts which nobody can read."""
    fonts.font_bytes.cache_clear()
    monkeypatch.setattr(fonts, "_FOLDER", tmp_path)
    try:
        with staged(tmp_path / "out") as staging:
            outlet = staging.outlet_for(PurePosixPath("sign"))
            assert outlet is not None
            with pytest.raises(FileNotFoundError):
                answer(Question(templates=None, outlet=outlet), Quiet())
    finally:
        fonts.font_bytes.cache_clear()


def test_a_worker_like_us_may_work(tmp_path: Path) -> None:
    """The comparison refuses nobody who has the same."""
    with staged(tmp_path) as staging:
        outlet = staging.outlet_for(PurePosixPath("sign"))
        assert outlet is not None
        said = answer(Question(templates=None, outlet=outlet), Quiet())

        refuse_unfit(PLACE, said, here=HERE, outlet=outlet)

        assert not said.spills
