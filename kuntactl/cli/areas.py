"""The commands that show trial areas."""

from datetime import date
from typing import Annotated, Any

import typer

from kuntactl.cli.bundles import OwnFolders, bundled
from kuntactl.cli.console import days_between, print_json, print_table, written
from kuntactl.cli.offers import area_ids
from kuntactl.cli.options import AsJson, Lang, On
from kuntactl.cli.spoken import Commands
from kuntactl.domain.types import Language
from kuntactl.domain.wording import Words

_SAID = {
    "name": Words(fi="nimi", sv="namn", en="name"),
    "trial": Words(fi="kokeilu", sv="försök", en="trial"),
    "days": Words(fi="voimassa", sv="i kraft", en="days"),
    "rules": Words(fi="säännöt", sv="regler", en="rules"),
    "no rules": Words(
        fi="ei ole: alueesta ei voi ratkaista, ketkä siihen kuuluvat",
        sv="saknas: för området går det inte att avgöra vilka som hör till det",
        en="none: this area cannot be decided",
    ),
    "office code": Words(fi="toimistokoodi", sv="byråkod", en="office code"),
    "not known": Words(fi="ei tiedossa", sv="inte känt", en="not known"),
    "languages": Words(fi="kielet", sv="språk", en="languages"),
    "municipalities": Words(fi="kunnat", sv="kommuner", en="municipalities"),
    "office": Words(fi="toimipiste", sv="verksamhetsställe", en="office"),
    "team": Words(fi="tiimi", sv="team", en="team"),
    "expected": Words(fi="odotettu", sv="väntat", en="expected"),
    "the area": Words(fi="koko alue", sv="hela området", en="the area"),
    "about": Words(fi="noin", sv="cirka", en="about"),
    "just under": Words(fi="vajaat", sv="knappt", en="just under"),
    "over": Words(fi="yli", sv="över", en="over"),
    "exactly": Words(fi="tasan", sv="exakt", en="exactly"),
    "unverified": Words(fi="vahvistamatta", sv="inte bekräftat", en="unverified"),
    "source": Words(fi="lähde", sv="källa", en="source"),
}

app = Commands(name="areas", help="Trial areas, as the product knows them.")


@app.command("list")
@bundled
def list_areas(
    own: OwnFolders, on: On = None, lang: Lang = Language.FI, as_json: AsJson = False
) -> None:
    """List the trial areas; with --on only those whose trial is in force on the day.

    Example: kuntactl areas list --on 2021-03-01
    """
    from kuntactl.domain.areas import load_areas

    areas = [
        area for area in load_areas(own.areas).values() if on is None or area.trial.runs(on=on)
    ]
    if as_json:
        print_json(
            [
                {
                    "id": area.id,
                    "name": {"fi": area.name.fi, "sv": area.name.sv},
                    "trial": area.trial_id,
                    "rules": area.rules,
                    "municipalities": list(area.municipalities),
                }
                for area in areas
            ]
        )
        return
    print_table(
        ["id", *(_SAID[word].in_language(lang) for word in ("name", "trial", "municipalities"))],
        [
            [area.id, area.name.in_language(lang), area.trial_id, len(area.municipalities)]
            for area in areas
        ],
        numbers=[3],
    )


@app.command("show")
@bundled
def show_area(
    area_id: Annotated[
        str, typer.Argument(metavar="ID", help="An area's id.", autocompletion=area_ids)
    ],
    own: OwnFolders,
    on: On = None,
    lang: Lang = Language.FI,
    as_json: AsJson = False,
) -> None:
    """Show one area: municipalities, offices, expected clients, and what is not known.

    Example: kuntactl areas show salo-marttila-koski
    """
    from kuntactl.domain.areas import find_area, load_areas

    area = find_area(area_id, load_areas(own.areas))
    day = area.trial.day_within(on or date.today())
    if as_json:
        print_json(
            {
                **area.model_dump(mode="json", by_alias=True),
                "languages": list(area.languages(on=day)),
                "gaps": list(area.gaps(on=day)),
            }
        )
        return
    print_table(["", ""], list(_lines(area, on=day, language=lang)))


def _lines(area: Any, *, on: date, language: Language) -> list[list[str]]:
    from kuntactl.domain.municipalities import municipalities_of

    def said(word: str) -> str:
        return _SAID[word].in_language(language)

    names = municipalities_of(on.year)
    lines = [
        ["id", area.id],
        [said("name"), f"{area.name.fi} / {area.name.sv}"],
        [said("trial"), area.trial.name.in_language(language)],
        [said("days"), days_between(area.trial.begins, area.trial.last_day)],
        [said("rules"), area.rules or said("no rules")],
        [said("office code"), area.office_code or said("not known")],
        [said("languages"), ", ".join(area.languages(on=on))],
        [
            said("municipalities"),
            ", ".join(
                f"{code} {names[code].name.in_language(language)}" for code in area.municipalities
            ),
        ],
    ]
    lines += [[said("office"), _office(one, on=on, language=language)] for one in area.offices]
    for total in area.control_totals:
        where = ", ".join(total.municipalities) or said("the area")
        source = total.source.in_language(language)
        lines.append(
            [
                said("expected"),
                f"{said(total.relation)} {written(total.clients)} ({where}): {source}",
            ]
        )
    lines += [[said("not known"), gap] for gap in area.gaps(on=on)]
    unverified = [area.unverified, area.trial.unverified]
    lines += [[said("unverified"), what.in_language(language)] for what in unverified if what]
    return [*lines, [said("source"), area.source.in_language(language)]]


def _office(office: Any, *, on: date, language: Language) -> str:
    address = office.address(on=on)
    parts = [office.name.in_language(language)]
    if address:
        parts.append(address.street.in_language(language))
    parts.extend(
        f"{written(hours.begins)}: {hours.text.in_language(language)}"
        for hours in office.hours_from(on=on)
    )
    if office.team:
        parts.append(f"{_SAID['team'].in_language(language)} {office.team}")
    return ", ".join(parts)
