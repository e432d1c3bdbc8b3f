"""A profile: another office's headers and codes mapped to ours."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import polars as pl
from pydantic import BaseModel, ConfigDict, Field, model_validator

from kuntactl.domain.hints import nearest
from kuntactl.domain.settings import read_setting
from kuntactl.errors import SettingsError
from kuntactl.ingest.columns import CLIENT_COLUMNS
from kuntactl.locale import phrase


class Profile(BaseModel):
    """How one office's export differs from ours (``data/profiles/<id>.toml``)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    source: str
    columns: Mapping[str, str] = Field(default_factory=dict)  # their header -> our column
    values: Mapping[str, Mapping[str, str]] = Field(
        default_factory=dict
    )  # our column -> their code -> ours

    @model_validator(mode="after")
    def _columns_are_ours(self) -> "Profile":
        ours = [column.name for column in CLIENT_COLUMNS]
        for name in (*self.columns.values(), *self.values):
            if name not in ours:
                raise ValueError(
                    phrase(
                        "no column `{name}`; {nearest}",
                        name=name,
                        nearest=nearest(name, known=ours, what=phrase("columns")),
                    )
                )
        return self

    def translate(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Return the rows with their codes turned into ours; other values stay."""
        return rows.with_columns(
            _translated(column, codes) for column, codes in self.values.items()
        )


def _translated(column: str, codes: Mapping[str, str]) -> pl.Expr:
    ours = pl.col(column).str.strip_chars().replace_strict(codes, default=None)
    return pl.coalesce(ours, pl.col(column)).alias(column)


def find_profile(profile_id: str | None) -> Profile | None:
    """Return the profile of that id, or none when none is asked for.

    Raises:
        SettingsError: If there is no such profile; the hint names the nearest.
    """
    if profile_id is None:
        return None
    profiles = _load_profiles()
    if profile_id not in profiles:
        raise SettingsError(
            phrase("no profile `{profile_id}`", profile_id=profile_id),
            hint=nearest(profile_id, known=list(profiles), what=phrase("profiles")),
        )
    return profiles[profile_id]


def profile_names() -> tuple[str, ...]:
    """Return the ids of the profiles, by name."""
    return tuple(_load_profiles())


@cache
def _load_profiles() -> Mapping[str, Profile]:
    folder = files("kuntactl") / "data" / "profiles"
    found = sorted(
        (path for path in folder.iterdir() if path.name.endswith(".toml")),
        key=lambda path: path.name,
    )
    return {profile.id: profile for profile in (read_setting(path, Profile) for path in found)}
