"""The frames that pass between stages: one class a frame, one line a column.

A null means what the comment says; where there is no comment, null is not allowed.
"""

import polars as pl

from kuntactl.domain.frames import dy
from kuntactl.domain.uniqueness import is_unique


class Clients(dy.Schema):
    """Accepted rows of the exports, in input order (CONTRACT section 1)."""

    file = dy.String()  # the file's name as given, without its folder
    row = dy.UInt32()  # line as a spreadsheet counts, header = 1
    client_id = dy.String()  # the key
    identity_code = dy.String()
    born = dy.Date()
    family_name = dy.String(nullable=True)  # blank; given_names is then there
    given_names = dy.String(nullable=True)
    mother_tongue = dy.String()  # ISO 639 in lower case, 98 another, 99 unknown
    service_language = dy.String()  # fi or sv
    citizenship = dy.String()  # three digits
    municipality = dy.String(
        nullable=True
    )  # three digits; blank home municipality (2023-03-01 on)
    street = dy.String(nullable=True)
    postal_code = dy.String(nullable=True)  # five digits where it can be; abroad as given
    post_office = dy.String(nullable=True)
    address_extra = dy.String(nullable=True)  # c/o, guardian
    country = dy.String()  # ISO 3166-1 alpha-2, FI when blank
    protected = dy.Bool()  # turvakielto
    contact_address = dy.String(nullable=True)  # one line, to use under non-disclosure
    employment_code = dy.String(nullable=True)  # 00-09; null: unknown (blank, z)
    search_from = dy.Date(nullable=True)  # null: unknown
    search_to = dy.Date(nullable=True)  # null: open or unknown, see search_open
    search_open = dy.Bool(nullable=True)  # true: no end; false: ends on search_to; null: unknown
    unemployed_from = dy.Date(nullable=True)  # null: unknown
    benefit = dy.String(nullable=True)  # two digits; null: unknown
    earnings_right = dy.Bool(nullable=True)  # null: unknown
    support_days = dy.Int32(nullable=True)  # days of labour market support; null: unknown
    service_line = dy.String(nullable=True)  # two digits; null: unknown
    office_code = dy.String(nullable=True)  # TE office; null: not given
    officer_id = dy.String(nullable=True)  # TE officer in charge; null: not given
    email = dy.String(nullable=True)  # null: not given
    phone = dy.String(nullable=True)  # null: not given

    @dy.rule()
    def client_id_is_unique(cls) -> pl.Expr:  # noqa: N805 - a rule is of the class
        """Return whether a client stands there once: five times as fast as a primary key."""
        return is_unique(pl.col("client_id"))


class Rejected(dy.Schema):
    """One line a problem of a row that cannot be trusted, in input order."""

    file = dy.String()
    row = dy.UInt32()
    client_id = dy.String(nullable=True)  # missing, or the row is ragged
    column = dy.String(nullable=True)  # contract's name; null: the row as a whole
    value = dy.String(nullable=True)  # that one cell as it stood; null: blank or hidden
    code = dy.String()
    message = dy.String()  # in the language of the run
    sha256 = dy.String()  # of the file's bytes: what a correction of the cell is known by


class Corrections(dy.Schema):
    """Cells of the exports as people corrected them, one line a cell."""

    file = dy.String()  # as the list of rejected rows named it; only for messages
    sha256 = dy.String(primary_key=True)  # of the export
    row = dy.UInt32(primary_key=True)
    column = dy.String(primary_key=True)  # contract's name
    corrected = dy.String(nullable=True)  # null: the cell is to be blank
    source = dy.String()  # the file that the correction came in
    line = dy.UInt32()  # its row there


class Corrected(dy.Schema):
    """Corrections that were applied, in input order."""

    file = dy.String()
    row = dy.UInt32()
    client_id = dy.String(nullable=True)  # as corrected
    column = dy.String()
    corrected = dy.String(nullable=True)  # (blank): made blank; null: hidden
    sha256 = dy.String()


class Warnings(dy.Schema):
    """What was accepted but looks odd, in input order."""

    file = dy.String()
    row = dy.UInt32()
    client_id = dy.String()
    code = dy.String()
    message = dy.String()


class Decisions(dy.Schema):
    """Every accepted row once, in input order (CONTRACT section 4, decisions.parquet)."""

    client_id = dy.String()  # the key
    area = dy.String(nullable=True)  # outside, or home municipality blank
    outcome = dy.String()  # a value of Outcome
    grounds = dy.List(dy.String())  # codes that are true, in the tables' order
    failed = dy.List(dy.String())  # conditions and grounds that are false
    missing = dy.List(dy.String())  # conditions and grounds that are unknown
    rules = dy.String(nullable=True)  # rule set; null: outside
    rules_from = dy.Date(nullable=True)  # first day of the version; null: outside
    on = dy.Date()
    decided_by = dy.String()  # a value of DecidedBy

    @dy.rule()
    def client_id_is_unique(cls) -> pl.Expr:  # noqa: N805 - a rule is of the class
        """Return whether a client stands there once: five times as fast as a primary key."""
        return is_unique(pl.col("client_id"))


