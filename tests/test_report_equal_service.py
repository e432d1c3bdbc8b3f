"""A report shows whether an area's municipalities are served as soon, and as much."""

import re
from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from report_people import ON
from report_run import figures_of_area, results, shuffled

from kuntactl.domain.schema import FirstContacts
from kuntactl.domain.types import Language
from kuntactl.report.equal_service import PlaceService
from kuntactl.report.html import area_report
from kuntactl.report.summary import Results


def planned() -> Results:
    """Return the small run with three first contacts: after 2 days, after 9, after 4."""
    last = date(2021, 3, 8)
    days = {"A1": date(2021, 3, 3), "A2": date(2021, 3, 10), "A3": date(2021, 3, 5)}
    rows = [(client, "lakeland", "V1", ON, day, last) for client, day in days.items()]
    schema = FirstContacts.create_empty().schema
    return replace(results(), contacts=pl.DataFrame(rows, schema=schema, orient="row"))


def by_name(found: Results) -> dict[str, PlaceService]:
    """Return how each place is served, by its name."""
    service = figures_of_area(found).service
    return {place.name.fi if place.name else "hidden": place for place in service.places}


def test_each_municipality_has_its_days_and_its_load() -> None:
    """Porvoo waits two days and Salo nine: an area that promised the same to both must see it."""
    places = by_name(planned())
    porvoo, salo = places["Porvoo"], places["Salo"]

    assert (porvoo.assigned, porvoo.unassigned, porvoo.median_days) == (1, 1, 2)
    assert (salo.assigned, salo.median_days, salo.longest_days, salo.late) == (1, 9, 9, 1)
    assert porvoo.load == salo.load == pytest.approx(1.0 / 0.8)  # both have the same coach


def test_no_municipality_is_told_of_the_protected() -> None:
    """They wait and have coaches as others, and stand in a line of their own."""
    places = by_name(planned())

    assert list(places) == ["Porvoo", "Salo", "hidden"]
    assert (places["hidden"].assigned, places["hidden"].median_days) == (1, 4)


def test_the_whole_area_is_all_of_them() -> None:
    """Nobody is lost between the municipalities."""
    service = figures_of_area(planned()).service
    whole = service.everywhere

    for name in ("assigned", "unassigned", "contacts", "late"):
        assert getattr(whole, name) == sum(getattr(place, name) for place in service.places)
    assert (whole.clients, whole.median_days, whole.longest_days) == (4, 4, 9)
    assert figures_of_area(shuffled(planned())).service == service


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.FI, ["Yhdenvertainen palvelu kunnittain", "Päiviä, mediaani", "Koko alue"]),
        (Language.SV, ["Likvärdig service i kommunerna", "Dagar, median", "Hela området"]),
        (Language.EN, ["Equal service in each municipality", "Days, median", "Whole area"]),
    ],
)
def test_the_page_has_two_pictures_and_the_table(language: Language, words: list[str]) -> None:
    """Days and load are drawn, and stand beside as figures."""
    page = area_report(figures_of_area(planned()), language=language).decode("utf-8")
    section = page.split('<section id="service"')[1].split("</section>")[0]

    assert section.count('<svg class="chart"') == 2
    assert [word for word in words if word not in section] == []
    (row,) = re.findall(r"<tr><th scope=\"row\">Sal[ou]</th>(.*?)</tr>", section)
    assert re.findall(r">([\d.,–]+)<", row)[:4] == ["1", "0", "1", "1"]


def test_without_planned_contacts_only_the_load_is_shown() -> None:
    """An area whose service model plans no first contacts has no days to compare."""
    page = area_report(figures_of_area(), language=Language.FI).decode("utf-8")
    section = page.split('<section id="service"')[1].split("</section>")[0]

    assert section.count('<svg class="chart"') == 1
    assert "mediaani" not in section.split("<table>")[1]
