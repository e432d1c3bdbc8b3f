"""The lines of an address in the window, or why there can be none."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from kuntactl.domain.postal import DOMESTIC, countries, postal_codes
from kuntactl.domain.wording import Words
from kuntactl.letters.address_lines import POSTAL_LINE, break_lines
from kuntactl.letters.window import MOST_LINES
from kuntactl.typeset.fonts import unprintable_pattern

HAND_DELIVERY = Words(
    fi="Luovutetaan henkilökohtaisesti",
    sv="Överlämnas personligen",
    en="To be handed over in person",
)

_AT_HOME = pl.col("route") == "home"
_DOMESTIC = pl.col("country").is_in(list(DOMESTIC))
_KNOWN_CODE = pl.col("takes_letters").is_not_null()
_FIVE_DIGITS = pl.col("postal_code").str.contains(r"^\d{5}$")
_CARE_OF = r"(?i)^(c/o\s[^,]+),\s*(.+)$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One reason why a letter cannot be sent."""

    code: str
    words: Words  # names no part of the address: protected clients are in the same list
    holds: pl.Expr


PROBLEMS = (
    Problem(
        code="name_not_printable",
        words=Words(
            fi="Nimessä on merkki, jota kirjasimessamme ei ole.",
            sv="Namnet innehåller ett tecken som saknas i vårt typsnitt.",
            en="The name has a character that our fonts lack.",
        ),
        holds=pl.col("name").str.contains(unprintable_pattern()),
    ),
    Problem(
        code="address_not_printable",
        words=Words(
            fi="Osoitteessa on merkki, jota kirjasimessamme ei ole.",
            sv="Adressen innehåller ett tecken som saknas i vårt typsnitt.",
            en="The address has a character that our fonts lack.",
        ),
        holds=pl.col("lines").list.slice(1).list.join("").str.contains(unprintable_pattern()),
    ),
    Problem(
        code="street_missing",
        words=Words(
            fi="Lähiosoite puuttuu.",
            sv="Näradressen saknas.",
            en="The street address is missing.",
        ),
        holds=_AT_HOME & pl.col("street").is_null(),
    ),
    Problem(
        code="postal_code_missing",
        words=Words(
            fi="Postinumero puuttuu.",
            sv="Postnumret saknas.",
            en="The postal code is missing.",
        ),
        holds=_AT_HOME & _DOMESTIC & pl.col("postal_code").is_null(),
    ),
    Problem(
        code="postal_code_invalid",
        words=Words(
            fi="Postinumerossa on oltava viisi numeroa.",
            sv="Ett postnummer ska ha fem siffror.",
            en="A postal code has five digits.",
        ),
        holds=_DOMESTIC & ~_FIVE_DIGITS,
    ),
    Problem(
        code="postal_code_unknown",
        words=Words(
            fi="Postinumeroa ei ole olemassa.",
            sv="Postnumret finns inte.",
            en="There is no such postal code.",
        ),
        holds=_DOMESTIC & _FIVE_DIGITS & ~_KNOWN_CODE,
    ),
    Problem(
        code="postal_code_takes_no_letters",
        words=Words(
            fi="Postinumeroon ei voi lähettää kirjeitä (vastauslähetys, automaatti "
            "tai noutopiste).",
            sv="Brev kan inte sändas till postnumret (svarspost, paketautomat eller "
            "utlämningsställe).",
            en="The postal code takes no letters (reply mail, parcel locker or pick-up point).",
        ),
        holds=_DOMESTIC & ~pl.col("takes_letters"),
    ),
    Problem(
        code="place_missing",
        words=Words(
            fi="Ulkomaisen osoitteen postitoimipaikka puuttuu.",
            sv="Postorten saknas i den utländska adressen.",
            en="The foreign address has no town.",
        ),
        holds=_AT_HOME & ~_DOMESTIC & pl.col("post_office").is_null(),
    ),
    Problem(
        code="country_unknown",
        words=Words(
            fi="Maakoodi on tuntematon.",
            sv="Landskoden är okänd.",
            en="The country code is unknown.",
        ),
        holds=_AT_HOME & ~_DOMESTIC & pl.col("country_name").is_null(),
    ),
    Problem(
        code="address_line_too_long",
        words=Words(
            fi="Osoitteessa on sana, joka ei mahdu kirjekuoren ikkunaan.",
            sv="Adressen innehåller ett ord som inte ryms i kuvertets fönster.",
            en="The address has a word too long for the window of the envelope.",
        ),
        holds=pl.col("too_wide"),
    ),
    Problem(
        code="address_too_many_lines",
        words=Words(
            fi="Osoite ei mahdu kirjekuoren ikkunaan: rivejä on yli viisi.",
            sv="Adressen ryms inte i kuvertets fönster: den har fler än fem rader.",
            en="The address does not fit the window of the envelope: it has over five lines.",
        ),
        holds=pl.col("lines").list.len() > MOST_LINES,
    ),
)
PROBLEM_WORDS: Mapping[str, Words] = {problem.code: problem.words for problem in PROBLEMS}


