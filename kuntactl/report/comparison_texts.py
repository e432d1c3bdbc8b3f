"""Texts of the reports that compare a run with what was expected or with an earlier run."""

from collections.abc import Mapping

from kuntactl.domain.wording import Words

COMPARISONS: Mapping[str, Words] = {
    # control totals
    "s_controls": Words(
        fi="Vertailu ennakkotietoihin",
        sv="Jämförelse med förhandsuppgifter",
        en="Comparison with what was expected",
    ),
    "control": Words(
        fi="odotettiin {relation} {expected}, löytyi {found}",
        sv="{relation} {expected} väntades, {found} hittades",
        en="expected {relation} {expected}, found {found}",
    ),
    "controls_of": Words(
        fi="Odotettu ja löytynyt kohderyhmä",
        sv="Väntad och hittad målgrupp",
        en="Target group expected and found",
    ),
    "where": Words(fi="Missä", sv="Var", en="Where"),
    "expected": Words(fi="Odotettu", sv="Väntat", en="Expected"),
    "found": Words(fi="Löytynyt", sv="Hittat", en="Found"),
    "difference": Words(fi="Ero", sv="Skillnad", en="Difference"),
    "key_expected": Words(fi="odotettu", sv="väntat", en="expected"),
    "key_before": Words(fi="edellisessä ajossa", sv="i förra körningen", en="in the run before"),
    "whole_area": Words(fi="Koko alue", sv="Hela området", en="Whole area"),
    "without_protected": Words(
        fi="ilman asiakkaita, joilla on turvakielto",
        sv="utan spärrmarkerade kunder",
        en="without clients under non-disclosure",
    ),
    "about": Words(fi="noin", sv="ungefär", en="about"),
    "just under": Words(fi="vajaat", sv="knappt", en="just under"),
    "over": Words(fi="yli", sv="över", en="over"),
    "exactly": Words(fi="tasan", sv="exakt", en="exactly"),
    "compared": Words(
        fi="{where}: kohderyhmään odotettiin {expected}, löytyi {found}",
        sv="{where}: {expected} väntades i målgruppen, {found} hittades",
        en="{where}: expected {expected} in the target group, found {found}",
    ),
    "within": Words(
        fi="{expected} (± {tolerance})",
        sv="{expected} (± {tolerance})",
        en="{expected} (± {tolerance})",
    ),
    "as_expected": Words(fi="odotusten mukainen", sv="som väntat", en="as expected"),
    "off_accepted": Words(
        fi="poikkeaa odotetusta, poikkeaman hyväksyi {who}",
        sv="avviker från det väntade, avvikelsen godkändes av {who}",
        en="off, accepted by {who}",
    ),
    # drift
    "s_drift": Words(
        fi="Muutokset edelliseen ajoon",
        sv="Förändringar sedan förra körningen",
        en="Changes since the run before",
    ),
    "drift_since": Words(
        fi="Vertailukohtana on ajo {run}, tarkastelupäivä {day}.",
        sv="Jämförs med körning {run}, granskningsdag {day}.",
        en="Compared with run {run}, as of {day}.",
    ),
    "drift_first": Words(
        fi="Rekisterissä ei ole aiempaa ajoa, johon aluetta voisi verrata.",
        sv="Registret har ingen tidigare körning att jämföra området med.",
        en="The register has no earlier run to compare the area with.",
    ),
    "drift_none": Words(
        fi="Mikään luku ei ole muuttunut.",
        sv="Inget tal har förändrats.",
        en="No count has changed.",
    ),
    "drift_changed": Words(
        fi="Luvut, jotka ovat muuttuneet",
        sv="Tal som har förändrats",
        en="Counts that have changed",
    ),
    "drift_by": Words(fi="Jaottelu", sv="Indelning", en="Counted by"),
    "drift_what": Words(fi="Luku", sv="Tal", en="Count"),
    "drift_before": Words(fi="Ennen", sv="Förut", en="Before"),
    "drift_now": Words(fi="Nyt", sv="Nu", en="Now"),
    "drift_change": Words(fi="Muutos", sv="Förändring", en="Change"),
    "drift_note": Words(
        fi="Lopputuloksissa ovat mukana kaikki alueen asiakkaat, muissa kohderyhmään kuuluvat. "
        "Ennallaan olevia lukuja: {same}.",
        sv="Utfallen omfattar alla områdets kunder, de övriga talen dem som hör till målgruppen. "
        "Oförändrade tal: {same}.",
        en="Outcomes count all clients of the area, the others those in the target group. "
        "Counts that have not changed: {same}.",
    ),
}
