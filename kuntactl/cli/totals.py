"""Control totals on the command line: what is expected, who accepts, what was found."""

import getpass
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kuntactl.cli.log import current
from kuntactl.domain.totals import Expected, parse_expected
from kuntactl.locale import phrase

if TYPE_CHECKING:
    from kuntactl.pipeline.request import Request

_ACCEPT = "--accept-totals"
_FILES = (".csv", ".gz", ".parquet", ".xlsx", ".db", ".json")

_UNCHECKED = {
    "no_control_total": phrase("no control total in the area's file"),
    "no_rows": phrase("no rows in these exports, its control total was not looked at"),
}


def _expected(text: str) -> Expected:
    try:
        return parse_expected(text)
    except ValueError as error:
        raise typer.BadParameter(error.args[0]) from None


def _who(text: str | None) -> str | None:
    """Return who accepts: a name or initials, else the account that runs the command."""
    if text is None:
        return None
    who = " ".join(text.split())
    if not who:
        return _account()
    if "/" in who or "\\" in who or who.casefold().endswith(_FILES):
        raise typer.BadParameter(
            phrase("{who!r} is not a person; write {accept} WHO", who=who, accept=_ACCEPT)
        )
    if not who.isprintable():
        raise typer.BadParameter(phrase("a name has printable characters only"))
    return who


def _account() -> str:
    try:
        return getpass.getuser()
    except OSError:  # an account without a name, as in some containers
        raise typer.BadParameter(
            phrase("write who accepts: {accept} WHO", accept=_ACCEPT)
        ) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedTotals:
    """What a command that decides is asked of control totals."""

    expect: Annotated[
        list[Expected] | None,
        typer.Option(
            "--expect",
            parser=_expected,
            metavar="AREA=N±T",
            help="How many eligible clients an area should have: porvoo=2600±3%, "
            "porvoo=2600±80 (also +-) or porvoo=2600; stops when it is off. May be repeated.",
            show_default=False,
        ),
    ] = None
    control_totals: Annotated[
        bool,
        typer.Option(
            "--control-totals", help="Compare with the control totals in the areas' files too."
        ),
    ] = False
    accept_totals: Annotated[
        str | None,
        typer.Option(
            _ACCEPT,
            callback=_who,
            metavar="[WHO]",
            help="Go on when a control total is off, accepted by WHO (name or initials; "
            "your account when left out).",
            show_default=False,
        ),
    ] = None

    def added_to(self, request: "Request") -> "Request":
        """Return the request with these control totals.

        Raises:
            typer.BadParameter: If an area has two, or there is none to accept.
        """
        from kuntactl.pipeline.request import TotalsAsked

        expected = tuple(self.expect or ())
        areas = [one.area for one in expected]
        for area in areas:
            if areas.count(area) > 1:
                raise typer.BadParameter(
                    phrase("--expect: area `{area}` has more than one", area=area)
                )
        if self.accept_totals and not (expected or self.control_totals):
            raise typer.BadParameter(
                phrase("{accept} needs --expect or --control-totals", accept=_ACCEPT)
            )
        totals = TotalsAsked(
            expected=expected, of_areas=self.control_totals, accepted_by=self.accept_totals
        )
        return replace(request, totals=totals)


def with_account_for_who(words: Sequence[str]) -> list[str]:
    """Return the words of a command line, a bare ``--accept-totals`` with an empty WHO.

    Typer knows no option whose value may be left out. Bare means: nothing follows it, or
    another option, or a file that is there, which is an export and not a person.
    """
    return [
        f"{word}=" if word == _ACCEPT and _is_no_person(after) else word
        for word, after in zip_longest(words, words[1:])
    ]


def _is_no_person(word: str | None) -> bool:
    return word is None or word.startswith("-") or Path(word).is_file()


def say_totals(facts: Mapping[str, Any]) -> None:
    """Say of each control total that was off who accepted it, and which were not looked at."""
    for total in facts.get("control_totals", ()):
        if total["off"]:
            current().say(
                phrase(
                    "control total off: {where} expected {expected} within "
                    "{tolerance}, found {found}; accepted by {accepted_by}",
                    where=_where(total),
                    expected=total["expected"],
                    tolerance=total["tolerance"],
                    found=total["found"],
                    accepted_by=total["accepted_by"],
                )
            )
    for area, why in facts.get("control_totals_unchecked", {}).items():
        current().say(phrase("{area}: {unchecked}", area=area, unchecked=_UNCHECKED[why]))


def _where(total: Mapping[str, Any]) -> str:
    parts = ", ".join(total["municipalities"])
    return f"{total['area']} ({parts})" if parts else str(total["area"])