class Homes(dy.Schema):
    """Where each client of the exports lives, as far as the register may know it."""

    client_id = dy.String(primary_key=True)
    protected = dy.Bool()  # turvakielto: the register learns the area, never the municipality
    municipality = dy.String(nullable=True)  # three digits; null: protected, or not known
    trial_area = dy.String(nullable=True)  # of any trial in force; null: in none, or not known


class Answers(dy.Schema):
    """What people answered for clients under review."""

    client_id = dy.String(primary_key=True)
    belongs = dy.Bool()  # kuuluu
    who = dy.String()  # kuka
    reason = dy.String()  # peruste
    area = dy.String(nullable=True)  # where they belong, if no home municipality tells it


class Members(dy.Schema):
    """Clients of the areas' trials who stand in this run's exports, by area and client number."""

    client_id = dy.String(primary_key=True)
    area = dy.String()
    since = dy.Date()  # day of joining
    grounds = dy.List(dy.String())  # at joining; empty when a person decided without one
    coach_id = dy.String(nullable=True)  # the coach the register knows; null: none yet


class Assignments(dy.Schema):
    """One line a client who is to have a coach, by area and client number."""

    client_id = dy.String(primary_key=True)
    area = dy.String()
    coach_id = dy.String(nullable=True)  # null: nobody can take them
    weight = dy.Float64()  # expected meetings a month
    why = dy.List(dy.String())  # values of assignment's Reason


class Moves(dy.Schema):
    """Members who change coaches for the sake of the others, by area and turn."""

    area = dy.String(primary_key=True)
    turn = dy.UInt32(primary_key=True)  # 1, 2, 3 ... in the area: the first one brings most
    client_id = dy.String()
    from_coach = dy.String()
    to_coach = dy.String()
    gain = dy.String()  # a value of assignment's Gain
    placed = dy.String(nullable=True)  # the client who waited and gets the place; null: nobody
    price = dy.List(dy.String())  # values of assignment's Price beside the change
    largest_load = dy.Float64()  # then, of all coaches: meetings a month per full time


class FirstContacts(dy.Schema):
    """When a coach first contacts a client who is new to them, by area and client number."""

    client_id = dy.String(primary_key=True)
    area = dy.String()
    coach_id = dy.String()
    planned_on = dy.Date()  # day of the run that gave the client this coach
    day = dy.Date()  # a working day; after last_day: there was no room before
    last_day = dy.Date()  # by when it should be, as the service model of planned_on says


class Ties(dy.Schema):
    """What people have said of clients and coaches, by client number and coach."""

    client_id = dy.String(primary_key=True)
    coach_id = dy.String(primary_key=True)
    kind = dy.String()  # a value of TieKind
    reason = dy.String(nullable=True)  # a value of TieReason; null: free again


class Alternatives(dy.Schema):
    """One line a client of ``Assignments``: the next best coaches and what each would cost."""

    client_id = dy.String(primary_key=True)
    second_coach = dy.String(nullable=True)  # null: nobody else may take them
    second_price = dy.List(dy.String())  # values of assignment's Price; empty: nothing
    second_load = dy.Float64(nullable=True)  # that coach's meetings a month per full time then
    third_coach = dy.String(nullable=True)
    third_price = dy.List(dy.String())
    third_load = dy.Float64(nullable=True)
    binds = dy.String(nullable=True)  # a value of assignment's Bind; null: no coach suits better
    binds_coach = dy.String(nullable=True)  # the coach who would suit better; null: see binds


class LettersDue(dy.Schema):
    """One line a letter to be written in this run, by area and letter id."""

    letter_id = dy.String(primary_key=True)
    client_id = dy.String()
    area = dy.String()
    kind = dy.String()  # a value of LetterKind
    bundle_number = dy.UInt32()  # first free number of a print run of this area, kind, language
    day = dy.Date()  # of the event that the letter tells of
    reason = dy.String(nullable=True)  # a value of LetterReason; null: the kind says it all
    other_area = dy.String(nullable=True)  # where the client moves to or from; null: nowhere


class LettersDone(dy.Schema):
    """What became of each letter due, by area and letter id (CONTRACT section 4, letters.csv)."""

    letter_id = dy.String(primary_key=True)
    client_id = dy.String()
    area = dy.String()
    kind = dy.String()
    lang = dy.String(nullable=True)  # a value of LetterLanguage; null: in no export
    pages = dy.UInt32(nullable=True)  # null: undeliverable
    file = dy.String(nullable=True)  # relative to <area>/; null: undeliverable
    sha256 = dy.String(nullable=True)  # null: undeliverable
    bundle = dy.String(nullable=True)  # file name in print/; null: not in a print run
    first_page = dy.UInt32(nullable=True)  # in the bundle, from 1
    status = dy.String()  # a value of LetterStatus


class Undeliverable(dy.Schema):
    """Why a letter cannot be sent, one line a problem, by area and client number."""

    client_id = dy.String()
    area = dy.String()
    code = dy.String()
    message = dy.String()  # in the language of the run
