"""Where the templates are: inside the installed package, or beside it in a checkout."""

from importlib.resources import files
from pathlib import Path

from kuntactl.errors import SettingsError


def template_folder(kind: str) -> Path:
    """Return the folder of our own templates of one kind: ``letters`` or ``report``.

    Raises:
        SettingsError: If it is in neither place.
    """
    package = Path(str(files("kuntactl")))
    for templates in (package / "templates", package.parent / "templates"):
        folder = templates / kind
        if folder.is_dir():
            return folder
    raise SettingsError(
        f"the templates of `{kind}` are not there",
        hint="install kuntactl again, or clone it whole",
    )
