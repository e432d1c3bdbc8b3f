"""The figures of two days as lists and as a workbook."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from kuntactl.domain.areas import Area
from kuntactl.domain.municipalities import municipalities_of
from kuntactl.domain.support import labour_market_support
from kuntactl.domain.types import Language
from kuntactl.domain.wording import Words
from kuntactl.report.book import lay_on_a4, new_book
from kuntactl.report.cells import write_cell
from kuntactl.report.comparison import Compared, Line
from kuntactl.report.numbers import written_change, written_day, written_number
from kuntactl.report.outcomes import OVER_A_YEAR, UNDER_25, UNEMPLOYED_PEOPLE, Place
from kuntactl.report.service_texts import SERVICE

NOT_SHOWN = SERVICE["not_shown"]
DOTS = "…"
_PLACES: Mapping[str, Words] = {
    "total": Words(fi="Yhteensä", sv="Sammanlagt", en="Total"),
    "hidden": Words(
        fi="Kotikuntaa ei näytetä", sv="Hemkommunen visas inte", en="Municipality not shown"
    ),
}
HEADS: Mapping[str, Words] = {
    "place": Words(fi="Kunta", sv="Kommun", en="Municipality"),
    "figure": Words(fi="Luku", sv="Tal", en="Figure"),
    "before": Words(fi="Ennen", sv="Före", en="Before"),
    "after": Words(fi="Jälkeen", sv="Efter", en="After"),
    "change": Words(fi="Muutos", sv="Förändring", en="Change"),
    "change_per_cent": Words(fi="Muutos, %", sv="Förändring, %", en="Change, %"),
    "unknown_before": Words(fi="Ei tiedossa, ennen", sv="Inte känt, före", en="Not known, before"),
    "unknown_after": Words(
        fi="Ei tiedossa, jälkeen", sv="Inte känt, efter", en="Not known, after"
    ),
    "people": Words(fi="Henkilöitä", sv="Personer", en="People"),
    "where": Words(
        fi="Aiemman päivän työttömät myöhempänä päivänä",
        sv="De arbetslösa från den tidigare dagen, på den senare dagen",
        en="The unemployed of the earlier day, on the later day",
    ),
    "announced": Words(fi="Ilmoitettu", sv="Meddelat", en="Announced"),
    "source": Words(fi="Lähde", sv="Källa", en="Source"),
}
_AMOUNT = Words(
    fi="Kunnan osuus {day} on laskennallinen: täysi työmarkkinatuki {euros} €/pv, {days} päivää "
    "kuukaudessa, ilman lapsikorotuksia. Lähde: {source}.",
    sv="Kommunens andel {day} är beräknad: fullt arbetsmarknadsstöd {euros} €/dag, {days} dagar i "
    "månaden, utan barnförhöjningar. Källa: {source}.",
    en="The municipality's share on {day} is reckoned: full support of €{euros} a day, {days} "
    "days a month, without child increases. Source: {source}.",
)
_UNKNOWN = Words(
    fi="Ei voida sanoa (ennen / jälkeen): {which}.",
    sv="Kan inte sägas (före / efter): {which}.",
    en="Cannot be told (before / after): {which}.",
)
_ANNOUNCED = (UNEMPLOYED_PEOPLE, UNDER_25, OVER_A_YEAR)
_VALUES = ("before", "after", "change", "change_per_cent", "unknown_before", "unknown_after")
_SHEETS = (
    Words(fi="Luvut", sv="Tal", en="Figures"),
    Words(fi="Siirtymät", sv="Övergångar", en="Moves"),
    Words(fi="Ilmoitettu", sv="Meddelat", en="Announced"),
)


def place_in_words(place: Place, *, on: date, language: Language) -> str:
    """Return the municipality's name, or what stands for several of them."""
    if place.code is None:
        return _PLACES[place.kind].in_language(language)
    known = municipalities_of(on.year).get(place.code)  # type: ignore[call-overload]  # a code of the export
    return known.name.in_language(language) if known else place.code


def lines_list(compared: Compared, *, language: Language) -> pl.DataFrame:
    """Return one line a place and figure, as texts and numbers; not shown is ``…``."""
    return pl.DataFrame(
        [
            {
                "place": line.place.code or line.place.kind,
                "name": place_in_words(line.place, on=compared.before.on, language=language),
                "figure": line.id,
                "in_words": line.words.in_language(language),
                **{name: as_text(line, name) for name in _VALUES},
            }
            for line in compared.lines
        ]
    )


def as_text(line: Line, name: str) -> str | None:
    """Return the value with a decimal comma; ``…`` where it is not shown, none where none is."""
    value = getattr(line, name)
    if value is not None:
        return str(value).replace(".", ",")
    return DOTS if line.is_hidden(name) else None


def as_shown(line: Line, name: str, *, language: Language) -> str:
    """Return the value as the language writes it; a change has its sign."""
    value = getattr(line, name)
    if value is None:
        return DOTS if line.is_hidden(name) else "–"
    decimals = 1 if name == "change_per_cent" else line.decimals
    write = written_change if name.startswith("change") else written_number
    return write(float(value), language=language, decimals=decimals)


