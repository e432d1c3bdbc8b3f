"""What the check of a template can find, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from kuntactl.domain.wording import Words
from kuntactl.letters.window import Zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that can be wrong with a template."""

    what: Words  # with {detail}
    cure: Words
    is_advice: bool = False  # letters come out right all the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, and where."""

    template: str  # transfer.fi.html
    code: str  # a key of FAULTS
    element: str  # as a style sheet would name it; for names and lines: the place in the file
    detail: str = ""  # no personal data: templates are checked with made-up values
    page: int | None = None  # from 1; none: of no place on paper
    place: Zone | None = None
    situation: str = ""  # with which values it showed


_SHORTEN = Words(
    fi="Levennä laatikkoa tai salli rivinvaihto.",
    sv="Gör rutan bredare eller tillåt radbyte.",
    en="Make the box wider, or let its lines break.",
)
_SAY_THE_SAME = Words(
    fi="Kerro samat asiat kaikilla kielillä.",
    sv="Säg samma saker på alla språk.",
    en="Say the same in every language.",
)
FAULTS: Mapping[str, Fault] = {
    "wrong_syntax": Fault(
        what=Words(
            fi="Mallin kielioppi on väärin: {detail}",
            sv="Mallens syntax är fel: {detail}",
            en="The syntax of the template is wrong: {detail}",
        ),
        cure=Words(
            fi="Korjaa tämä rivi.",
            sv="Rätta den här raden.",
            en="Mend this line.",
        ),
    ),
    "undeclared_name": Fault(
        what=Words(
            fi="Nimeä `{detail}` ei ole.",
            sv="Namnet `{detail}` finns inte.",
            en="There is no name `{detail}`.",
        ),
        cure=Words(
            fi="Käytä vain kirjeiden nimiä: docs/letters.md luettelee ne.",
            sv="Använd bara brevens namn: docs/letters.md räknar upp dem.",
            en="Use only the names that letters have: docs/letters.md lists them.",
        ),
    ),
    "cannot_be_set": Fault(
        what=Words(
            fi="Kirjettä ei voi latoa: {detail}",
            sv="Brevet kan inte sättas: {detail}",
            en="The letter cannot be set: {detail}",
        ),
        cure=Words(
            fi="Korjaa malli tai sen tyylit.",
            sv="Rätta mallen eller dess stilar.",
            en="Mend the template or its style sheet.",
        ),
    ),
    "field_lacking": Fault(
        what=Words(
            fi="Kenttä {detail} puuttuu, mutta toisella kielellä se on.",
            sv="Fältet {detail} saknas men finns på ett annat språk.",
            en="The field {detail} is lacking, but another language has it.",
        ),
        cure=_SAY_THE_SAME,
    ),
    "day_lacking": Fault(
        what=Words(
            fi="Päivä {detail} puuttuu, mutta toisella kielellä se on.",
            sv="Dagen {detail} saknas men finns på ett annat språk.",
            en="The day {detail} is lacking, but another language has it.",
        ),
        cure=_SAY_THE_SAME,
    ),
    "phone_lacking": Fault(
        what=Words(
            fi="Puhelinnumero {detail} puuttuu, mutta toisella kielellä se on.",
            sv="Telefonnumret {detail} saknas men finns på ett annat språk.",
            en="The telephone number {detail} is lacking, but another language has it.",
        ),
        cure=_SAY_THE_SAME,
    ),
    "too_wide": Fault(
        what=Words(
            fi="Teksti ulottuu laatikkonsa {detail} ulkopuolelle.",
            sv="Texten går utanför sin ruta {detail}.",
            en="The text goes beyond its box {detail}.",
        ),
        cure=_SHORTEN,
    ),
    "long_sentences": Fault(
        what=Words(
            fi="Virkkeissä on keskimäärin {detail} sanaa, kun enintään 20 on selkeää.",
            sv="Meningarna har i genomsnitt {detail} ord; högst 20 är klart språk.",
            en="The sentences have {detail} words on average; plain language has at most 20.",
        ),
        cure=Words(
            fi="Jaa pitkät virkkeet lyhyemmiksi.",
            sv="Dela upp de långa meningarna.",
            en="Part the long sentences.",
        ),
    ),
    "not_printed": Fault(
        what=Words(
            fi="Kenttä ei tule paperille kokonaan.",
            sv="Fältet kommer inte helt på papper.",
            en="The field is not printed whole.",
        ),
        cure=_SHORTEN,
    ),
    "overprinted": Fault(
        what=Words(
            fi="Teksti on toisen päällä: {detail}",
            sv="Texten ligger på en annan: {detail}",
            en="The text stands on another: {detail}",
        ),
        cure=Words(
            fi="Siirrä laatikkoa tai anna sille enemmän tilaa.",
            sv="Flytta rutan eller ge den mer plats.",
            en="Move the box, or give it more room.",
        ),
    ),
    "not_printable": Fault(
        what=Words(
            fi="Ei ole painettavalla alueella: vasen ja alareuna 20 mm, muut 10 mm.",
            sv="Ligger utanför det tryckbara området: vänster- och nederkant 20 mm, övriga 10 mm.",
            en="Outside the printable area: left and bottom 20 mm, the others 10 mm.",
        ),
        cure=Words(
            fi="Siirrä laatikkoa sisemmäksi.",
            sv="Flytta rutan inåt.",
            en="Move the box inwards.",
        ),
    ),
    "in_the_window": Fault(
        what=Words(
            fi="Näkyy kirjekuoren {detail} ikkunasta.",
            sv="Syns i fönstret på kuvertet {detail}.",
            en="Shows in the window of the envelope {detail}.",
        ),
        cure=Words(
            fi="Siirrä se pois ikkunan alueelta.",
            sv="Flytta bort det från fönstrets område.",
            en="Move it out of the window's zone.",
        ),
    ),
    "address_hidden": Fault(
        what=Words(
            fi="Osoite voi jäädä kirjekuoren {detail} ikkunan ulkopuolelle.",
            sv="Adressen kan hamna utanför fönstret på kuvertet {detail}.",
            en="The address may lie outside the window of the envelope {detail}.",
        ),
        cure=Words(
            fi="Siirrä osoitetta tai valitse toinen kirjekuori.",
            sv="Flytta adressen eller välj ett annat kuvert.",
            en="Move the address, or choose another envelope.",
        ),
    ),
    "not_stamped": Fault(
        what=Words(
            fi="Kirjeet ladotaan yksitellen, mikä on hitaampaa: {detail}",
            sv="Breven sätts ett och ett, vilket är långsammare: {detail}",
            en="Letters are laid out one by one, which is slower: {detail}",
        ),
        cure=Words(
            fi="Anna kentälle oma rivi, jonka leveys ja paikka eivät riipu muista.",
            sv="Ge fältet en egen rad vars bredd och plats inte beror på andra.",
            en="Give the field a line of its own whose width and place depend on no other.",
        ),
        is_advice=True,
    ),
}
