"""The catalogues hold each text of the sources, with the same fields in every language."""

import sys
from pathlib import Path
from typing import Any

import pytest

from kuntactl.locale.catalogues import fields_of

sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))
import catalogues

KEPT = [(name, language) for name in catalogues.NAMES for language in catalogues.LANGUAGES]


@pytest.mark.parametrize(("name", "language"), KEPT)
def test_a_catalogue_is_as_the_sources_have_it(name: str, language: str) -> None:
    """`make catalogues` was forgotten: a new sentence would come in English to all."""
    kept = catalogues.po_file(name, language).read_bytes()

    assert kept == catalogues.po_bytes(catalogues.updated(name, language))
    compiled = catalogues.po_file(name, language).with_suffix(".mo").read_bytes()
    assert compiled == catalogues.mo_bytes(kept, language)


@pytest.mark.parametrize(("name", "language"), KEPT)
def test_nothing_is_left_in_english(name: str, language: str) -> None:
    """A reader who is told half in their language trusts neither half."""
    left = [one.id for one in catalogues.read(name, language) if one.id and not all(_said(one))]

    assert left == []


@pytest.mark.parametrize(("name", "language"), KEPT)
def test_a_translation_has_the_fields_of_its_text(name: str, language: str) -> None:
    """A field that is lost hides which file is wrong; one that is misspelt breaks the sentence."""
    differing = [
        (one.id, said)
        for one in catalogues.read(name, language)
        for said in _said(one)
        if one.id and said and fields_of(said) != fields_of(_ids(one)[-1])
    ]

    assert differing == []
    assert not [one.id for one in catalogues.read(name, language) if one.id and one.fuzzy]


def _said(message: Any) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def _ids(message: Any) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (message.id,)
