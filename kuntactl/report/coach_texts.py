"""Texts of the reports about coaches: their loads, limits, first contacts."""

from collections.abc import Mapping

from kuntactl.domain.wording import Words

COACHES: Mapping[str, Words] = {
    "s_coaches": Words(fi="Omavalmentajat", sv="Egna coacher", en="Coaches"),
    "coach": Words(fi="Valmentaja", sv="Coach", en="Coach"),
    "team": Words(fi="Tiimi", sv="Team", en="Team"),
    "work_share": Words(fi="Työaikaosuus", sv="Andel av full arbetstid", en="Share of full time"),
    "limit": Words(fi="Enintään", sv="Högst", en="Limit"),
    "meetings": Words(fi="Tapaamisia kuukaudessa", sv="Möten per månad", en="Meetings a month"),
    "per_full_time": Words(fi="Kokoaikaista kohden", sv="Per heltid", en="Per full time"),
    "loads": Words(
        fi="Asiakkaat valmentajittain", sv="Kunderna efter coach", en="Clients by coach"
    ),
    "loads_chart": Words(
        fi="Arvioidut tapaamiset kuukaudessa kokoaikaista kohden",
        sv="Uppskattat antal möten per månad och heltid",
        en="Expected meetings a month for full time",
    ),
    "light_lane": Words(
        fi="Näistä aluksi ei tarvita valmentajaa",
        sv="Av dessa behöver ingen coach i början",
        en="Of these, no coach needed at first",
    ),
    "resting": Words(fi="Työnhaku päättynyt", sv="Jobbsökningen avslutad", en="Search ended"),
    "clients_chart": Words(
        fi="Asiakkaat ja valmentajan enimmäismäärä",
        sv="Kunder och coachens högsta antal",
        en="Clients and the coach’s limit",
    ),
    "key_roof": Words(
        fi="pienin mahdollinen + 1 %: {load}",
        sv="minsta möjliga + 1 %: {load}",
        en="least possible + 1%: {load}",
    ),
    "key_limit": Words(fi="enimmäismäärä", sv="högsta antal", en="limit"),
    "key_mean": Words(fi="keskiarvo", sv="medeltal", en="mean"),
    "contacts": Words(fi="Ensimmäisiä yhteydenottoja", sv="Första kontakter", en="First contacts"),
    "late": Words(fi="myöhässä", sv="för sent", en="late"),
    "contacts_last": Words(fi="Viimeinen", sv="Den sista", en="The last one"),
    "overload": Words(
        fi="Ensimmäisistä yhteydenotoista {late} / {count} ei mahdu määräaikaan. Viimeinen on "
        "{day}.",
        sv="Av de första kontakterna ryms {late} av {count} inte inom tiden. Den sista är {day}.",
        en="Of the first contacts {late} of {count} do not fit in time. The last one is on {day}.",
    ),
    "mean": Words(fi="keskiarvo", sv="medeltal", en="mean"),
    "full": Words(fi="täynnä", sv="fullt", en="full"),
    "unassigned": Words(fi="Ilman valmentajaa", sv="Utan coach", en="Without a coach"),
    "largest_load": Words(
        fi="Suurin työmäärä kokoaikaista kohden",
        sv="Största arbetsmängd per heltid",
        en="Largest load per full time",
    ),
    "least_possible": Words(
        fi="Pienin mahdollinen suurin työmäärä",
        sv="Minsta möjliga största arbetsmängd",
        en="Least possible largest load",
    ),
    "proven_gap": Words(fi="Todistettu ero", sv="Bevisad skillnad", en="Proven gap"),
    "notices": Words(fi="Huomattavaa", sv="Att observera", en="To note"),
    "binds": Words(
        fi="Miksi toinen, paremmin sopiva valmentaja ei käynyt",
        sv="Varför en annan coach som passar bättre inte gick",
        en="Why another coach who suits better was not possible",
    ),
    "assigned": Words(fi="Valmentaja nimetty", sv="Coach utsedd", en="With a coach"),
}
