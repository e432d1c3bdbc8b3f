"""What the register remembers, in words."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kuntactl.cli.console import Cell, written
from kuntactl.cli.counts import in_words
from kuntactl.cli.language import said, spoken
from kuntactl.locale import heading

_KINDS: Mapping[str, str] = {
    "joined": heading("joined"),
    "left": heading("left"),
    "moved_out": heading("moved to another area"),
    "moved_in": heading("moved from another area"),
    "moved_within": heading("moved within the area"),
    "returned": heading("returned to the TE office"),
    "trial_ended": heading("the trial ended"),
    "may_join_again": heading("may join again"),
    "coach_given": heading("got a coach"),
    "coach_lost": heading("is without a coach"),
    "coach_pinned": heading("stays with a coach"),
    "coach_banned": heading("a coach is ruled out"),
    "coach_freed": heading("is free to have any coach"),
    "letter_written": heading("letter written"),
    "letter_protected": heading("letter written, protected"),
    "letter_undeliverable": heading("letter undeliverable"),
    "answered": heading("answered by a person"),
    "purged": heading("purged"),
    "command": heading("command given"),
}
_NAMES: Mapping[str, str] = {
    "grounds": heading("grounds"),
    "rules": heading("rules"),
    "rules_from": heading("rules from"),
    "decided_by": heading("decided by"),
    "rule": heading("a rule"),
    "person": heading("a person"),
    "reason": heading("reason"),
    "to": heading("to"),
    "from": heading("from"),
    "coach": heading("coach"),
    "first_contact": heading("first contact"),
    "first_contact_by": heading("first contact by"),
    "letter": heading("letter"),
    "kind": heading("kind"),
    "belongs": heading("belongs"),
    "other_area": heading("other area"),
    "event": heading("event"),
    "lang": heading("language"),
    "bundle": heading("print run"),
    "first_page": heading("first page"),
    "pages": heading("pages"),
}

_REASONS: Mapping[str, str] = {
    # why a membership ended
    "home_municipality_left_area": heading("moved out of the area"),
    "already_member_where_they_live": heading("already a member where they live"),
    "moved_to_another_area": heading("moved to another area"),
    "own_request": heading("own request"),
    "language": heading("language of service"),
    "conflict": heading("conflict"),
    "safety": heading("safety"),
    "trial_end": heading("the trial ended"),
    # why a coach is pinned or banned, beside those
    "continuity": heading("continuity"),
    "disqualified": heading("not impartial"),
    # what a letter tells of
    "within_area": heading("moved within the area"),
    "to_area": heading("moved to another area"),
    "from_area": heading("moved from another area"),
    "out_of_trials": heading("moved to where there is no trial"),
    "at_request": heading("own request"),
    "by_agreement": heading("by agreement"),
    "first_coach": heading("first coach"),
    "new_coach": heading("new coach"),
}


def kind_in_words(kind: str) -> str:
    """Return what happened."""
    return _KINDS.get(kind, kind)


def reason_in_words(reason: str) -> str:
    """Return why a membership ended, a coach is kept or a letter is written."""
    return _REASONS.get(reason, reason)


def facts_in_words(facts: Mapping[str, Any]) -> str:
    """Return what is remembered of it, each fact with its name."""
    return ", ".join(
        f"{said(_NAMES.get(name, name))} {_value(name, value)}"
        for name, value in facts.items()
        if value is not None
    )


def _value(name: str, value: object) -> str:
    if isinstance(value, bool):
        return said(heading("yes") if value else heading("no"))
    if isinstance(value, list):
        return ", ".join(_value(name, one) for one in value)
    text = str(value)
    if name in {"rules_from", "first_contact", "first_contact_by"}:
        return written(date.fromisoformat(text))
    if name == "grounds":
        from kuntactl.report.short import GROUNDS
        from kuntactl.report.vocabulary import words_for

        return words_for(text, GROUNDS).in_language(spoken())
    if name == "kind":
        return said(in_words(text))
    known = {"decided_by": _NAMES, "reason": _REASONS}.get(name, {})
    return said(known.get(text, text))


def _moment(at: str | None) -> str:
    """Return a moment, ISO in UTC, with its day as the language writes it."""
    if at is None:
        return ""
    day, _, time = at.partition("T")
    return f"{written(date.fromisoformat(day))} {time}"


def _on_what(command: Mapping[str, Any]) -> str:
    """Return what a command was given: day, exports, rules with the day they hold from."""
    exports = len(command["inputs"]["exports"])
    rules = (f"{one['id']} {written(date.fromisoformat(one['from']))}" for one in command["rules"])
    day = written(date.fromisoformat(command["on"]))
    return ", ".join([day, said(heading("exports: {count}", count=exports)), *rules])


_SHORT = 12  # characters of a hash that tell it from others


def log_in_words(commands: Sequence[Mapping[str, Any]]) -> tuple[list[str], list[list[Cell]]]:
    """Return the headings and the rows of the log: who gave which command, on what."""
    return (
        [
            *(heading("event"), heading("when"), heading("who"), heading("command")),
            *(heading("on what"), heading("result")),
        ],
        [
            [
                one["event"],
                _moment(one["at"]),
                f"{one['user']}@{one['machine']}" if one["user"] else "",
                one["command"],
                _on_what(one),
                (one["result"] or "")[:_SHORT],
            ]
            for one in commands
        ],
    )
