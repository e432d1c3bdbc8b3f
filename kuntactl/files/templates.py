"""Where the templates are: inside the installed package, or beside it in a checkout."""

from importlib.resources import files
from pathlib import Path

from kuntactl.errors import SettingsError
from kuntactl.locale import phrase


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
        phrase("the templates of `{kind}` are not there", kind=kind),
        hint=phrase("install kuntactl again, or clone it whole"),
    )
