"""A TOML file that holds facts, read and validated: an error names the file and the key."""

import tomllib
from importlib.resources.abc import Traversable
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from kuntactl.errors import SettingsError

Setting = TypeVar("Setting", bound=BaseModel)


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
        raise SettingsError(f"{path.name}: not valid TOML: {error}") from error
    try:
        setting = model.model_validate(facts)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "the file as a whole"
        raise SettingsError(f"{path.name}: `{key}`: {first['msg']}") from error
    if facts.get("id") != path.name.removesuffix(".toml"):
        raise SettingsError(
            f"{path.name}: `id` is `{facts.get('id')}`",
            hint="the id and the name of the file must be the same",
        )
    return setting
