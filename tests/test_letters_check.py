"""A template is tried before anybody is written to, and what is wrong is named."""

import json
import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from conftest import REPOSITORY, RunCli
from PIL import Image

from kuntactl.domain.areas import load_areas
from kuntactl.domain.types import AreaId, EnvelopeSize
from kuntactl.letters.check import faults_of_names, try_template
from kuntactl.letters.compose import Composer, template_folders
from kuntactl.letters.fields import PLACEHOLDERS
from kuntactl.letters.finding import FAULTS, Finding
from kuntactl.letters.letter import Letter
from kuntactl.letters.parity import days_in, phones_in
from kuntactl.letters.press import Press
from kuntactl.letters.preview import Sample, sample_letter
from kuntactl.letters.window import ENVELOPES

HEAD = '{%- set page.title = "Oma" -%}\n'


def findings(kuntactl: RunCli, folder: Path, text: str, *words: object) -> list[dict[str, Any]]:
    """Return what is found in a Finnish transfer letter of the user's own."""
    (folder / "transfer.fi.html").write_text(HEAD + text, encoding="utf-8")
    ended = kuntactl(
        "letters", "check", "transfer.fi.html", "--templates", folder, "--json", *words
    )
    found: list[dict[str, Any]] = json.loads(ended.out)["findings"]
    assert ended.code == (13 if found else 0)
    return found


@pytest.fixture(scope="module")
def samples() -> dict[str, list[Letter]]:
    """Return one made-up letter; the command takes them of every area, office and team."""
    area = load_areas()[AreaId("porvoo")]
    return {"": [sample_letter(area, Sample(), on=area.trial.begins)]}


def faults_of(folder: Path, text: str, samples: dict[str, list[Letter]]) -> Sequence[Finding]:
    """Return what the function below the command finds in a letter of the user's own."""
    (folder / "transfer.fi.html").write_text(HEAD + text, encoding="utf-8")
    envelopes = [ENVELOPES[EnvelopeSize.C5]]
    return try_template(
        "transfer.fi.html", samples, press=Press(folder), envelopes=envelopes
    ).findings


def test_our_own_templates_have_no_fault(kuntactl: RunCli) -> None:
    """With every value at its widest, and with nothing known, all stays in its place."""
    ended = kuntactl("letters", "check")

    assert ended.code == 0, ended.out
    assert ended.out.startswith("nothing is wrong with base.html, ")
    assert "transfer.sv.html" in ended.out


def box(style: str, text: str) -> str:
    """Return a box that stands where the style says, counted from the margin of 20 mm."""
    return f'<div class="odd" style="position: absolute; {style}">{text}</div>'


# template, code, element, page, mm, why this row is here
ON_PAPER = [
    pytest.param(
        box("top: 30mm; left: 80mm; width: 40mm", "Logo"),
        "in_the_window",
        "div.odd",
        {"left": 100.0, "top": 50.0},
        id="beside the address, where the window may show it",
    ),
    pytest.param(
        box("top: 150mm; left: 172mm; white-space: nowrap", "Reunan yli"),
        "not_printable",
        "div.odd",
        {"left": 192.0, "top": 170.0},
        id="beyond the right edge",
    ),
    pytest.param(
        box("top: 250mm; left: 0; height: 10mm; border: 1px solid black", ""),
        "not_printable",
        "div.odd",
        {"left": 20.0, "top": 270.0},
        id="a frame that is cut below",
    ),
    pytest.param(
        '<p class="field" data-field="coach_name" style="width: 40mm; white-space: nowrap">'
        "{{ f.coach_name }}</p>",
        "too_wide",
        "p.field (coach_name)",
        {"left": 43.0},
        id="a name that does not break",
    ),
    pytest.param(
        '<p style="width: 30mm; height: 5mm; overflow: hidden">{{ f.coach_name }}</p>',
        "too_wide",
        "p",
        {"left": 43.0},
        id="a name that is cut",
    ),
    pytest.param(
        box("top: 150mm; left: 30mm", "Alla") + box("top: 151mm; left: 31mm", "Päällä"),
        "overprinted",
        "div.odd",
        {"left": 51.0, "top": 171.0},
        id="one text on another",
    ),
]


