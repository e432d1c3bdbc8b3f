"""The register: what is remembered between runs, and asked again in the next one."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from sqlalchemy import bindparam, delete, func, insert, inspect, select, update

from kuntactl.domain.schema import Answers, LettersDone, LettersDue, Members
from kuntactl.domain.types import AreaId
from kuntactl.register import journal, schema
from kuntactl.register.answers import ANSWERS, answers_in_force, new_answers
from kuntactl.register.events import NEW_EVENTS, EventKind
from kuntactl.register.frames import read_frame, write_rows
from kuntactl.register.letter_ids import LETTERS, letter_events, news_of, transfer_letters_due
from kuntactl.register.memberships import changes, coach_changes
from kuntactl.register.opening import Opened, opened
from kuntactl.register.waiting import Matter, note_waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """The memberships after a night's decisions.

    Members before = stayed + left + moved + absent; after = these without left, and joined.
    """

    members: pl.DataFrame  # Members: those of the chosen areas who stand in the decisions
    joined: int
    stayed: int
    left: int
    moved: int  # to another chosen area
    absent: int  # members who are in no export; kept


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierRun:
    """A run that the register remembers, with what it counted."""

    number: int
    on: date  # its decision day
    counts: Mapping[str, Any]  # as handed to ``finish_run``


@contextmanager
def open_register(
    location: str, *, started: str | None = None, dry_run: bool = False
) -> Iterator["Register"]:
    """Yield the register; what is not committed is forgotten, a new register with it.

    Args:
        location: A path or an SQLAlchemy URL; a missing file is made, its folder too.
        started: When this run began, as a person reads it; told to a run that comes meanwhile.
        dry_run: Whether to work on a copy, and touch no file of the register.

    Raises:
        RegisterBusyError: If another run holds it.
        RegisterError: If it is damaged, made by a newer version, or cannot be written.
    """
    with opened(location, started=started, dry_run=dry_run) as register:
        yield Register(register)


class Register:
    """One run's view of the register, in one transaction."""

    def __init__(self, register: Opened) -> None:
        """Work on the register that ``open_register`` opened."""
        self.is_new = register.is_new  # it held nothing before
        self.name = register.place.name  # as the user gave it; without a password
        self.place = register.place.url.render_as_string(hide_password=True)  # from anywhere
        self._register = register
        self._connection = register.connection
        self._run = 0
        self._on = date.min

    def begin_run(self, *, on: date, version: str, inputs: Sequence[str]) -> int:
        """Return the number of this run: 1, 2, 3 ...; a run not committed does not use it up.

        Args:
            on: The decision day, which is also the day of this run's events.
            version: Of kuntactl.
            inputs: SHA-256 of each input file.
        """
        newest = self._connection.scalar(select(func.max(schema.run.c.number)))
        self._run, self._on = (newest or 0) + 1, on
        row = {"number": self._run, "on_day": on, "version": version}
        self._connection.execute(insert(schema.run), [{**row, "inputs": json.dumps([*inputs])}])
        return self._run

    def finish_run(self, counts: Mapping[str, Any]) -> None:
        """Remember how many of what this run made, and who accepted which control totals.

        Args:
            counts: What JSON can hold; nothing of a single client.
        """
        run = update(schema.run).where(schema.run.c.number == self._run)
        self._connection.execute(run.values(counts=json.dumps(dict(counts), sort_keys=True)))

    def runs_before(self) -> Iterator[EarlierRun]:
        """Yield the runs before this one that said what they counted, the newest first."""
        run = schema.run
        query = select(run.c.number, run.c.on_day, run.c.counts).where(
            run.c.number < self._run, run.c.counts.is_not(None)
        )
        newest_first = query.order_by(run.c.number.desc()).execution_options(yield_per=10)
        for number, on, counts in self._connection.execute(newest_first):
            yield EarlierRun(number=number, on=on, counts=json.loads(counts))

    def last_day(self) -> date | None:
        """Return the latest decision day of the runs before; none: this is the first."""
        run = schema.run
        latest = select(func.max(run.c.on_day)).where(run.c.number < self._run)
        day: date | None = self._connection.scalar(latest)
        return day

    def days_of_runs(self) -> dict[int, date]:
        """Return the decision day of every run so far, by its number."""
        run = schema.run
        return {row.number: row.on_day for row in self._connection.execute(select(run))}

    def remember_purge(self, receipt: Mapping[str, Any], *, client_id: str | None) -> None:
        """Remember what was removed: how many files of each kind, and the hash over them.

        Args:
            receipt: Numbers, days and hashes.
            client_id: Whose files they were; none: of everybody whose time is over.
        """
        event = {"kind": EventKind.PURGED.value, "area": None, "client_id": client_id or ""}
        row = {**event, "facts": json.dumps(receipt, sort_keys=True)}
        self._append(pl.DataFrame([row], schema=NEW_EVENTS))

    def answers(self, fingerprints: pl.DataFrame) -> pl.DataFrame:
        """Return the answers whose client still has the facts they rest on, as ``Answers``.

        Args:
            fingerprints: ``client_id``, ``fingerprint``; a client who is not in it has none.
        """
        return Answers.validate(answers_in_force(self._answers(), fingerprints))

    def remember_answers(self, answers: pl.DataFrame, fingerprints: pl.DataFrame) -> None:
        """Remember each answer with the facts it rests on, in place of an older one.

        Args:
            answers: ``Answers``; those of clients without a fingerprint are passed over.
            fingerprints: ``client_id``, ``fingerprint``.
        """
        fresh, events = new_answers(answers, fingerprints, known=self._answers())
        answer = schema.answer
        older = delete(answer).where(answer.c.client_id == bindparam("of_client"))
        write_rows(
            self._connection, older, fresh.select(of_client="client_id").iter_rows(named=True)
        )
        write_rows(
            self._connection,
            insert(answer),
            ({**row, "run": self._run} for row in fresh.iter_rows(named=True)),
        )
        self._append(events)

    def reconcile(
        self, decisions: pl.DataFrame, *, areas: Mapping[AreaId, bool], on: date
    ) -> Reconciled:
        """Let the members of the areas join, stay, leave and move as the decisions say.

        Args:
            decisions: ``Decisions``, one row a client of the exports.
            areas: The chosen areas, each with whether it takes new clients; members of other
                areas are not looked at.
            on: The day of joining and leaving.

        Raises:
            ValueError: If a decision is of an area that was not chosen.
        """
        night = changes(decisions, journal.read_active(self._connection, areas), areas=areas)
        journal.append(self._connection, night.events, run=self._run, on=on)
        members = (
            journal.read_active(self._connection, areas)
            .join(decisions.select("client_id"), on="client_id", how="semi")
            .unique("client_id", keep="last", maintain_order=True)
            .with_columns(pl.col("grounds").str.json_decode(pl.List(pl.String)))
            .select(Members.column_names())
            .sort("area", "client_id")
        )
        return Reconciled(
            members=Members.validate(members),
            joined=night.joined,
            stayed=night.stayed,
            left=night.left,
            moved=night.moved,
            absent=night.absent,
        )

    def remember_coaches(self, assignments: pl.DataFrame) -> None:
        """Remember who coaches each member.

        Args:
            assignments: ``Assignments``; null takes the coach away.

        Raises:
            ValueError: If an assignment is of somebody who is not a member.
        """
        active = journal.read_active(self._connection, assignments["area"])
        self._append(coach_changes(assignments, active))

    def letters_due(self, members: pl.DataFrame) -> pl.DataFrame:
        """Return the transfer letters that these members have not had, as ``LettersDue``.

        Each has its id from now on: the same for the same joining, until it can be sent.

        Args:
            members: ``Members``, as ``reconcile`` gave them or some of them.
        """
        known = journal.read_active(self._connection, members["area"]).join(
            members.select("area", "client_id"), on=["area", "client_id"], how="semi"
        )
        due = transfer_letters_due(known, self._letters(members["area"]))
        fresh = due.filter(~pl.col("is_numbered")).select(
            "letter_id", "area", "number", "client_id", "kind", "event"
        )
        write_rows(self._connection, insert(schema.letter), fresh.iter_rows(named=True))
        days = known.select("area", "client_id", day="since")
        lines = due.join(days, on=["area", "client_id"]).with_columns(
            reason=pl.lit(None, pl.String), other_area=pl.lit(None, pl.String)
        )
        lines = lines.select(LettersDue.column_names()).sort("area", "letter_id")
        return LettersDue.validate(lines)

    def record_letters(self, done: pl.DataFrame) -> pl.DataFrame:
        """Remember what became of the letters; return the lines that are new, as ``LettersDone``.

        A letter that was undeliverable before and still is makes no new line.

        Args:
            done: ``LettersDone``, under the ids of ``letters_due``.

        Raises:
            ValueError: If an id was not given by ``letters_due`` to this client.
        """
        news = news_of(done, self._letters(done["area"]))
        letter = schema.letter
        columns = ("status", "lang", "sha256", "bundle", "first_page")
        outcome = (
            update(letter)
            .where(letter.c.letter_id == bindparam("of_letter"))
            .values(**{name: bindparam(f"new_{name}") for name in columns}, run=self._run)
        )
        rows = news.select(
            of_letter="letter_id", **{f"new_{name}": pl.col(name) for name in columns}
        )
        write_rows(self._connection, outcome, rows.iter_rows(named=True))
        self._append(letter_events(news))
        return LettersDone.validate(news)

    def waiting(self, kind: str, matters: Iterable[Matter], *, seen: Collection[str]) -> int:
        """Return how many of the matters did not wait before; remember them all, as hashes.

        Args:
            kind: What they wait for: rejected, review, unassigned, undeliverable.
            matters: What waits now; the same one twice counts once.
            seen: Whose matters of this kind this run would have found; of nobody else is a
                matter taken to be over.
        """
        return note_waiting(self._connection, kind, matters, seen=seen, run=self._run)

    def seal(self, seal: str) -> None:
        """Give this run the seal by which its files ask later whether it was remembered."""
        run = schema.run
        self._connection.execute(update(run).where(run.c.number == self._run).values(seal=seal))

    def remembers(self, seal: str) -> bool:
        """Return whether a run with this seal is remembered."""
        run = schema.run
        if not inspect(self._connection).has_table(run.name):
            return False  # a new register whose commit has failed
        found = select(func.count()).select_from(run).where(run.c.seal == seal)
        return bool(self._connection.scalar(found))

    def commit(self) -> None:
        """Keep all that this run remembered; without it the register stays as it was."""
        self._register.commit()

    def _append(self, events: pl.DataFrame) -> None:
        journal.append(self._connection, events, run=self._run, on=self._on)

    def _answers(self) -> pl.DataFrame:
        query = select(*(schema.answer.c[name] for name in ANSWERS.names()))
        return read_frame(self._connection, query, ANSWERS)

    def _letters(self, areas: pl.Series) -> pl.DataFrame:
        letter = schema.letter
        query = select(*(letter.c[name] for name in LETTERS.names())).where(
            letter.c.area.in_(sorted(areas.unique()))
        )
        return read_frame(self._connection, query, LETTERS)
