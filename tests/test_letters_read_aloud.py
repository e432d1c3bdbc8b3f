"""A screen reader reads a letter as it is written, the address first."""

from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pikepdf
import pytest
from client_frames import client
from engines import printed
from letter_cases import CASES, letter_of
from letters_due import only_letter
from read_aloud import faults_of, read_aloud, tags_of, written_in

from kuntactl.letters.compose import Composer, template_folders
from kuntactl.letters.letter import Letter
from kuntactl.letters.master import html_of
from kuntactl.letters.printing import Engine

NAMES = [
    *("transfer.fi+en.porvoo", "transfer.sv.pori-2017", "return.sv+en.at-request-raasepori"),
    *("move.fi+en.to-area-salo-to-porvoo", "coach.sv.new-coach-salo"),
]


@pytest.fixture(scope="module")
def letters() -> list[Letter]:
    """A letter of each kind, and of each combination of languages."""
    return [letter_of(case) for name in NAMES for case in CASES if case.name == name]


@pytest.mark.parametrize("engine", list(Engine))
def test_all_is_read_in_the_order_of_the_html(letters: list[Letter], engine: Engine) -> None:
    """No line is left out, read twice or read before its turn: the address is the first."""
    shard = printed(letters, engine=engine)
    composer = Composer(template_folders(None))
    written = [
        written_in(html_of(letter.choices, letter.fields, composer=composer)) for letter in letters
    ]

    assert len(letters) == len(NAMES)
    assert [read_aloud(made.pdf) for made in shard.letters] == written
    assert read_aloud(shard.print_run or b"") == "".join(written)
    for letter, heard in zip(letters, written, strict=True):
        assert heard.startswith("".join("".join(letter.fields[0].recipient).split()))
    for made in shard.letters:
        assert faults_of(made.pdf) == []
    assert faults_of(shard.print_run or b"") == []


TABLE = """{% set page.title = "Oma" %}<h1>Oma</h1>
<table style="table-layout: fixed; width: 100mm">
<tr><th>Asia</th><th scope="col">Tieto</th></tr>
<tr><th scope="row">Valmentaja</th><td>{{ f.coach_name }}</td></tr>
<tr><th scope="rowgroup">Puhelin</th><td>{{ f.coach_phone }}</td></tr>
</table>"""


@pytest.mark.parametrize("engine", list(Engine))
def test_headers_of_a_table_say_what_they_head(engine: Engine, tmp_path: Path) -> None:
    """Without it nobody who cannot see the table knows whose telephone number is read."""
    (tmp_path / "transfer.fi.html").write_text(TABLE, encoding="utf-8")
    letter = only_letter(client(), templates=tmp_path)

    shard = printed([letter] * 2, templates=tmp_path, engine=engine)

    assert [made.stamped for made in shard.letters] == [engine is Engine.STAMP] * 2
    for content, times in ((shard.letters[0].pdf, 1), (shard.print_run or b"", 2)):
        assert faults_of(content) == []
        with pikepdf.open(BytesIO(content)) as pdf:
            headers = [tag for tag in tags_of(pdf) if tag.S == "/TH"]
            assert [str(tag.A.O) for tag in headers] == ["/Table"] * 4 * times
            assert [str(tag.A.Scope) for tag in headers] == (
                ["/Column", "/Column", "/Row", "/Row"] * times
            )


IDS = "http://www.aiim.org/pdfa/ns/id/"
PDFA = "{http://www.aiim.org/pdfa/ns/"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
# What declares the standards, and what PDF/A asks of a name space that it does not know.
DECLARED = {
    (f"{{{IDS}}}part", "3"),
    (f"{{{IDS}}}conformance", "A"),
    (f"{{{IDS.replace('pdfa', 'pdfua')}}}part", "1"),
    (f"{PDFA}schema#}}schema", "PDF/UA Universal Accessibility Schema"),
    (f"{PDFA}schema#}}namespaceURI", "http://www.aiim.org/pdfua/ns/id/"),
    (f"{PDFA}schema#}}prefix", "pdfuaid"),
    (f"{PDFA}property#}}name", "part"),
    (f"{PDFA}property#}}valueType", "Integer"),
    (f"{PDFA}property#}}category", "internal"),
    (f"{PDFA}property#}}description", "Part of ISO 14289"),
}


def told(xmp: bytes) -> set[tuple[str, str]]:
    """Return all that metadata tell: names of elements or attributes with their texts."""
    elements = [*ET.fromstring(xmp).iter()]  # noqa: S314  # our own
    texts = {(one.tag, (one.text or "").strip()) for one in elements}
    attributes = {item for one in elements for item in one.attrib.items() if "}" in item[0]}
    return {
        (name, text)
        for name, text in texts | attributes
        if text and name not in {f"{RDF}about", f"{RDF}parseType"} and "namespace}lang" not in name
    }


@pytest.mark.parametrize("engine", list(Engine))
def test_both_standards_title_and_language_are_declared_and_nothing_personal(
    letters: list[Letter], engine: Engine
) -> None:
    """Screen readers and archives look here first, and search engines read nothing else."""
    shard = printed(letters, engine=engine)
    files = [*(made.pdf for made in shard.letters), shard.print_run or b""]

    for letter, content in zip([*letters, letters[0]], files, strict=True):
        with pikepdf.open(BytesIO(content)) as pdf:
            information = {name: str(value) for name, value in dict(pdf.docinfo).items()}
            rest = told(bytes(pdf.Root.Metadata.read_bytes())) - DECLARED

            assert told(bytes(pdf.Root.Metadata.read_bytes())) > DECLARED
            assert set(information) == {"/Title", "/Author", "/Producer"}
            assert {text for _, text in rest} == {*information.values()}
            assert information["/Title"]
            assert information["/Author"] == (
                letter.choices[0].operator or letter.choices[0].area_name
            )
            assert pdf.Root.Lang == letter.choices[0].language
            assert pdf.Root.ViewerPreferences.DisplayDocTitle
            assert pdf.Root.MarkInfo.Marked
            assert [str(intent.S) for intent in pdf.Root.OutputIntents] == ["/GTS_PDFA1"]
            assert all("/DestOutputProfile" in intent for intent in pdf.Root.OutputIntents)
            assert len(pdf.trailer.ID) == 2