@pytest.mark.parametrize(("template", "code", "element", "mm"), ON_PAPER)
def test_what_is_out_of_place_is_found_with_its_millimetres(
    samples: dict[str, list[Letter]],
    tmp_path: Path,
    template: str,
    code: str,
    element: str,
    mm: dict[str, float],
) -> None:
    """Whoever mends it must know which box, and where it stands on the sheet."""
    found = faults_of(tmp_path, f"<h1>Oma</h1><p>Hei!</p>{template}", samples)

    (fault, *_) = [one for one in found if (one.code, one.element) == (code, element)]
    assert fault.page == 1
    assert {edge: getattr(fault.place, edge) for edge in mm} == pytest.approx(mm, abs=0.3)


def test_a_field_that_does_not_come_on_paper_is_found(
    samples: dict[str, list[Letter]], tmp_path: Path
) -> None:
    """A telephone number that is hidden is one that the client does not get."""
    found = faults_of(tmp_path, '<p style="display: none">{{ f.coach_phone }}</p>', samples)

    assert "f.coach_phone" in [one.element for one in found if one.code == "not_printed"]


# template, code, element, what it says, why this row is here
IN_THE_FILE = [
    pytest.param(
        "\n{{ c.shoe if false }}", "undeclared_name", 3, "c.shoe", id="in a branch never taken"
    ),
    pytest.param("{{ f['hat'] if false }}", "undeclared_name", 2, "f.hat", id="in brackets"),
    pytest.param(
        "{% if false %}{{ c.office.fax }}{% endif %}",
        "undeclared_name",
        2,
        "c.office.fax",
        id="of a record of ours",
    ),
    pytest.param(
        "{% for hours in c.office.hours if false %}{{ hours.until }}{% endfor %}",
        "undeclared_name",
        2,
        "hours.until",
        id="of a record in a list",
    ),
    pytest.param("{{ client if false }}", "undeclared_name", 2, "client", id="from nowhere"),
    pytest.param("\n\n{% if %}", "wrong_syntax", 4, "expression", id="half a sentence of Jinja"),
    pytest.param("{{ c.day|dayz }}", "wrong_syntax", 2, "dayz", id="a filter there is not"),
]


@pytest.mark.parametrize(("template", "code", "line", "says"), IN_THE_FILE)
def test_names_and_syntax_are_found_with_their_line(
    tmp_path: Path, template: str, code: str, line: int, says: str
) -> None:
    """A name that is used for one client in a thousand must not stop the thousandth letter."""
    (tmp_path / "transfer.fi.html").write_text(HEAD + template, encoding="utf-8")
    composer = Composer(template_folders(tmp_path))

    (fault,) = faults_of_names("transfer.fi.html", composer)

    assert (fault.code, fault.element) == (code, f"transfer.fi.html: line {line}")
    assert says in fault.detail


def test_a_name_in_an_included_file_is_found_there(tmp_path: Path) -> None:
    """What several letters share stands in a file of its own."""
    (tmp_path / "_end.html").write_text("<p>Terveisin\n{{ c.boss if false }}</p>")
    (tmp_path / "transfer.fi.html").write_text("{% include '_end.html' %}")

    (fault,) = faults_of_names("transfer.fi.html", Composer(template_folders(tmp_path)))

    assert (fault.code, fault.element) == ("undeclared_name", "_end.html: line 2")


