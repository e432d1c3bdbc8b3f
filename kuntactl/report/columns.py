"""The columns of a coach's sheet, in order."""

from dataclasses import dataclass

from kuntactl.domain.wording import Words

COLUMNS_THAT_STAY = 3  # number, family name, given names: always in view


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of the clients' sheet."""

    key: str  # column of the frame of ``_cells``
    heading: Words
    width: int  # widest, in characters
    kind: str = "text"  # text, day, weekday, number or decimal
    background: bool = False  # in the group that folds away


COLUMNS = (
    Column(
        key="client_id",
        heading=Words(fi="Asiakasnumero", sv="Kundnummer", en="Client number"),
        width=16,
    ),
    Column(
        key="family_name", heading=Words(fi="Sukunimi", sv="Efternamn", en="Family name"), width=24
    ),
    Column(
        key="given_names", heading=Words(fi="Etunimet", sv="Förnamn", en="Given names"), width=24
    ),
    Column(
        key="protected",
        heading=Words(fi="Turvakielto", sv="Spärrmarkering", en="Non-disclosure"),
        width=16,
    ),
    Column(
        key="first_contact",
        heading=Words(fi="Ensimmäinen yhteydenotto", sv="Första kontakt", en="First contact"),
        width=18,
        kind="weekday",
    ),
    Column(
        key="service_language",
        heading=Words(fi="Asiointikieli", sv="Kontaktspråk", en="Language of service"),
        width=13,
    ),
    Column(
        key="mother_tongue",
        heading=Words(fi="Äidinkieli", sv="Modersmål", en="Mother tongue"),
        width=16,
    ),
    Column(key="phone", heading=Words(fi="Puhelin", sv="Telefon", en="Telephone"), width=18),
    Column(
        key="municipality",
        heading=Words(fi="Kotikunta", sv="Hemkommun", en="Home municipality"),
        width=18,
    ),
    Column(key="age", heading=Words(fi="Ikä", sv="Ålder", en="Age"), width=7, kind="number"),
    Column(key="team", heading=Words(fi="Ryhmä", sv="Grupp", en="Group"), width=17),
    Column(
        key="unemployed_from",
        heading=Words(fi="Työttömyys alkoi", sv="Arbetslös sedan", en="Unemployed since"),
        width=13,
        kind="day",
    ),
    Column(
        key="grounds",
        heading=Words(
            fi="Miksi kuuluu kohderyhmään",
            sv="Varför kunden hör till målgruppen",
            en="Why in the target group",
        ),
        width=38,
    ),
    Column(
        key="email",
        heading=Words(fi="Sähköposti", sv="E-post", en="E-mail"),
        width=28,
        background=True,
    ),
    Column(
        key="employment_code",
        heading=Words(fi="Työllisyys", sv="Sysselsättning", en="Employment"),
        width=20,
        background=True,
    ),
    Column(
        key="benefit",
        heading=Words(fi="Etuus", sv="Förmån", en="Benefit"),
        width=24,
        background=True,
    ),
    Column(
        key="service_line",
        heading=Words(fi="Palvelulinja", sv="Servicelinje", en="Service line"),
        width=26,
        background=True,
    ),
    Column(
        key="address",
        heading=Words(fi="Osoite", sv="Adress", en="Address"),
        width=30,
        background=True,
    ),
    Column(
        key="former_officer",
        heading=Words(
            fi="Sama virkailija kuin TE-toimistossa",
            sv="Samma tjänsteman som på arbets- och näringsbyrån",
            en="Same officer as in the TE Office",
        ),
        width=16,
        background=True,
    ),
    Column(
        key="weight",
        heading=Words(fi="Tapaamisia kuukaudessa", sv="Möten per månad", en="Meetings a month"),
        width=14,
        kind="decimal",
        background=True,
    ),
    Column(
        key="why",
        heading=Words(
            fi="Miksi tällä valmentajalla", sv="Varför den här coachen", en="Why this coach"
        ),
        width=38,
        background=True,
    ),
)
