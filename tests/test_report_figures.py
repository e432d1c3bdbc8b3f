"""The figures of a report are the run's own, and they add up."""

from dataclasses import replace

from report_people import client, clients, decision, decisions
from report_run import figures_of_area, figures_of_run, results, shuffled

from kuntactl.domain.types import Language
from kuntactl.report.figures import LetterCounts, Rows
from kuntactl.report.sections import control_in_words, main_languages
from kuntactl.report.shown import in_words


def test_rows_add_up() -> None:
    """A row that is lost would be a client who is lost."""
    area, run = figures_of_area().rows, figures_of_run().rows

    assert area == Rows(
        read=15, rejected=3, accepted=12, outside=4, not_eligible=3, review=1, eligible=4
    )
    assert run == Rows(
        read=15, rejected=3, accepted=12, outside=3, not_eligible=3, review=2, eligible=4
    )
    for rows in (area, run):
        assert rows.read == rows.rejected + rows.accepted
        assert rows.accepted == rows.outside + rows.not_eligible + rows.review + rows.eligible


def test_grounds_are_counted_alone_and_together() -> None:
    """Whoever would drop a ground wants to know how many would then fall out."""
    figures = figures_of_area()

    assert [(one.code, one.count, one.alone) for one in figures.grounds] == [
        ("no_earnings_related_right", 2, 1),
        ("under_30", 1, 1),
        ("foreign_language", 1, 0),
    ]
    assert sum(one.count for one in figures.combinations) == figures.rows.eligible
    assert sorted(in_words(one.words, language=Language.EN) for one in figures.combinations) == [
        "a person's answer",
        "no right to earnings-related allowance",
        (
            "no right to earnings-related allowance"
            " + mother tongue other than Finnish, Swedish or Sámi"
        ),
        "under 30 years old",
    ]


def test_each_who_does_not_belong_has_one_reason() -> None:
    """A failed condition says more than grounds that failed as well."""
    reasons = figures_of_area().reasons

    assert sum(one.count for one in reasons) == 3
    assert sorted(in_words(one.words, language=Language.FI) for one in reasons) == [
        "käsittelijän vastaus",
        "työnhaku ei ole voimassa",
        "yksikään peruste ei täyty",
    ]


def test_missing_facts_stand_in_the_order_of_the_rules() -> None:
    """The list says what to ask the clients first."""
    assert [(one.code, one.count) for one in figures_of_area().missing] == [
        ("no_earnings_related_right", 1),
        ("foreign_language", 1),
    ]
    assert figures_of_run().review_without_area == 1


def test_protected_clients_are_in_the_sums_but_in_no_municipality() -> None:
    """Where they live is not to be read from a report, nor worked out from it."""
    figures = figures_of_area()
    places = [
        (place.code, place.eligible, place.review, place.not_eligible)
        for place in figures.municipalities
    ]
    whole, part = figures.controls

    assert places == [("638", 2, 1, 2), ("734", 1, 0, 0), (None, 1, 0, 1)]
    assert sum(place.total for place in figures.municipalities) == 8
    assert (whole.found, whole.leaves_out_protected) == (4, False)
    assert (part.found, part.leaves_out_protected) == (1, True)


def test_area_without_protected_clients_has_no_line_for_them() -> None:
    """A line that says 0 would raise a question."""
    found = replace(
        results(),
        clients=clients(client("A1")),
        decisions=decisions(decision("A1", "eligible")),
    )

    assert [place.code for place in figures_of_area(found).municipalities] == ["638", "734"]


def test_ages_are_those_of_the_day() -> None:
    """A person of 19 years and 364 days is under 20; empty groups are shown."""
    ages = figures_of_area().ages

    assert [(one.words.en, one.count) for one in ages] == [
        ("under 20", 1),
        ("20–24", 0),
        ("25–29", 0),
        ("30–39", 3),
        ("40–49", 0),
        ("50–59", 0),
        ("60 or over", 0),
    ]


def test_languages_are_in_words() -> None:
    """The most frequent comes first, then by code."""
    assert [(one.words.fi, one.count) for one in figures_of_area().languages] == [
        ("suomi", 2),
        ("venäjä", 1),
        ("ruotsi", 1),
    ]


def test_many_languages_end_in_one_line() -> None:
    """A chart with forty languages of one speaker each tells nothing."""
    tongues = ["fi", "sv", "ru", "et", "ar", "so", "ku", "en", "vi", "th", "xx"]
    people = [client(f"A{place}", mother_tongue=one) for place, one in enumerate(tongues)]
    found = replace(
        results(),
        clients=clients(*people),
        decisions=decisions(*(decision(one["client_id"], "eligible") for one in people)),
    )
    languages = figures_of_area(found).languages
    shown = main_languages(languages)

    assert len(shown) == 9
    assert sum(one.count for one in shown) == sum(one.count for one in languages) == 11
    assert [one.words.fi for one in languages if one.code == "xx"] == ["xx"]


def test_letters_due_are_the_sum_of_the_others() -> None:
    """Each member's letter is somewhere, once."""
    assert figures_of_area().letters == LetterCounts(
        due=4, written=1, already_sent=1, protected=1, undeliverable=1
    )
    assert figures_of_run().letters.due == 4


def test_a_letter_to_somebody_who_left_is_one_more_letter() -> None:
    """It once was taken off the letters sent earlier, which could fall below nought."""
    found = results()
    gone = found.members.filter(found.members["client_id"] != "A3")

    letters = figures_of_area(replace(found, members=gone)).letters

    assert letters == LetterCounts(due=4, written=1, already_sent=1, protected=1, undeliverable=1)


def test_rejected_rows_are_counted_once_a_problem() -> None:
    """Two bad dates in one row are one row to mend."""
    assert [(one.code, one.count) for one in figures_of_run().rejections] == [
        ("date_invalid", 2),
        ("flag_invalid", 1),
        ("row_ragged", 1),
    ]


def test_outside_is_told_apart_without_naming_protected_places() -> None:
    """Somebody abroad and somebody in the next town are two different questions."""
    assert {one.code: one.count for one in figures_of_run().outside} == {
        "elsewhere": 1,
        "abroad": 1,
        "protected": 1,
    }


def test_loads_are_per_share_of_full_time() -> None:
    """Equal loads mean equal for the time that a coach has."""
    staffing = figures_of_area().staffing

    assert [(one.id, one.clients, one.weight, one.per_share) for one in staffing.loads] == [
        ("V1", 2, 1.0, 1.25),
        ("V2", 1, 0.5, 0.5),
    ]
    assert (staffing.assigned, staffing.unassigned) == (3, 1)
    assert abs(staffing.mean_per_share - 1.5 / 1.8) < 1e-12


def test_control_total_is_said_in_words() -> None:
    """A reader compares the run with what the news said."""
    control = figures_of_area().controls[0]

    assert [control_in_words(control, language=language) for language in Language] == [
        "odotettiin noin 2\u00a0600, löytyi 4",
        "ungefär 2\u00a0600 väntades, 4 hittades",
        "expected about 2,600, found 4",
    ]


def test_order_of_rows_never_matters() -> None:
    """An export sorted in another way is the same export."""
    assert figures_of_run(shuffled(results())) == figures_of_run()
