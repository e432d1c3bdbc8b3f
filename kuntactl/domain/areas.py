"""A trial area: its municipalities, offices, teams and expected number of clients, dated."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kuntactl.domain.announced import AnnouncedOutcome, ControlTotal
from kuntactl.domain.hints import nearest
from kuntactl.domain.light_lane import LightLane
from kuntactl.domain.municipalities import municipalities_of
from kuntactl.domain.protected_letters import ProtectedLetters
from kuntactl.domain.settings import Remark, built_in, own_files, read_setting
from kuntactl.domain.trials import Trial, load_trials
from kuntactl.domain.types import AreaId, MunicipalityCode, OfficeId, RulesId, Team, TrialId
from kuntactl.domain.wording import Name, Words
from kuntactl.errors import SettingsError
from kuntactl.locale import phrase


class _Facts(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class OpeningHours(_Facts):
    """When an office is open, from a day to a day."""

    begins: Annotated[date, Field(alias="from")]
    ends: Annotated[date | None, Field(alias="to")] = None
    text: Words  # "klo 10–15": the time of day only, or days and times
    source: str


class OfficeAddress(_Facts):
    """Where an office is from a day on; parts that are not known are left out."""

    begins: Annotated[date, Field(alias="from")]
    street: Name
    postal_code: str | None = None
    post_office: Name | None = None
    source: str


class Office(_Facts):
    """A place that serves clients."""

    id: OfficeId
    name: Name
    municipalities: tuple[MunicipalityCode, ...] = ()  # empty: the whole area
    team: Team | None = None  # serves only the clients of this team
    addresses: tuple[OfficeAddress, ...] = ()  # by day
    phone: str | None = None
    email: str | None = None
    web: str | None = None
    hours: tuple[OpeningHours, ...] = ()
    source: str

    def address(self, *, on: date) -> OfficeAddress | None:
        """Return the address in force on the day, or none."""
        in_force = [address for address in self.addresses if address.begins <= on]
        return in_force[-1] if in_force else None

    def hours_from(self, *, on: date) -> tuple[OpeningHours, ...]:
        """Return the opening hours in force on the day and those announced after it, by day."""
        return tuple(hours for hours in self.hours if hours.ends is None or hours.ends >= on)


class Area(_Facts):
    """One trial area (``data/areas/<id>.toml``)."""

    id: AreaId
    trial_id: Annotated[TrialId, Field(alias="trial")]
    name: Name
    rules: RulesId | None = None  # the rule set used unless another is chosen
    office_code: str | None = None  # of the trial in the TE register; none: not known
    te_office: Name | None = None  # the TE office the clients come from
    municipalities: Annotated[tuple[MunicipalityCode, ...], Field(min_length=1)]
    operator: Name | None = None  # the town that answers for the area's services
    web: str | None = None
    privacy: str | None = None  # page that says how personal data are handled
    move_back: Words | None = None  # where to ask to be moved back
    protected: ProtectedLetters | None = None  # none: nobody is named
    offices: tuple[Office, ...] = ()
    control_totals: tuple[ControlTotal, ...] = ()
    announced_outcomes: tuple[AnnouncedOutcome, ...] = ()
    light_lane: LightLane | None = None  # none: every client is to have a coach
    staff: str | None = None  # what is known of the number of staff, with its source
    unverified: Remark | None = None  # what no source confirms
    source: Remark

    @model_validator(mode="after")
    def _offices_serve_own_municipalities(self) -> "Area":
        for office in self.offices:
            strangers = set(office.municipalities) - set(self.municipalities)
            if strangers:
                raise ValueError(
                    phrase(
                        "office `{id}` serves {strangers}, not a municipality of the area",
                        id=office.id,
                        strangers=", ".join(sorted(strangers)),
                    )
                )
        return self

    @property
    def trial(self) -> Trial:
        """The trial that the area belongs to."""
        return load_trials()[self.trial_id]

    def languages(self, *, on: date) -> tuple[str, ...]:
        """Return the official languages of its municipalities, those of the first one first."""
        known = municipalities_of(on.year)
        of_each = (known[code].languages for code in self.municipalities)
        return tuple(dict.fromkeys(language for languages in of_each for language in languages))

    def office_for(self, municipality: MunicipalityCode | None, *, team: Team) -> Office | None:
        """Return the office that serves a client, or none when the file knows none.

        An office of the client's team comes before one for everybody; among them one that
        names the municipality comes before one for the whole area, then the file's order.
        """
        serving = [
            office
            for office in self.offices
            if office.team in {None, team}
            and (not office.municipalities or municipality in office.municipalities)
        ]
        return min(
            serving,
            key=lambda office: (office.team is None, not office.municipalities),
            default=None,
        )

    def gaps(self, *, on: date) -> tuple[str, ...]:
        """Return what a letter would like to say and the file does not know, as keys.

        Keys read ``privacy``, ``web``, ``offices.voimala.phone``; in the file's order.
        """
        of_area = [
            key
            for key, fact in (
                ("office_code", self.office_code),
                ("te_office", self.te_office),
                ("web", self.web),
                ("privacy", self.privacy),
                ("move_back", self.move_back if self._may_ask_to_move_back(on=on) else "not yet"),
                ("offices", self.offices),
            )
            if not fact
        ]
        of_offices = [
            f"offices.{office.id}.{key}"
            for office in self.offices
            for key, fact in (
                ("address", office.address(on=on)),
                ("phone", office.phone),
                ("hours", office.hours_from(on=on)),
            )
            if not fact
        ]
        return (*of_area, *of_offices)

    def _may_ask_to_move_back(self, *, on: date) -> bool:
        first = self.trial.request_to_move_back_from
        return first is not None and first <= on


class _AreaOfList(_Facts):
    id: AreaId
    name: Name
    municipalities: tuple[MunicipalityCode, ...]


class _AreaList(_Facts):
    """Areas of which only names and municipalities are known (``data/area_lists``)."""

    id: str
    trial: TrialId
    rules: RulesId
    source: Remark
    areas: tuple[_AreaOfList, ...]

    def each(self) -> Iterator[Area]:
        """Yield the areas, each with the facts that they share."""
        shared = self.model_dump(include={"trial", "rules", "source"})
        for area in self.areas:
            yield Area.model_validate(shared | area.model_dump())


def load_areas(own: Path | None = None) -> Mapping[AreaId, Area]:
    """Return every area by id, in order of id.

    Args:
        own: A folder of the user's own area files; one of a built-in id replaces that area.

    Raises:
        SettingsError: If an area file is wrong, names a trial or a municipality that is not
            there, or a municipality that another area of the trial has.
    """
    if own is None:
        return _built_in_areas()
    added = [read_setting(path, Area) for path in own_files(own, option="--areas")]
    areas = {**_built_in_areas(), **{area.id: area for area in added}}
    for area in added:
        _check(area, areas.values())
    return dict(sorted(areas.items()))


@cache
def _built_in_areas() -> Mapping[AreaId, Area]:
    listed = [read_setting(path, _AreaList) for path in built_in("area_lists")]
    areas = {area.id: area for one in listed for area in one.each()}
    areas |= {area.id: area for area in (read_setting(path, Area) for path in built_in("areas"))}
    for area in areas.values():
        _check_trial(area)
    return dict(sorted(areas.items()))


def _check_trial(area: Area) -> None:
    if area.trial_id not in load_trials():
        raise SettingsError(
            phrase(
                "{id}.toml: `trial`: no trial `{trial_id}`", id=area.id, trial_id=area.trial_id
            ),
            hint=phrase("trials: {trials}", trials=list(load_trials())),
        )


_TAKEN = "public"  # the folder of the reports that everybody may read


def _check(area: Area, all_areas: Iterable[Area]) -> None:
    """Check an area against the trials, the municipalities and the other areas."""
    if area.id == _TAKEN or area.id.startswith("."):
        raise SettingsError(
            phrase("{id}.toml: `id`: this name is not for an area", id=area.id),
            hint=phrase("it names a folder: take another one, such as the town's own"),
        )
    _check_trial(area)
    known = municipalities_of(area.trial.begins.year)
    for code in area.municipalities:
        if code not in known:
            raise SettingsError(
                phrase(
                    "{id}.toml: `municipalities`: no municipality `{code}` in {year}",
                    id=area.id,
                    code=code,
                    year=str(area.trial.begins.year),
                ),
                hint=phrase('codes are three digits, as "638" for Porvoo'),
            )
    for other in all_areas:
        shared = sorted(set(area.municipalities) & set(other.municipalities))
        if other.id != area.id and other.trial_id == area.trial_id and shared:
            raise SettingsError(
                phrase(
                    "{id}.toml: `municipalities`: {shared} belongs to area `{id_2}`",
                    id=area.id,
                    shared=", ".join(shared),
                    id_2=other.id,
                ),
                hint=phrase("a file {id}.toml in the same folder replaces that area", id=other.id),
            )


def find_area(area_id: str, areas: Mapping[AreaId, Area]) -> Area:
    """Return the area of that id.

    Raises:
        SettingsError: If there is none; the hint suggests the nearest id.
    """
    area = areas.get(AreaId(area_id))
    if area is None:
        raise SettingsError(
            phrase("no area `{area_id}`", area_id=area_id),
            hint=nearest(
                area_id, known=list(areas), what=phrase("areas"), listed="kuntactl areas list"
            ),
        )
    return area