def notes(compared: Compared, *, language: Language) -> list[str]:
    """Return what a reader must know of the figures, a sentence each."""
    support = labour_market_support()
    said: list[str] = []
    for end in (compared.before, compared.after):
        amount = support.day_amount(on=end.on)
        said.append(
            _AMOUNT.in_language(language).format(
                day=written_day(end.on, language=language),
                euros=written_number(float(amount.euros), language=language, decimals=2),
                days=written_number(float(support.month.days), language=language, decimals=1),
                source=amount.source.in_language(language),
            )
        )
    total = [line for line in compared.lines if line.place.kind == "total"]
    unknown = [
        f"{line.words.in_language(language)} {as_shown(line, 'unknown_before', language=language)}"
        f" / {as_shown(line, 'unknown_after', language=language)}"
        for line in total
        if line.unknown_before != 0 or line.unknown_after != 0
    ]
    if unknown:
        said.append(_UNKNOWN.in_language(language).format(which="; ".join(unknown)))
    if compared.hidden:
        said.append(NOT_SHOWN.in_language(language))
    return said


def announced_tables(areas: Sequence[Area], *, language: Language) -> list[list[list[str]]]:
    """Return what sources say of each area, a table each, heads first, the source last."""
    said = {name: words.in_language(language) for name, words in HEADS.items()}
    tables = []
    announced = [(area, one) for area in areas for one in area.announced_outcomes]
    for area, one in announced:
        rows = [
            [
                f"{said['announced']}: {area.name.in_language(language)}",
                one.before.when.in_language(language),
                one.after.when.in_language(language),
                said["change"],
            ]
        ]
        for group in _ANNOUNCED:
            before, after = (getattr(end, group.id) for end in (one.before, one.after))
            rows.append(
                [
                    group.words.in_language(language),
                    written_number(before, language=language),
                    written_number(after, language=language),
                    written_change(after - before, language=language),
                ]
            )
        rows.append([f"{said['source']}: {one.source.in_language(language)}", "", "", ""])
        tables.append(rows)
    return tables


def moves_list(compared: Compared, *, language: Language) -> pl.DataFrame:
    """Return one line a standing on the later day, with the people who stand there."""
    return pl.DataFrame(
        [
            {
                "standing": name,
                "in_words": words.in_language(language),
                "people": DOTS if people is None else str(people),
            }
            for name, words, people in compared.moves
        ]
    )


def outcome_workbook(compared: Compared, areas: Sequence[Area], *, language: Language) -> bytes:
    """Return every table as xlsx, a sheet each, the same bytes for the same values."""
    out = io.BytesIO()
    book = new_book(out, on=compared.after.on)
    tables = (
        _figures(compared, language=language),
        _moves(compared, language=language),
        _announced(areas, language=language),
    )
    for title, rows in zip(_SHEETS, tables, strict=True):
        _write(book, title.in_language(language), rows)
    book.close()
    return out.getvalue()


Cell = str | float | None


def _figures(compared: Compared, *, language: Language) -> list[list[Cell]]:
    said = {name: words.in_language(language) for name, words in HEADS.items()}
    days = {
        name: written_day(end.on, language=language)
        for name, end in (("before", compared.before), ("after", compared.after))
    }
    heads = [said["place"], said["figure"], *(said[name] for name in _VALUES)]
    heads[2:4] = [f"{said[name]} {day}" for name, day in days.items()]
    rows: list[list[Cell]] = [list(heads)]
    for line in compared.lines:
        values: list[Cell] = [_number(line, name) for name in _VALUES]
        place = place_in_words(line.place, on=compared.before.on, language=language)
        rows.append([place, line.words.in_language(language), *values])
    if compared.hidden:
        rows.append([NOT_SHOWN.in_language(language)])
    return rows


def _number(line: Line, name: str) -> Cell:
    value = getattr(line, name)
    if value is None:
        return DOTS if line.is_hidden(name) else None
    return float(value)


def _moves(compared: Compared, *, language: Language) -> list[list[Cell]]:
    said = {name: words.in_language(language) for name, words in HEADS.items()}
    rows: list[list[Cell]] = [[said["where"], said["people"]]]
    for _, words, people in compared.moves:
        rows.append([words.in_language(language), DOTS if people is None else float(people)])
    return rows


def _announced(areas: Sequence[Area], *, language: Language) -> list[list[Cell]]:
    said = {name: words.in_language(language) for name, words in HEADS.items()}
    rows: list[list[Cell]] = [[said["announced"], said["figure"], said["people"], said["source"]]]
    rows += [
        [
            f"{area.name.in_language(language)}, {figures.when.in_language(language)}",
            group.words.in_language(language),
            float(getattr(figures, group.id)),
            one.source.in_language(language),
        ]
        for area in areas
        for one in area.announced_outcomes
        for figures in (one.before, one.after)
        for group in _ANNOUNCED
    ]
    return rows


def _write(book: Any, title: str, rows: Sequence[Sequence[Cell]]) -> None:
    sheet = book.add_worksheet(title)
    heading = book.add_format({"bold": True, "bg_color": "#0B3D5C", "font_color": "#FFFFFF"})
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            style = heading if row == 0 else None
            write_cell(sheet, (row, column), cell, style)
    for column in range(len(rows[0])):
        texts = [str(cells[column]) for cells in rows if column < len(cells)]
        sheet.set_column(column, column, min(max(map(len, texts)) + 2, 60))
    sheet.freeze_panes(1, 0)
    lay_on_a4(sheet, pages_wide=1)
