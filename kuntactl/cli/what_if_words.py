"""The words of ``what-if`` in the languages of the product."""

from collections.abc import Mapping

from kuntactl.domain.wording import Words

BEFORE = Words(fi="ennen", sv="före", en="before")
AFTER = Words(fi="jälkeen", sv="efter", en="after")
NOTHING_LOST = Words(fi="ei muuta haittaa", sv="ingen annan olägenhet", en="nothing else")
GAIN_HIDDEN = Words(  # under non-disclosure: it could tell where they live
    fi="hyötyä ei näytetä (turvakielto)",
    sv="nyttan visas inte (spärrmarkering)",
    en="what it brings is not shown (non-disclosure)",
)
FIGURES = (
    Words(fi="saa valmentajan", sv="får coach", en="have a coach"),
    Words(fi="jää odottamaan", sv="får vänta", en="wait"),
    Words(fi="suurin työmäärä", sv="största arbetsmängd", en="largest load"),
    Words(fi="pienin työmäärä", sv="minsta arbetsmängd", en="smallest load"),
    Words(fi="pienin mahdollinen", sv="minsta möjliga", en="least possible"),
    Words(fi="todistettu ero", sv="bevisad skillnad", en="proven gap"),
    Words(fi="sama valmentaja", sv="samma coach", en="same coach"),
    Words(fi="asiakkaan kieli", sv="kundens språk", en="client's language"),
    Words(fi="ryhmän oma tiimi", sv="gruppens eget team", en="the group's team"),
    Words(fi="tuttu virkailija", sv="bekant tjänsteman", en="own officer"),
)
COACHES = (
    Words(fi="valmentaja", sv="coach", en="coach"),
    Words(fi="asiakkaita", sv="kunder", en="clients"),
    Words(fi="jälkeen", sv="efter", en="after"),
    Words(fi="työmäärä", sv="arbetsmängd", en="load"),
    Words(fi="jälkeen", sv="efter", en="after"),
)
MOVE = Words(
    fi="siirto {turn}, {client_id}: {from_coach} → {to_coach}\n"
    "  {gain}, suurin työmäärä {largest}; hinta: {price}",
    sv="byte {turn}, {client_id}: {from_coach} → {to_coach}\n"
    "  {gain}, största arbetsmängd {largest}; pris: {price}",
    en="move {turn}, {client_id}: {from_coach} → {to_coach}\n"
    "  {gain}, largest load {largest}; price: {price}",
)
STEPS = Words(fi="siirtoja", sv="byten", en="moves")


def gains_and_prices() -> Mapping[str, Words]:
    """Return what a move brings and what it costs in words, by code."""
    from kuntactl.assignment.alternatives import PRICE_WORDS
    from kuntactl.assignment.area_split import GAIN_WORDS

    return {
        **{gain.value: words for gain, words in GAIN_WORDS.items()},
        **{price.value: words for price, words in PRICE_WORDS.items()},
    }
