"""The README shows what comes out, in pictures that a clone need not wait for."""

import re

import pytest
from conftest import REPOSITORY
from PIL import Image

README = (REPOSITORY / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", ["letter", "report"])
def test_the_readme_shows_a_small_picture(name: str) -> None:
    """One of a letter, one of a report, made by `make preview`: 60 KB at most, with a text."""
    file = REPOSITORY / "docs" / "pictures" / f"{name}.png"

    (said,) = re.findall(rf"!\[([^\]]+)\]\(docs/pictures/{name}\.png\)", README)

    assert len(said) > 10
    assert file.stat().st_size <= 60_000
    with Image.open(file) as picture:
        assert picture.width >= 500
        assert len(picture.getcolors(256) or []) > 8  # something is on it
