"""The words of ``what-if`` in the languages of the product."""

from collections.abc import Mapping

from kuntactl.domain.wording import Words

BEFORE = Words(fi="ennen", sv="före", en="before")
AFTER = Words(fi="jälkeen", sv="efter", en="after")
NOTHING_LOST = Words(fi="ei muuta haittaa", sv="ingen annan olägenhet", en="nothing else")
FIGURES = (
    Words(fi="valmentaja on", sv="har coach", en="have a coach"),
    Words(fi="odottaa", sv="väntar", en="wait"),
    Words(fi="suurin työmäärä", sv="största arbetsmängd", en="largest load"),
    Words(fi="pienin työmäärä", sv="minsta arbetsmängd", en="smallest load"),
    Words(fi="pienin mahdollinen", sv="minsta möjliga", en="least possible"),
    Words(fi="ero", sv="skillnad", en="gap"),
    Words(fi="sama valmentaja", sv="samma coach", en="same coach"),
    Words(fi="kieli", sv="språk", en="language"),
    Words(fi="tiimi", sv="team", en="team"),
    Words(fi="tuttu virkailija", sv="bekant tjänsteman", en="own officer"),
)
COACHES = (
    Words(fi="valmentaja", sv="coach", en="coach"),
    Words(fi="asiakkaita", sv="kunder", en="clients"),
    Words(fi="jälkeen", sv="efter", en="after"),
    Words(fi="työmäärä", sv="arbetsmängd", en="load"),
    Words(fi="jälkeen", sv="efter", en="after"),
)
MOVES = (
    Words(fi="siirto", sv="byte", en="move"),
    Words(fi="asiakas", sv="kund", en="client"),
    Words(fi="valmentajalta", sv="från coach", en="from coach"),
    Words(fi="valmentajalle", sv="till coach", en="to coach"),
    Words(fi="hyöty", sv="nytta", en="gain"),
    Words(fi="hinta", sv="pris", en="price"),
    Words(fi="suurin työmäärä", sv="största arbetsmängd", en="largest load"),
)
STEPS = (Words(fi="siirtoja", sv="byten", en="moves"),)


def gains_and_prices() -> Mapping[str, Words]:
    """Return what a move brings and what it costs in words, by code."""
    from kuntactl.assignment.alternatives import PRICE_WORDS
    from kuntactl.assignment.area_split import GAIN_WORDS

    return {
        **{gain.value: words for gain, words in GAIN_WORDS.items()},
        **{price.value: words for price, words in PRICE_WORDS.items()},
    }
