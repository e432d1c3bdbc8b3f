"""Every text of the reports, each in all the languages."""

from collections.abc import Mapping

from kuntactl.domain.types import Language
from kuntactl.domain.wording import Words
from kuntactl.report.coach_texts import COACHES
from kuntactl.report.comparison_texts import COMPARISONS
from kuntactl.report.service_texts import SERVICE

TEXTS: Mapping[str, Words] = {
    **COMPARISONS,
    **COACHES,
    **SERVICE,
    # page
    "area_report": Words(fi="alueen raportti", sv="områdets rapport", en="report of the area"),
    "run_report": Words(fi="Ajon raportti", sv="Rapport om körningen", en="Report of the run"),
    "skip": Words(fi="Siirry sisältöön", sv="Gå till innehållet", en="Skip to the content"),
    "contents": Words(fi="Sisältö", sv="Innehåll", en="Contents"),
    "to_run": Words(
        fi="Kaikki alueet: ajon raportti",
        sv="Alla områden: rapporten om körningen",
        en="All areas: the report of the run",
    ),
    "day": Words(fi="Tarkastelupäivä", sv="Granskningsdag", en="As of"),
    "rules": Words(fi="Säännöt", sv="Regler", en="Rules"),
    "from_day": Words(
        fi="{name}, {day} alkaen", sv="{name}, från och med {day}", en="{name}, from {day}"
    ),
    "office_code": Words(fi="Toimistokoodi", sv="Byråkod", en="Office code"),
    "source": Words(fi="Lähde", sv="Källa", en="Source"),
    "unverified": Words(fi="Vahvistamatta", sv="Inte bekräftat", en="Not verified"),
    # table heads
    "clients": Words(fi="Asiakkaita", sv="Kunder", en="Clients"),
    "rows": Words(fi="Rivejä", sv="Rader", en="Rows"),
    "share": Words(fi="Osuus", sv="Andel", en="Share"),
    "total": Words(fi="Yhteensä", sv="Sammanlagt", en="Total"),
    # rows
    "rows_note": Words(
        fi="Jokainen luettu rivi on laskettu täsmälleen kerran.",
        sv="Varje inläst rad har räknats exakt en gång.",
        en="Every row that was read is counted exactly once.",
    ),
    "outcome": Words(fi="Lopputulos", sv="Utfall", en="Outcome"),
    "read": Words(fi="Luettu", sv="Inlästa", en="Read"),
    "rejected": Words(fi="Hylätty", sv="Underkända", en="Rejected"),
    "accepted": Words(fi="Hyväksytty", sv="Godkända", en="Accepted"),
    "outside": Words(fi="Alueen ulkopuolella", sv="Utanför området", en="Outside the area"),
    "outside_run": Words(
        fi="Alueiden ulkopuolella", sv="Utanför områdena", en="Outside the areas"
    ),
    "eligible": Words(
        fi="Kuuluu kohderyhmään", sv="Hör till målgruppen", en="In the target group"
    ),
    "review": Words(fi="Tarkistettava", sv="Ska kontrolleras", en="To be checked"),
    "not_eligible": Words(
        fi="Ei kuulu kohderyhmään", sv="Hör inte till målgruppen", en="Not in the target group"
    ),
    "outside_means": Words(
        fi="Alueen ulkopuolella: kotikunta on muu kuin alueen kunta, tai se ei ole tiedossa.",
        sv="Utanför området: hemkommunen hör inte till området eller är inte känd.",
        en="Outside the area: the home municipality is not one of the area’s, or is not known.",
    ),
    "rejected_means": Words(
        fi="Hylätty: riviin ei voi luottaa sellaisenaan. Syyt ovat ajon raportissa.",
        sv="Underkänd: det går inte att lita på raden som den är. Orsakerna finns i rapporten "
        "om körningen.",
        en="Rejected: the row cannot be trusted as it stands. The report of the run says why.",
    ),
    # grounds
    "s_grounds": Words(
        fi="Miksi kohderyhmään kuulutaan",
        sv="Varför kunderna hör till målgruppen",
        en="Why clients belong to the target group",
    ),
    "ground": Words(fi="Peruste", sv="Grund", en="Ground"),
    "grounds_each": Words(
        fi="Asiakkaat perusteittain", sv="Kunder efter grund", en="Clients by ground"
    ),
    "grounds_note": Words(
        fi="Asiakkaalla voi olla useita perusteita, joten luvut menevät osin päällekkäin.",
        sv="En kund kan ha flera grunder, så talen överlappar delvis.",
        en="A client may have several grounds, so these numbers overlap.",
    ),
    "alone": Words(fi="Vain tämä peruste", sv="Endast den här grunden", en="This ground only"),
    "with_others": Words(
        fi="Myös muita perusteita", sv="Även andra grunder", en="Other grounds too"
    ),
    "grounds_together": Words(
        fi="Perusteet yhdessä, jokainen asiakas kerran",
        sv="Grunderna tillsammans, varje kund en gång",
        en="Grounds together, each client once",
    ),
    # reasons
    "missing_facts": Words(
        fi="Mitä tarkistettavilta puuttuu; yhdeltä voi puuttua useita tietoja",
        sv="Vad som saknas hos dem som ska kontrolleras; en kund kan sakna flera uppgifter",
        en="What those to be checked lack; one may lack several facts",
    ),
    "missing": Words(fi="Puuttuva tieto", sv="Uppgift som saknas", en="Missing fact"),
    "s_reasons": Words(
        fi="Miksi kohderyhmään ei kuuluta",
        sv="Varför kunderna inte hör till målgruppen",
        en="Why clients do not belong to the target group",
    ),
    "reason": Words(fi="Syy", sv="Orsak", en="Reason"),
    "nobody": Words(fi="Ei ketään.", sv="Ingen.", en="Nobody."),
    # people
    "s_people": Words(
        fi="Kohderyhmä kunnan, iän ja kielen mukaan",
        sv="Målgruppen efter kommun, ålder och språk",
        en="The target group by municipality, age and language",
    ),
    "municipality": Words(fi="Kotikunta", sv="Hemkommun", en="Home municipality"),
    "by_municipality": Words(
        fi="Alueen asiakkaat kotikunnittain",
        sv="Områdets kunder efter hemkommun",
        en="Clients of the area by home municipality",
    ),
    "non_disclosure": Words(
        fi="Kotikuntaa ei näytetä (turvakielto, tai ei tiedossa)",
        sv="Hemkommunen visas inte (spärrmarkering, eller inte känd)",
        en="Municipality not shown (non-disclosure, or not known)",
    ),
    "age": Words(fi="Ikä", sv="Ålder", en="Age"),
    "place_not_shown": Words(
        fi="Kotikuntaa ei näytetä", sv="Hemkommunen visas inte", en="Municipality not shown"
    ),
    "by_age": Words(
        fi="Kohderyhmä iän mukaan",
        sv="Målgruppen efter ålder",
        en="The target group by age",
    ),
    "mother_tongue": Words(fi="Äidinkieli", sv="Modersmål", en="Mother tongue"),
    "by_language": Words(
        fi="Kohderyhmä äidinkielen mukaan",
        sv="Målgruppen efter modersmål",
        en="The target group by mother tongue",
    ),
    "other_languages": Words(fi="muut kielet", sv="övriga språk", en="other languages"),
    # letters
    "letter_status": Words(fi="Tila", sv="Status", en="Status"),
    "letters": Words(fi="Kirjeitä", sv="Brev", en="Letters"),
    "written": Words(fi="Kirjoitettu nyt", sv="Skapade nu", en="Written now"),
    "already_sent": Words(fi="Lähetetty aiemmin", sv="Sända tidigare", en="Sent earlier"),
    "protected_of_all": Words(
        fi="Kirjoitetuista turvakiellon vuoksi erikseen käsiteltäviä, kaikki alueet yhteensä",
        sv="Av de skapade hanteras separat på grund av spärrmarkering, alla områden sammanlagt",
        en="Of those written, handled apart because of non-disclosure, all areas together",
    ),
    "undeliverable": Words(fi="Ei voida lähettää", sv="Kan inte sändas", en="Cannot be sent"),
    "why_undeliverable": Words(
        fi="Miksi kirjettä ei voida lähettää",
        sv="Varför ett brev inte kan sändas",
        en="Why a letter cannot be sent",
    ),
    "letters_due": Words(fi="Kirjeitä yhteensä", sv="Brev sammanlagt", en="Letters in all"),
    # about
    "s_about": Words(fi="Tietoa raportista", sv="Om rapporten", en="About this report"),
    "grounds_in_full": Words(
        fi="Perusteet tarkemmin", sv="Närmare om grunderna", en="The grounds in full"
    ),
    "about_people": Words(
        fi="Raportissa ei ole tietoja yksittäisistä asiakkaista. Ikä on täysinä vuosina "
        "tarkastelupäivänä, kieli ja kotikunta TE-toimiston aineiston mukaan.",
        sv="Rapporten innehåller inga uppgifter om enskilda kunder. Åldern anges i fyllda år på "
        "granskningsdagen, språk och hemkommun enligt arbets- och näringsbyråns material.",
        en="The report holds no facts about single clients. Age is in completed years on the "
        "day, language and home municipality are as in the TE Office’s export.",
    ),
    "about_protected": Words(
        fi="Asiakkaat, joilla on turvakielto, ovat mukana summissa, mutta heidän "
        "kotikuntaansa ei näytetä.",
        sv="Spärrmarkerade kunder ingår i summorna, men deras hemkommun visas inte.",
        en="Clients under non-disclosure are in the sums, but their home municipality is not "
        "shown.",
    ),
    # run
    "s_areas": Words(fi="Alueet", sv="Områden", en="Areas"),
    "area": Words(fi="Alue", sv="Område", en="Area"),
    "no_area": Words(
        fi="Kotikunta ei tiedossa", sv="Hemkommunen inte känd", en="Home municipality not known"
    ),
    "rows_by_area": Words(
        fi="Hyväksytyt rivit alueittain",
        sv="Godkända rader efter område",
        en="Accepted rows by area",
    ),
    "letters_by_area": Words(
        fi="Kirjeet ja valmentajat alueittain",
        sv="Brev och coacher efter område",
        en="Letters and coaches by area",
    ),
    "s_rejected": Words(
        fi="Miksi rivejä hylättiin", sv="Varför rader underkändes", en="Why rows were rejected"
    ),
    "rejected_note": Words(
        fi="Yhdellä rivillä voi olla useita virheitä. Ne ovat luettelossa rejected.csv.",
        sv="En rad kan ha flera fel. De finns i listan rejected.csv.",
        en="One row may have several faults. They are in rejected.csv.",
    ),
    "fault": Words(fi="Virhe", sv="Fel", en="Fault"),
    "s_outside": Words(fi="Alueiden ulkopuolella", sv="Utanför områdena", en="Outside the areas"),
    "s_warnings": Words(fi="Huomautukset", sv="Anmärkningar", en="Warnings"),
    "warning": Words(fi="Huomautus", sv="Anmärkning", en="Warning"),
    "warnings_note": Words(
        fi="Rivi on hyväksytty, mutta siinä on jotakin poikkeavaa. Katso warnings.csv.",
        sv="Raden är godkänd, men något i den avviker från det vanliga. Se warnings.csv.",
        en="The row is accepted, but something in it looks odd. See warnings.csv.",
    ),
    "s_changes": Words(
        fi="Muutokset kokeilun asiakkaissa",
        sv="Förändringar bland försökets kunder",
        en="Changes among the clients of the pilot",
    ),
    "change": Words(fi="Muutos", sv="Förändring", en="Change"),
    "joined": Words(fi="Uudet", sv="Nya", en="Joined"),
    "stayed": Words(fi="Jatkavat", sv="Fortsätter", en="Stayed"),
    "left": Words(fi="Poistuneet", sv="Har lämnat försöket", en="Left"),
    "moved": Words(
        fi="Muuttaneet toiseen kuntaan",
        sv="Har flyttat till en annan kommun",
        en="Moved to another municipality",
    ),
    "absent": Words(
        fi="Jatkavat, mutta puuttuvat aineistosta",
        sv="Fortsätter, men saknas i materialet",
        en="Stayed, but are not in the export",
    ),
    "s_files": Words(fi="Aineistot", sv="Material", en="Exports"),
    "file": Words(fi="Tiedosto", sv="Fil", en="File"),
    "encoding": Words(fi="Merkistö", sv="Teckenkodning", en="Encoding"),
    "checksum": Words(fi="SHA-256", sv="SHA-256", en="SHA-256"),
    "none": Words(fi="Ei yhtään.", sv="Inga.", en="None."),
    "made_by": Words(fi="kuntactl {version}", sv="kuntactl {version}", en="kuntactl {version}"),
    "chart_of": Words(fi="Kuvio: {what}", sv="Diagram: {what}", en="Chart: {what}"),
}


def texts_in(language: Language) -> Mapping[str, str]:
    """Return every text in the language, by key."""
    return {key: words.in_language(language) for key, words in TEXTS.items()}
