"""The sheet of a coach's workbook that says what the other one means."""

from typing import Any

from kuntactl.domain.coaches import Coach
from kuntactl.domain.types import Language
from kuntactl.domain.wording import Words
from kuntactl.report.book import lay_on_a4
from kuntactl.report.cells import row_height
from kuntactl.report.short import GROUNDS, short_name
from kuntactl.report.vocabulary import Vocabulary

LEGEND_SHEET = Words(fi="Selite", sv="Förklaring", en="Legend")

_WORD, _MEANING = 46, 80  # widths in characters
_CODE_IN_LISTS = Words(fi="Luetteloissa:", sv="I listorna:", en="In the lists:")

_HEADINGS = {
    "columns": Words(fi="Sarakkeet", sv="Kolumner", en="Columns"),
    "grounds": Words(
        fi="Perusteet, joilla asiakas kuuluu kohderyhmään",
        sv="Grunder för att höra till målgruppen",
        en="Grounds for belonging to the target group",
    ),
    "reasons": Words(
        fi="Miksi asiakas on tällä valmentajalla",
        sv="Varför kunden har den här coachen",
        en="Why a client is with this coach",
    ),
}

# What a column means, by the words of its heading; only those that the heading leaves open.
_COLUMNS: tuple[tuple[Words, Words], ...] = (
    (
        Words(fi="Turvakielto", sv="Spärrmarkering", en="Non-disclosure"),
        Words(
            fi=(
                "Asiakkaalla on turvakielto. Kotikunta, osoite, puhelinnumero ja sähköpostiosoite "
                "puuttuvat tästä tiedostosta, eikä niitä saa lisätä siihen eikä kertoa "
                "kenellekään."
            ),
            sv=(
                "Kunden har en spärrmarkering. Hemkommun, adress, telefonnummer och e-postadress "
                "finns inte i den här filen, och de får varken läggas till i den eller berättas "
                "för någon."
            ),
            en=(
                "The client is under non-disclosure for personal safety. Home municipality, "
                "address, telephone number and e-mail address are not in this file; they may "
                "not be added to it or told to anyone."
            ),
        ),
    ),
    (
        Words(fi="Ikä", sv="Ålder", en="Age"),
        Words(
            fi="Täydet vuodet tarkastelupäivänä.",
            sv="Fyllda år på granskningsdagen.",
            en="Completed years on the day to which the facts refer.",
        ),
    ),
    (
        Words(fi="Ryhmä", sv="Grupp", en="Group"),
        Words(
            fi="Nuoret: alle 30-vuotiaat. Maahanmuuttajat: muut, joilla on muu kuin Suomen "
            "kansalaisuus tai äidinkielenä muu kuin suomi, ruotsi tai saame. Yleinen: kaikki "
            "loput.",
            sv="Unga: personer under 30 år. Invandrare: andra som har ett annat medborgarskap "
            "än finskt eller ett annat modersmål än finska, svenska eller samiska. Allmänt: alla "
            "övriga.",
            en="Young people: those under 30. Immigrants: others who have a citizenship other "
            "than Finnish or a mother tongue other than Finnish, Swedish or Sámi. General: all "
            "the rest.",
        ),
    ),
    (
        Words(fi="Tapaamisia kuukaudessa", sv="Möten per månad", en="Meetings a month"),
        Words(
            fi="Arvio siitä, kuinka monta tapaamista asiakas tarvitsee kuukaudessa. Asiakkaat on "
            "jaettu niin, että kaikilla valmentajilla on työaikaansa nähden suunnilleen yhtä "
            "paljon tapaamisia.",
            sv="En uppskattning av hur många möten kunden behöver per månad. Kunderna har "
            "fördelats så att alla har ungefär lika många möten i förhållande till sin arbetstid.",
            en="An estimate of the meetings that the client needs in a month. Clients are shared "
            "out so that everyone has about as many meetings in proportion to their working time.",
        ),
    ),
    (
        Words(fi="Ensimmäinen yhteydenotto", sv="Första kontakt", en="First contact"),
        Words(
            fi="Arkipäivä, jolle ensimmäinen yhteydenotto uuteen asiakkaaseen on suunniteltu: "
            "ensin nuoret ja pitkään työttömänä olleet, muuten tasaisesti. 2.5.2022 alkaen aikaa "
            "on viisi arkipäivää, sitä ennen kolme kuukautta. Sovittu tapaaminen menee "
            "suunnitelman edelle.",
            sv="Vardagen då den första kontakten med en ny kund är planerad: först unga och de "
            "som länge varit arbetslösa, annars jämnt fördelat. Från 2.5.2022 är tiden fem "
            "vardagar, före det tre månader. Ett avtalat möte går före planen.",
            en="The working day planned for the first contact with a new client: the young and "
            "the long unemployed first, otherwise evenly. From 2 May 2022 there are five working "
            "days, before that three months. A meeting that was agreed goes before the plan.",
        ),
    ),
    (
        Words(fi="Tyhjä solu", sv="Tom cell", en="Empty cell"),
        Words(
            fi="Tieto puuttuu TE-toimiston aineistosta.",
            sv="Uppgiften saknas i arbets- och näringsbyråns material.",
            en="The fact is missing from the TE Office’s export.",
        ),
    ),
)


