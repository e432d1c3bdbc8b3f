"""Teams of coaches and languages, in words."""

from collections.abc import Mapping

from kuntactl.domain.types import Team
from kuntactl.domain.wording import Words

TEAMS: Mapping[str, Words] = {
    Team.YOUNG.value: Words(fi="nuoret", sv="unga", en="young people"),
    Team.IMMIGRANTS.value: Words(fi="maahanmuuttajat", sv="invandrare", en="immigrants"),
    Team.GENERAL.value: Words(fi="yleinen", sv="allmänt", en="general"),
    Team.INTAKE.value: Words(fi="alkupalvelu", sv="inledande service", en="intake"),
}

# ISO 639 codes of the export and the register's own two; a code without words is shown as it is.
LANGUAGES: Mapping[str, Words] = {
    "fi": Words(fi="suomi", sv="finska", en="Finnish"),
    "sv": Words(fi="ruotsi", sv="svenska", en="Swedish"),
    "se": Words(fi="pohjoissaame", sv="nordsamiska", en="Northern Sámi"),
    "smn": Words(fi="inarinsaame", sv="enaresamiska", en="Inari Sámi"),
    "sms": Words(fi="koltansaame", sv="skoltsamiska", en="Skolt Sámi"),
    "sma": Words(fi="eteläsaame", sv="sydsamiska", en="Southern Sámi"),
    "smj": Words(fi="luulajansaame", sv="lulesamiska", en="Lule Sámi"),
    "am": Words(fi="amhara", sv="amhariska", en="Amharic"),
    "ar": Words(fi="arabia", sv="arabiska", en="Arabic"),
    "bn": Words(fi="bengali", sv="bengali", en="Bengali"),
    "bs": Words(fi="bosnia", sv="bosniska", en="Bosnian"),
    "de": Words(fi="saksa", sv="tyska", en="German"),
    "en": Words(fi="englanti", sv="engelska", en="English"),
    "es": Words(fi="espanja", sv="spanska", en="Spanish"),
    "et": Words(fi="viro", sv="estniska", en="Estonian"),
    "fa": Words(fi="persia", sv="persiska", en="Persian"),
    "fr": Words(fi="ranska", sv="franska", en="French"),
    "hi": Words(fi="hindi", sv="hindi", en="Hindi"),
    "hr": Words(fi="kroatia", sv="kroatiska", en="Croatian"),
    "hu": Words(fi="unkari", sv="ungerska", en="Hungarian"),
    "it": Words(fi="italia", sv="italienska", en="Italian"),
    "ku": Words(fi="kurdi", sv="kurdiska", en="Kurdish"),
    "lt": Words(fi="liettua", sv="litauiska", en="Lithuanian"),
    "lv": Words(fi="latvia", sv="lettiska", en="Latvian"),
    "my": Words(fi="burma", sv="burmesiska", en="Burmese"),
    "ne": Words(fi="nepali", sv="nepalesiska", en="Nepali"),
    "pl": Words(fi="puola", sv="polska", en="Polish"),
    "ps": Words(fi="pašto", sv="pashto", en="Pashto"),
    "pt": Words(fi="portugali", sv="portugisiska", en="Portuguese"),
    "ro": Words(fi="romania", sv="rumänska", en="Romanian"),
    "ru": Words(fi="venäjä", sv="ryska", en="Russian"),
    "so": Words(fi="somali", sv="somaliska", en="Somali"),
    "sq": Words(fi="albania", sv="albanska", en="Albanian"),
    "sr": Words(fi="serbia", sv="serbiska", en="Serbian"),
    "sw": Words(fi="suahili", sv="swahili", en="Swahili"),
    "ta": Words(fi="tamili", sv="tamil", en="Tamil"),
    "th": Words(fi="thai", sv="thailändska", en="Thai"),
    "ti": Words(fi="tigrinja", sv="tigrinska", en="Tigrinya"),
    "tl": Words(fi="tagalog", sv="tagalog", en="Tagalog"),
    "tr": Words(fi="turkki", sv="turkiska", en="Turkish"),
    "uk": Words(fi="ukraina", sv="ukrainska", en="Ukrainian"),
    "ur": Words(fi="urdu", sv="urdu", en="Urdu"),
    "vi": Words(fi="vietnam", sv="vietnamesiska", en="Vietnamese"),
    "zh": Words(fi="kiina", sv="kinesiska", en="Chinese"),
    "98": Words(fi="muu kieli", sv="annat språk", en="another language"),
    "99": Words(fi="ei tiedossa", sv="okänt", en="not known"),
}
