"""TOML files that hold facts, read and validated: an error names the file and the key."""

import tomllib
from collections.abc import Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ValidationError

from kuntactl.domain.misfits import in_our_words
from kuntactl.domain.wording import Words
from kuntactl.errors import SettingsError
from kuntactl.locale import phrase

Setting = TypeVar("Setting", bound=BaseModel)


def _for_every_language(text: object) -> object:
    return Words(fi=text, sv=text, en=text) if isinstance(text, str) else text


# Where a fact comes from, or what is in doubt. A name that is the same in every language is
# written once, and so may be what a user adds for readers of one language.
Remark = Annotated[Words, BeforeValidator(_for_every_language)]


def built_in(folder: str) -> Sequence[Traversable]:
    """Return the TOML files of a folder of the product's data, by name."""
    return _toml_files(files("kuntactl") / "data" / folder)


def own_files(folder: Path, *, option: str) -> Sequence[Traversable]:
    """Return the TOML files of a user's own folder, by name.

    Raises:
        SettingsError: If there is no such folder, or no TOML file in it.
    """
    if not folder.is_dir():
        raise SettingsError(
            phrase("{option}: no folder `{folder}`", option=option, folder=folder),
            hint=phrase("give a folder of TOML files"),
        )
    found = _toml_files(folder)
    if not found:
        raise SettingsError(
            phrase("{option}: no TOML file in `{folder}`", option=option, folder=folder),
            hint=phrase("each file is named by its id, as porvoo.toml"),
        )
    return found


def _toml_files(folder: Traversable) -> Sequence[Traversable]:
    found = [path for path in folder.iterdir() if path.name.endswith(".toml")]
    return sorted(found, key=lambda path: path.name)


def read_setting(path: Traversable, model: type[Setting]) -> Setting:
    """Return the record that the file holds.

    Raises:
        SettingsError: If the file is not TOML or does not fit the model; the error names
            the file, the first wrong key and what would be right. The file's own name
            must equal its ``id``.
    """
    try:
        facts = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            phrase("{file}: not valid TOML: {error}", file=path.name, error=error)
        ) from error
    try:
        setting = model.model_validate(facts)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or phrase("the file as a whole")
        raise SettingsError(
            phrase("{file}: `{key}`: {why}", file=path.name, key=key, why=in_our_words(first))
        ) from error
    if facts.get("id") != path.name.removesuffix(".toml"):
        raise SettingsError(
            phrase("{file}: `id` is `{get}`", file=path.name, get=facts.get("id")),
            hint=phrase("the id and the name of the file must be the same"),
        )
    return setting