def write_legend(book: Any, coach: Coach, *, vocabulary: Vocabulary, language: Language) -> None:
    """Add the sheet with the columns, grounds and reasons in words.

    Args:
        book: The xlsxwriter workbook; the clients' sheet is in it already.
        coach: Whose workbook it is.
        vocabulary: Grounds and reasons.
        language: Of every word on the sheet.
    """
    sheet = book.add_worksheet(LEGEND_SHEET.in_language(language))
    title = book.add_format({"bold": True, "font_size": 14, "font_color": "#0B3D5C"})
    heading = book.add_format({"bold": True, "font_size": 12, "font_color": "#0B3D5C"})
    text = book.add_format({"text_wrap": True, "valign": "top", "font_size": 11})
    strong = book.add_format({"text_wrap": True, "valign": "top", "bold": True, "font_size": 11})
    sheet.write_string(0, 0, coach.name, title)
    line = 2
    for part, entries in _parts(vocabulary, language=language):
        sheet.write_string(line, 0, part, heading)
        for place, (word, meaning) in enumerate(entries, start=line + 1):
            sheet.write_string(place, 0, word, strong)
            sheet.write_string(place, 1, meaning, text)
            sheet.set_row(place, row_height([(word, _WORD), (meaning, _MEANING)]))
        line += len(entries) + 2
    sheet.set_column(0, 0, _WORD)
    sheet.set_column(1, 1, _MEANING)
    sheet.hide_gridlines(2)
    lay_on_a4(sheet, pages_wide=1)


def _parts(
    vocabulary: Vocabulary, *, language: Language
) -> tuple[tuple[str, list[tuple[str, str]]], ...]:
    """Return each part that has entries: its heading, then word with meaning."""
    columns = [
        (word.in_language(language), meaning.in_language(language)) for word, meaning in _COLUMNS
    ]
    grounds = [
        (short_name(code, GROUNDS, vocabulary.grounds), words, code)
        for code, words in vocabulary.grounds.items()
    ]
    reasons = [(words, None, code) for code, words in vocabulary.reasons.items()]
    parts = (
        ("columns", columns),
        ("grounds", [_coded(*entry, language=language) for entry in grounds]),
        ("reasons", [_coded(*entry, language=language) for entry in reasons]),
    )
    return tuple(
        (_HEADINGS[name].in_language(language), entries) for name, entries in parts if entries
    )


def _coded(
    name: Words, explanation: Words | None, code: str, *, language: Language
) -> tuple[str, str]:
    """Return the name, then what it means and the code that the lists use for it."""
    in_lists = f"{_CODE_IN_LISTS.in_language(language)} {code}"
    said = f"{explanation.in_language(language)}\n{in_lists}" if explanation else in_lists
    return name.in_language(language), said
