"""Every name that a template of a letter may use."""

from dataclasses import dataclass
from datetime import date

from kuntactl.domain.trials import NextService
from kuntactl.domain.types import Language, LetterKind, LetterReason, Team


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursOfOffice:
    """When an office is open, from a day to a day."""

    begins: date
    ends: date | None  # none: until further notice
    text: str  # times in the language of the letter


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeOfClient:
    """The office that serves the client; what is not known is none."""

    name: str  # in the language of service
    names: tuple[str, ...]  # in both languages of a bilingual municipality, the majority's first
    addresses: tuple[str, ...]  # "Esimerkkikatu 1, 06100 Porvoo", in the same languages
    phone: str | None
    email: str | None
    web: str | None
    team: bool  # serves only the client's team (Ohjaamo: the young)
    hours: tuple[HoursOfOffice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What changes the layout and is the same for many clients: ``c`` in a template.

    A fact that is not known is none; the template leaves its paragraph out.
    """

    language: str  # fi, sv, en or, ISO 639, one of the user's own
    served_in: Language  # fi or sv: proper names are in this language in every part
    kind: LetterKind
    reason: LetterReason | None  # none: the kind says it all
    notice: str  # what kind of document it is
    reference_label: str
    letter_date: date
    day: date  # of what the letter tells of: from it on the services are elsewhere
    trial_name: str  # in running text
    trial_act: str  # name and number of the Act
    trial_end: date  # as known on the letter's day
    next_service: NextService  # when the trial has ended, as known on the letter's date
    stays_until_end: bool
    may_ask_to_move_back: bool
    move_back_where: str | None
    area_name: str
    sender: tuple[str, ...]  # who writes: in both languages of a bilingual area
    operator: str | None  # the town that answers for the area's services
    has_municipality: bool  # its name is known and may be told
    has_other_area: bool
    has_other_web: bool
    bilingual: bool  # the municipality has two official languages
    te_office: str | None
    team: Team
    office: OfficeOfClient | None
    has_coach: bool
    coach_has_phone: bool
    coach_has_email: bool
    web: str | None
    privacy: str | None  # page that says how personal data are handled
    grounds_count: str  # none, one or many


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """What stands alone on its line, one client's own: ``f`` in a template."""

    recipient: tuple[str, ...]  # one to five lines in the window
    reference: str  # letter id
    municipality: str | None  # home municipality; none: not known
    municipality_genitive: str | None  # Finnish only: Porvoon
    other_area: str | None  # trial area that the client moves to or from
    other_web: str | None  # page of its services
    grounds: tuple[str, ...]  # why the client belongs to the target group, one a line
    coach_name: str | None
    coach_phone: str | None
    coach_email: str | None

    def addressed(self, letter_id: str, recipient: tuple[str, ...]) -> "Fields":
        """Return the same texts to somebody else: ``replace``, in a third of its time."""
        return Fields(
            recipient=recipient,
            reference=letter_id,
            municipality=self.municipality,
            municipality_genitive=self.municipality_genitive,
            other_area=self.other_area,
            other_web=self.other_web,
            grounds=self.grounds,
            coach_name=self.coach_name,
            coach_phone=self.coach_phone,
            coach_email=self.coach_email,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Placeholder:
    """One name a template may use."""

    name: str  # c.… for a choice, f.… for a field
    says: str


PLACEHOLDERS = (
    Placeholder(name="c.language", says="language of this part: fi, sv, en or your own"),
    Placeholder(name="c.served_in", says="language of service, and of proper names: fi or sv"),
    Placeholder(name="c.kind", says="kind of letter"),
    Placeholder(name="c.reason", says="what it tells of: trial_end, to_area …, or none"),
    Placeholder(name="c.notice", says="what kind of document it is: Ilmoitus"),
    Placeholder(name="c.reference_label", says="label of the letter's id: Viite"),
    Placeholder(name="c.letter_date", says="date of the letter"),
    Placeholder(name="c.day", says="day from which what the letter tells holds"),
    Placeholder(name="c.trial_name", says="the trial's name, in running text"),
    Placeholder(name="c.trial_act", says="name and number of the Act"),
    Placeholder(name="c.trial_end", says="last day of the trial, as known on the letter's day"),
    Placeholder(
        name="c.next_service", says="who serves after the trial: te_office or employment_area"
    ),
    Placeholder(name="c.stays_until_end", says="whether one stays even when one finds work"),
    Placeholder(name="c.may_ask_to_move_back", says="whether one may ask to be moved back yet"),
    Placeholder(name="c.move_back_where", says="where to ask to be moved back"),
    Placeholder(name="c.area_name", says="name of the area"),
    Placeholder(name="c.sender", says="who writes: one name, or two in a bilingual area"),
    Placeholder(name="c.operator", says="the town that answers for the area's services"),
    Placeholder(name="c.has_municipality", says="whether the home municipality is known"),
    Placeholder(name="c.has_other_area", says="whether the area moved to or from is known"),
    Placeholder(name="c.has_other_web", says="whether the page of its services is known"),
    Placeholder(name="c.bilingual", says="whether it has two official languages"),
    Placeholder(name="c.te_office", says="the TE office that the client comes from"),
    Placeholder(name="c.team", says="nuoret, maahanmuuttajat or yleinen"),
    Placeholder(
        name="c.office",
        says="none, or name names addresses phone email web team hours (begins ends text)",
    ),
    Placeholder(name="c.has_coach", says="whether the client has a coach"),
    Placeholder(name="c.coach_has_phone", says="whether the coach's telephone is known"),
    Placeholder(name="c.coach_has_email", says="whether the coach's e-mail is known"),
    Placeholder(name="c.web", says="page of the area's services"),
    Placeholder(name="c.privacy", says="page on how personal data are handled"),
    Placeholder(name="c.grounds_count", says="none, one or many"),
    Placeholder(name="f.recipient", says="one to five lines of the address"),
    Placeholder(name="f.reference", says="the letter's id"),
    Placeholder(name="f.municipality", says="home municipality; none: not known"),
    Placeholder(name="f.municipality_genitive", says="the same in the genitive, Finnish only"),
    Placeholder(name="f.other_area", says="trial area that the client moves to or from"),
    Placeholder(name="f.other_web", says="page of its services"),
    Placeholder(name="f.grounds", says="why the client belongs to the target group, one a line"),
    Placeholder(name="f.coach_name", says="the coach's name; none without a coach"),
    Placeholder(name="f.coach_phone", says="the coach's telephone"),
    Placeholder(name="f.coach_email", says="the coach's e-mail"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A letter in one language, as ``base.html`` gets it."""

    template: str  # transfer.fi.html
    c: Choices
    f: Fields
