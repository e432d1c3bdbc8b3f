"""Where a register is: a file of this machine or a database server."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from kuntactl.errors import RegisterError
from kuntactl.locale import phrase

_SECRET = ("password", "sslpassword")  # of a URL's query
_KINDS = ("sqlite", "postgresql")
_FORMS = phrase(
    "give a file such as `DIR/register.db`, or a URL such as `postgresql+psycopg://HOST/NAME`"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A register's place, as the database library and as people name it."""

    url: URL
    name: str  # for messages; without a password
    file: Path | None  # none: on a server

    @property
    def from_anywhere(self) -> str:
        """The place as it is named from any folder, without a password."""
        return self.url.render_as_string() if self.file else self.name


def find_location(location: str) -> Location:
    """Return the place that a path or an SQLAlchemy URL means.

    Raises:
        RegisterError: If it is neither, or names a kind of database that we do not use.
    """
    if "://" not in location:
        return _file_location(Path(location))
    try:
        url = make_url(location)
    except (ArgumentError, ValueError) as error:
        raise RegisterError(phrase("the register's URL cannot be read"), hint=_FORMS) from error
    kind = url.get_backend_name()
    if kind not in _KINDS:
        raise RegisterError(
            phrase("a register cannot be in a database of kind `{kind}`", kind=kind), hint=_FORMS
        )
    if kind == "sqlite":
        return _file_location(Path(url.database or ""))
    shown = url.difference_update_query(_SECRET)
    return Location(url=url, name=shown.render_as_string(hide_password=True), file=None)


def _file_location(path: Path) -> Location:
    if path.name in {"", ":memory:"}:
        raise RegisterError(
            phrase("the register needs a file: one in memory forgets"), hint=_FORMS
        )
    if path.is_dir():
        raise RegisterError(
            phrase("{path}: is a folder, not a register", path=path),
            hint=phrase("name the file, such as `{path}`", path=path / "register.db"),
        )
    if path.parent.exists() and not path.parent.is_dir():
        raise RegisterError(phrase("{parent}: is not a folder", parent=path.parent), hint=_FORMS)
    return Location(
        url=URL.create("sqlite", database=str(path.absolute())), name=str(path), file=path
    )