def address_lines(clients: pl.DataFrame) -> pl.DataFrame:
    """Return for each client the lines in the window, and what is wrong with them.

    Name, c/o, street, postal code with the post office in the client's language in
    capitals; abroad the country in capitals instead. A protected client gets the contact
    address, or the words that say that the letter is handed over; never the home address.
    A line over 30 characters goes on in the next one, broken at a space, and a word that is
    itself too long after a hyphen in it. Where that takes more than five lines, they are as
    long as the window is wide: nothing is cut off.

    Args:
        clients: Columns of ``domain.schema.Clients``, normalised when they were read; order
            is kept.

    Returns:
        ``client_id``, ``name`` (String, whole), ``recipient`` (List[String], at most five
        lines where there is no problem) and ``problems`` (List[String], codes of ``PROBLEMS``
        in their order).
    """
    frame = _route(clients).join(
        postal_codes(), on="postal_code", how="left", maintain_order="left"
    )
    frame = frame.join(countries(), on="country", how="left", maintain_order="left")
    frame = break_lines(frame.with_columns(lines=_lines()))
    return frame.select(
        "client_id",
        "name",
        recipient="lines",
        problems=pl.concat_list(
            pl.when(problem.holds.fill_null(value=False)).then(pl.lit(problem.code))
            for problem in PROBLEMS
        ).list.drop_nulls(),
    )


def _route(clients: pl.DataFrame) -> pl.DataFrame:
    """Return what goes into the address: ``route`` home, contact or hand decides from where."""
    frame = clients.select(
        "client_id",
        "service_language",
        "country",
        *("given_names", "family_name", "street", "post_office", "address_extra"),
        contact=pl.col("contact_address")
        .str.split(",")
        .list.eval(pl.element().str.strip_chars(" "))
        .list.filter(pl.element() != ""),
        written_code="postal_code",
        protected="protected",
    )
    has_contact = pl.col("contact").list.len().fill_null(0) > 0
    frame = frame.with_columns(
        name=pl.concat_str("given_names", "family_name", separator=" ", ignore_nulls=True),
        route=pl.when(~pl.col("protected"))
        .then(pl.lit("home"))
        .when(has_contact)
        .then(pl.lit("contact"))
        .otherwise(pl.lit("hand")),
        care_of=pl.col("street").str.extract(_CARE_OF, 1),
        street=pl.coalesce(pl.col("street").str.extract(_CARE_OF, 2), "street"),
        contact_code=pl.col("contact").list.last().str.extract(POSTAL_LINE, 1),
    )
    return frame.with_columns(
        postal_code=pl.when(_AT_HOME)
        .then("written_code")
        .when(pl.col("route") == "contact")
        .then("contact_code"),
        # A contact address is one of Finland, and has no country of its own.
        country=pl.when(_AT_HOME).then("country").otherwise(pl.lit(DOMESTIC[0])),
    )


def _lines() -> pl.Expr:
    postal_line = pl.concat_str(
        "postal_code",
        pl.when(pl.col("service_language") == "sv")
        .then("post_office_sv")
        .otherwise("post_office_fi"),
        separator=" ",
    )
    foreign_line = pl.concat_str(
        "written_code", pl.col("post_office").str.to_uppercase(), separator=" ", ignore_nulls=True
    )
    home = pl.concat_list("name", "address_extra", "care_of", "street")
    contact = pl.col("contact")
    contact_head = (
        pl.when(postal_line.is_null())
        .then(contact)
        .otherwise(contact.list.head(contact.list.len() - 1))
    )
    hand = (
        pl.when(pl.col("service_language") == "sv")
        .then(pl.lit(HAND_DELIVERY.sv))
        .otherwise(pl.lit(HAND_DELIVERY.fi))
    )
    lines = (
        pl.when(pl.col("route") == "contact")
        .then(pl.concat_list("name", contact_head, postal_line))
        .when(pl.col("route") == "hand")
        .then(pl.concat_list("name", hand))
        .when(_DOMESTIC)
        .then(pl.concat_list(home, postal_line))
        .otherwise(pl.concat_list(home, foreign_line, "country_name"))
    )
    return lines.list.drop_nulls()
