"""What every shape has, and the small ones that several commands print."""

from datetime import date

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """A JSON object: these keys and no other; what is not always there says so by a default."""

    model_config = ConfigDict(
        extra="forbid",
        use_attribute_docstrings=True,
        alias_generator=lambda name: name.removesuffix("_"),  # of keys that Python has taken
    )


class InLanguages(Shape):
    """A text in Finnish, Swedish, English."""

    fi: str
    sv: str
    en: str


class Name(Shape):
    """A name in Finnish, Swedish."""

    fi: str
    sv: str


class File(Shape):
    """A file that was written, or would be in a dry run."""

    file: str
    """Its path, as it was given."""
    bytes: int | None
    """Its size; null: not known in a dry run."""


class Input(Shape):
    """An export, and how it was read."""

    name: str
    sha256: str
    format: str
    """csv, parquet or xlsx."""
    encoding: str | None
    """Null: not a text file."""
    delimiter: str | None
    sheet: str | None
    """Null: not a workbook."""
    header_row: int
    """As a spreadsheet counts, from 1."""
    rows: int
    ignored_columns: list[str]
    """Columns that nobody reads."""


class KnownInput(Shape):
    """An export by its content."""

    name: str
    sha256: str


class RowsRead(Shape):
    """read = rejected + accepted."""

    read: int
    rejected: int
    accepted: int


class RowsDecided(RowsRead):
    """accepted = outside + not_eligible + review + eligible."""

    outside: int
    not_eligible: int
    review: int
    eligible: int


class RulesInForce(Shape):
    """A version of a rule set, and which areas it decided for."""

    id: str
    from_: date
    to: date | None
    """Null: no end is known."""
    areas: list[str]
    sha256: str
    """Of the rule file."""