def test_a_name_with_a_word_in_its_stead_is_no_fault(tmp_path: Path) -> None:
    """Shared pieces of text take words from the letter that includes them, or their own."""
    (tmp_path / "transfer.fi.html").write_text(
        "{{ who|default('me') }}{% if who is defined %}x{% endif %}"
        "{% set when = 1 %}{% with how = 2 %}{{ when }}{{ how }}{% endwith %}"
    )

    assert [*faults_of_names("transfer.fi.html", Composer(template_folders(tmp_path)))] == []


def test_a_fault_in_the_file_is_in_the_list(kuntactl: RunCli, tmp_path: Path) -> None:
    """The list has what is wrong in the file as well as on paper."""
    found = findings(kuntactl, tmp_path, "{{ c.shoe if false }}")

    assert "transfer.fi.html: line 2" in [one["element"] for one in found]


def test_what_cannot_be_set_is_told(samples: dict[str, list[Letter]], tmp_path: Path) -> None:
    """A picture that is not there would stop the batch; here it is one line of a list."""
    found = faults_of(tmp_path, '<img src="logo.png" alt="">', samples)

    assert {one.code for one in found if "logo.png" in one.detail} == {"cannot_be_set"}


def test_long_sentences_are_found(samples: dict[str, list[Letter]], tmp_path: Path) -> None:
    """Who reads slowly must reach the full stop."""
    found = faults_of(tmp_path, f"<p>Siirto {'tapahtuu ' * 30}nyt.</p>", samples)

    assert {one.detail for one in found if one.code == "long_sentences"} == {"32"}


def test_language_versions_must_say_the_same(kuntactl: RunCli, tmp_path: Path) -> None:
    """Who reads the Swedish letter must get the same day and number as the Finnish neighbour."""
    found = findings(kuntactl, tmp_path, "<p>Siirto 2.3.2021, soita 040 123 4567.</p>")

    lacking = [(one["code"], one["what"]) for one in found if one["code"].endswith("_lacking")]
    assert any(code == "field_lacking" and "f.grounds " in what for code, what in lacking)
    assert any(code == "day_lacking" and "2021-03-01" in what for code, what in lacking)
    assert any(code == "phone_lacking" and "0400000000" in what for code, what in lacking)


def test_a_version_is_blamed_for_what_only_another_says(kuntactl: RunCli, tmp_path: Path) -> None:
    """The Swedish letter lacks what only the Finnish one says, although it was not changed."""
    (tmp_path / "transfer.fi.html").write_text(
        HEAD + "<p>Soita 2.4.2022 mennessä: 040 123 4567.</p>", encoding="utf-8"
    )

    ended = kuntactl(
        "letters", "check", "transfer.sv.html", "--templates", tmp_path, "--lang", "sv"
    )

    assert ended.code == 13
    assert "Telefonnumret 0401234567 saknas" in ended.out
    assert "Dagen 2022-04-02 saknas" in ended.out


@pytest.mark.parametrize(
    ("text", "days", "phones"),
    [
        pytest.param("1.3.2021", {"2021-03-01"}, set(), id="as the letters write it"),
        pytest.param("1 March 2021, 2 mars 2021", {"2021-03-01", "2021-03-02"}, set(), id="words"),
        pytest.param("1. maaliskuuta 2021", {"2021-03-01"}, set(), id="Finnish words"),
        pytest.param("2021-03-01", {"2021-03-01"}, set(), id="ISO"),
        pytest.param("31.2.2021 tai 12 omena 2021", set(), set(), id="no such day"),
        pytest.param("+358 40 123 4567", set(), {"0401234567"}, id="with the country's number"),
        pytest.param("040-123 4567 (ark.)", set(), {"0401234567"}, id="with a hyphen"),
        pytest.param("klo 10–15, 1269/2020, 00100", set(), set(), id="no telephone"),
    ],
)
def test_days_and_numbers_are_read_as_people_write_them(
    text: str, days: set[str], phones: set[str]
) -> None:
    """The same day in other words is the same day."""
    assert days_in(text) == days
    assert phones_in(text) == phones


