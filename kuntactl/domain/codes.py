"""What the codes of the TE register mean, in words."""

from collections.abc import Mapping

from kuntactl.domain.wording import Words

# Code sets: Statistics Finland, Taika (KEHA_URA); translations are our own, but for the English
# of 06 among the benefits, which is Kela's.
EMPLOYMENT: Mapping[str, Words] = {
    "00": Words(fi="työllistetty", sv="sysselsatt med stöd", en="in subsidised work"),
    "01": Words(
        fi="työssä yleisillä työmarkkinoilla",
        sv="i arbete på den öppna arbetsmarknaden",
        en="in work on the open labour market",
    ),
    "02": Words(fi="työtön", sv="arbetslös", en="unemployed"),
    "03": Words(fi="lomautettu", sv="permitterad", en="laid off"),
    "04": Words(
        fi="lyhennetyllä työviikolla",
        sv="med förkortad arbetsvecka",
        en="on a shortened working week",
    ),
    "05": Words(
        fi="työvoiman ulkopuolella", sv="utanför arbetskraften", en="outside the labour force"
    ),
    "06": Words(
        fi="työttömyyseläkkeellä", sv="med arbetslöshetspension", en="on unemployment pension"
    ),
    "07": Words(
        fi="työllistymistä edistävässä palvelussa",
        sv="i sysselsättningsfrämjande service",
        en="in a service that promotes employment",
    ),
    "08": Words(fi="koulutuksessa", sv="i utbildning", en="in training"),
    "09": Words(fi="osa-aikatyössä", sv="i deltidsarbete", en="in part-time work"),
}

BENEFITS: Mapping[str, Words] = {
    "01": Words(
        fi="ansiopäiväraha", sv="inkomstrelaterad dagpenning", en="earnings-related allowance"
    ),
    "02": Words(fi="peruspäiväraha", sv="grunddagpenning", en="basic unemployment allowance"),
    "03": Words(fi="työmarkkinatuki", sv="arbetsmarknadsstöd", en="labour market support"),
    "04": Words(fi="ei etuutta", sv="ingen förmån", en="no benefit"),
    "06": Words(
        fi="muutosturvaraha", sv="omställningspenning", en="transition security allowance"
    ),
    "07": Words(
        fi="peruspäiväraha tai työmarkkinatuki",
        sv="grunddagpenning eller arbetsmarknadsstöd",
        en="basic unemployment allowance or labour market support",
    ),
}

SERVICE_LINES: Mapping[str, Words] = {
    "00": Words(
        fi="ei asiantuntijapalvelun tarvetta",
        sv="inget behov av sakkunnigservice",
        en="no need of expert service",
    ),
    "01": Words(
        fi="työnvälitys- ja yrityspalvelut",
        sv="arbetsförmedlings- och företagsservice",
        en="job matching and services for employers",
    ),
    "02": Words(
        fi="osaamisen kehittämispalvelut", sv="kompetensutveckling", en="skills development"
    ),
    "03": Words(
        fi="tuetun työllistymisen palvelut",
        sv="stödd sysselsättning",
        en="supported employment",
    ),
    "04": Words(fi="etuusasiakas", sv="förmånskund", en="benefit client"),
    "05": Words(
        fi="monialainen yhteispalvelu",
        sv="sektorsövergripande samservice",
        en="multi-sectoral joint service",
    ),
}
