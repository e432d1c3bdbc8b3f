"""Texts of the reports about where rows end, who waits, and whether service is equal."""

from collections.abc import Mapping

from kuntactl.domain.wording import Words

SERVICE: Mapping[str, Words] = {
    # from rows to letters
    "s_rows": Words(
        fi="Luetuista riveistä kirjeisiin",
        sv="Från inlästa rader till brev",
        en="From rows read to letters",
    ),
    "flow_letters": Words(
        fi="Mitä kirjeille tapahtui",
        sv="Vad som hände med breven",
        en="What became of the letters",
    ),
    "letter_written": Words(
        fi="Kirje kirjoitettu nyt", sv="Brevet skapat nu", en="Letter written now"
    ),
    "letter_already_sent": Words(
        fi="Kirje lähetetty aiemmin", sv="Brevet sänt tidigare", en="Letter sent earlier"
    ),
    "letter_protected": Words(
        fi="Kirje erikseen, turvakielto",
        sv="Brevet separat, spärrmarkering",
        en="Letter apart, non-disclosure",
    ),
    "letter_undeliverable": Words(
        fi="Kirjettä ei voida lähettää",
        sv="Brevet kan inte sändas",
        en="Letter cannot be sent",
    ),
    # who waits
    "s_waiting": Words(
        fi="Mikä odottaa käsittelijää",
        sv="Vad som väntar på en handläggare",
        en="What waits for a person",
    ),
    "waiting_note": Words(
        fi="Ohjelma ei arvaa: jos tieto puuttuu tai riviin ei voi luottaa, käsittelijä ratkaisee.",
        sv="Programmet gissar inte: när en uppgift saknas eller en rad inte går att lita på, "
        "avgör en handläggare.",
        en="The program does not guess: where a fact is missing or a row cannot be trusted, a "
        "person decides.",
    ),
    "waits": Words(fi="Odottaa", sv="Väntar", en="Waits"),
    "rows_or_clients": Words(
        fi="Rivejä tai asiakkaita", sv="Rader eller kunder", en="Rows or clients"
    ),
    "listed_in": Words(fi="Luettelo", sv="Lista", en="List"),
    "waits_review": Words(
        fi="Kohderyhmään kuuluminen on tarkistettava",
        sv="Det ska kontrolleras om kunden hör till målgruppen",
        en="Whether the client is in the target group has to be checked",
    ),
    "waits_rejected": Words(
        fi="Rivi on korjattava", sv="Raden ska rättas", en="The row has to be corrected"
    ),
    "waits_unassigned": Words(
        fi="Asiakas tarvitsee valmentajan",
        sv="Kunden behöver en coach",
        en="The client needs a coach",
    ),
    "waits_undeliverable": Words(
        fi="Kirjettä ei voida lähettää",
        sv="Brevet kan inte sändas",
        en="The letter cannot be sent",
    ),
    "s_missing": Words(
        fi="Mitä on tarkistettava", sv="Vad som ska kontrolleras", en="What has to be checked"
    ),
    # equal service
    "s_service": Words(
        fi="Yhdenvertainen palvelu kunnittain",
        sv="Likvärdig service i kommunerna",
        en="Equal service in each municipality",
    ),
    "service_note": Words(
        fi="Samanlaisessa tilanteessa olevia asiakkaita palvellaan kotikunnasta riippumatta yhtä "
        "nopeasti ja yhtä paljon. Päivät lasketaan kokeiluun tulosta ensimmäiseen "
        "yhteydenottoon. Työmäärä on asiakkaiden valmentajien arvioidut tapaamiset kuukaudessa "
        "kokoaikaista kohden, asiakkaiden keskiarvona.",
        sv="Kunder i samma situation ska få service lika snabbt och lika mycket oberoende av "
        "hemkommun. Dagarna räknas från det att kunden kom med i försöket till den första "
        "kontakten. Arbetsmängden är det uppskattade antalet möten per månad och heltid hos "
        "kundernas coacher, som medeltal över kunderna.",
        en="Clients in a like position are served as soon and as much wherever they live. Days "
        "run from joining the pilot to the first contact. The load is what the clients’ coaches "
        "have, in expected meetings a month for full time, as a mean over the clients.",
    ),
    "service_of": Words(
        fi="Palvelu kotikunnittain",
        sv="Service efter hemkommun",
        en="Service by home municipality",
    ),
    "days_chart": Words(
        fi="Päiviä ensimmäiseen yhteydenottoon, mediaani",
        sv="Dagar till den första kontakten, median",
        en="Days to the first contact, median",
    ),
    "load_chart": Words(
        fi="Valmentajan työmäärä asiakasta kohti katsottuna",
        sv="Coachens arbetsmängd ur kundens synvinkel",
        en="The coach’s load as clients meet it",
    ),
    "median_days": Words(fi="Päiviä, mediaani", sv="Dagar, median", en="Days, median"),
    "longest_days": Words(fi="Päiviä enintään", sv="Dagar, högst", en="Days, longest"),
    "late_contacts": Words(fi="Myöhässä", sv="För sent", en="Late"),
    "place_load": Words(
        fi="Valmentajan työmäärä", sv="Coachens arbetsmängd", en="Load of the coach"
    ),
    "key_area": Words(fi="koko alue", sv="hela området", en="whole area"),
    # reports that everybody may read
    "public": Words(fi="Julkinen", sv="Offentlig", en="Public"),
    "public_rows": Words(
        fi="Alueen asiakkaat, ilman turvakiellon alaisia",
        sv="Områdets kunder, utan de spärrmarkerade",
        en="Clients of the area, without those under non-disclosure",
    ),
    "public_protected": Words(
        fi="Asiakkaat, joilla on turvakielto, ovat mukana vain koko ajon summissa.",
        sv="Spärrmarkerade kunder ingår bara i summorna för hela körningen.",
        en="Clients under non-disclosure are in the totals of the whole run only.",
    ),
    "not_shown": Words(
        fi="… = 1–4 henkilöä, tai luku josta sellaisen voisi päätellä",
        sv="… = 1–4 personer, eller ett tal som skulle avslöja ett sådant",
        en="… = 1–4 people, or a figure that would give such a one away",
    ),
}