def test_each_envelope_has_its_own_window(kuntactl: RunCli) -> None:
    """An address of five lines suits C5 and E5; who folds in three must know."""
    every = [word for size in EnvelopeSize for word in ("--envelope", size)]

    ended = kuntactl("letters", "check", "coach.fi.html", "--json", "--lang", "en", *every)

    (fault,) = json.loads(ended.out)["findings"]
    assert (ended.code, fault["code"]) == (13, "address_hidden")
    assert "C65, E65" in fault["what"]
    assert not re.search(r"\b[CE]5\b", fault["what"])


def test_windows_are_those_of_the_standard() -> None:
    """The sheet slides by what the envelope has over the folded sheet: zones follow from it."""
    assert set(ENVELOPES) == set(EnvelopeSize)
    for envelope in ENVELOPES.values():
        slide = envelope.height - 297 / (envelope.folds + 1)
        assert envelope.source
        assert envelope.quiet.bottom - 75 == pytest.approx(0, abs=5.1)
        assert envelope.quiet.top == pytest.approx(40 - slide, abs=0.51)
        assert envelope.quiet.holds(envelope.address)


def test_the_picture_shows_what_offends_in_red(kuntactl: RunCli, tmp_path: Path) -> None:
    """Seen is understood: the box in red, the window in blue, the printable area dashed."""
    out = tmp_path / "page.png"
    fault = box("top: 30mm; left: 80mm; width: 20mm; height: 10mm; background: white", "&#160;")

    findings(kuntactl, tmp_path, fault, "--picture", out)

    with Image.open(BytesIO(out.read_bytes())) as page:
        pixels_a_mm = page.width / 210
        in_fault = page.getpixel((int(105 * pixels_a_mm), int(55 * pixels_a_mm)))
        in_window = page.getpixel((int(60 * pixels_a_mm), int(30 * pixels_a_mm)))
        outside = page.getpixel((int(150 * pixels_a_mm), int(150 * pixels_a_mm)))
    assert isinstance(in_fault, tuple)
    assert isinstance(in_window, tuple)
    assert in_fault[0] > in_fault[2] + 20  # red
    assert in_window[2] > in_window[0] + 20  # blue
    assert outside == (255, 255, 255)


def test_an_unknown_template_is_named(kuntactl: RunCli) -> None:
    """A typing error must not pass for a template without fault."""
    ended = kuntactl("letters", "check", "transfr.fi.html")

    assert ended.code == 11
    assert ended.err.startswith("error: no letter template `transfr.fi.html`\nhint: templates")


def test_every_fault_has_words_in_each_language() -> None:
    """A finding without a cure leaves its reader alone."""
    for fault in FAULTS.values():
        for words in (fault.what, fault.cure):
            assert all(text.strip() for text in (words.fi, words.sv, words.en))


def test_the_document_lists_every_name_of_a_template() -> None:
    """People write templates from the list, not from our code."""
    text = (REPOSITORY / "docs/letters.md").read_text("utf-8")
    listed = [line for line in text.splitlines() if line.startswith(("| `c.", "| `f."))]

    assert listed == [f"| `{name.name}` | {name.says} |" for name in PLACEHOLDERS]


def test_a_template_that_cannot_be_stamped_is_told_of(kuntactl: RunCli, tmp_path: Path) -> None:
    """Its letters come out right, only slower: advice, no fault."""
    ours = (REPOSITORY / "templates/letters/coach.fi.html").read_text("utf-8")
    (tmp_path / "coach.fi.html").write_text(
        ours + '<p>Kysy valmentajaltasi, joka on <span class="field" data-field="coach_name">'
        "{{ f.coach_name }}</span>, jos jokin jää epäselväksi.</p>",
        encoding="utf-8",
    )

    ended = kuntactl("letters", "check", "coach.fi.html", "--templates", tmp_path, "--json")

    found = json.loads(ended.out)["findings"]
    assert {one["code"] for one in found} == {"not_stamped"}
    assert ended.code == 0
