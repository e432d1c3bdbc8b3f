"""The register: what is remembered between runs, and asked again in the next one."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import polars as pl

from kuntactl.domain.schema import LettersDone
from kuntactl.domain.types import AreaId, ReturnReason
from kuntactl.register import answers as answer_book
from kuntactl.register import coaching, ending, journal, letter_book, runs
from kuntactl.register.beside import sum_up
from kuntactl.register.deeds import UNTOLD, CameOut, Deed, tell
from kuntactl.register.events import purged
from kuntactl.register.journal import Run
from kuntactl.register.letter_ids import letter_events, news_of
from kuntactl.register.opening import Opened, opened
from kuntactl.register.outcome import outcome
from kuntactl.register.overtaken import overtaken
from kuntactl.register.reconciling import Reconciled, reconcile
from kuntactl.register.runs import EarlierRun
from kuntactl.register.ties import new_ties, ties_in_force
from kuntactl.register.waiting import Matter, note_waiting

__all__ = ["EarlierRun", "Reconciled", "Register", "open_register"]


@contextmanager
def open_register(
    location: str, *, started: str | None = None, dry_run: bool = False, wait: float = 0.0
) -> Iterator["Register"]:
    """Yield the register; what is not committed is forgotten, a new register with it.

    Args:
        location: A path or an SQLAlchemy URL; a missing file is made, its folder too.
        started: When this run began, as a person reads it; told to a run that comes meanwhile.
        dry_run: Whether to work on a copy, and touch no file of the register.
        wait: Seconds to wait for another run that holds it.

    Raises:
        RegisterBusyError: If another run holds it.
        RegisterError: If it is damaged, made by a newer version, or cannot be written.
    """
    with opened(location, started=started, dry_run=dry_run, wait=wait) as register:
        yield Register(register)


class Register:
    """One run's view of the register, in one transaction."""

    def __init__(self, register: Opened) -> None:
        """Work on the register that ``open_register`` opened."""
        self.is_new = register.is_new  # it held nothing before
        self.was_older = register.was_older  # it was made by an older version
        self.name = register.place.name  # as the user gave it; without a password
        self.place = register.place.from_anywhere
        self._register = register
        self._connection = register.connection
        self._run = Run(number=0, on=date.min, first_event=0)
        self._untold: int | None = None
        self._deed: Deed | None = None  # none: no run began, or it was told
        self.came_out = CameOut()  # of this run: what ``commit`` tells in its last event

    def begin_run(
        self,
        *,
        on: date,
        version: str,
        inputs: Sequence[str],
        offices: Sequence[str | None] | None = None,
        deed: Deed = UNTOLD,
    ) -> int:
        """Return the number of this run: 1, 2, 3 ...; a run not committed does not use it up.

        Args:
            on: The decision day, which is also the day of this run's events.
            version: Of kuntactl.
            inputs: SHA-256 of each input file.
            offices: The area that most rows of each are about, or none; no list: not counted.
            deed: Which command it is, and who gave it.
        """
        self._deed = deed
        self._run = runs.begin(
            self._connection, on=on, version=version, inputs=inputs, offices=offices
        )
        return self._run.number

    def finish_run(self, counts: Mapping[str, Any]) -> None:
        """Remember how many of what this run made, and who accepted which control totals.

        ``counts`` is what JSON can hold, and tells nothing of a single client.
        """
        runs.note_counts(self._connection, self._run.number, counts)

    def runs_before(self) -> Iterator[EarlierRun]:
        """Yield the runs before this one that said what they counted, the newest first."""
        return runs.runs_before(self._connection, self._run.number)

    def last_day(self) -> date | None:
        """Return the latest day of the runs of exports before this one; none: it is the first."""
        return runs.last_day(self._connection, before=self._run.number)

    def overtaken(
        self, inputs: Sequence[str], offices: Sequence[str | None]
    ) -> Mapping[int, date]:
        """Return which of the files are older than one that was read, as ``overtaken`` does."""
        return overtaken(self._connection, inputs, offices, before=self._run.number)

    def days_of_runs(self) -> dict[int, date]:
        """Return the decision day of every run so far, by its number."""
        return runs.days_of_runs(self._connection)

    def remember_purge(self, receipt: Mapping[str, Any], *, client_id: str | None) -> None:
        """Remember what was removed, as ``events.purged`` says it."""
        self._append(purged(receipt, client_id=client_id))

    def forget_words_on(self, client_id: str) -> bool:
        """Forget who answered on the client and why; return whether there was any such word."""
        return answer_book.forget_words(self._connection, client_id)

    def answers(self, fingerprints: pl.DataFrame) -> pl.DataFrame:
        """Return the answers whose client still has the facts they rest on, as ``Answers``.

        A client who is not in ``fingerprints`` (``client_id``, ``fingerprint``) has none.
        """
        return answer_book.answers_in_force(self._connection, fingerprints)

    def remember_answers(self, answers: pl.DataFrame, fingerprints: pl.DataFrame) -> None:
        """Remember each answer with the facts it rests on, in place of an older one.

        Args:
            answers: ``Answers``; those of clients without a fingerprint are passed over.
            fingerprints: ``client_id``, ``fingerprint``.
        """
        run = self._run.number
        self._append(answer_book.remember(self._connection, answers, fingerprints, run=run))

    def reconcile(
        self, decisions: pl.DataFrame, homes: pl.DataFrame, *, areas: Mapping[AreaId, bool]
    ) -> Reconciled:
        """Let the members of the areas join, stay, leave and move as the decisions say.

        Args:
            decisions: ``Decisions``, one row a client of the exports.
            homes: ``Homes``, of the same clients.
            areas: The chosen areas, each with whether it takes new clients; members of other
                areas are not looked at.

        Raises:
            ValueError: If a decision is of an area that was not chosen.
        """
        return reconcile(self._connection, decisions, homes, areas=areas, run=self._run)

    def first_contacts(self, areas: Iterable[AreaId]) -> pl.DataFrame:
        """Return ``FirstContacts`` of earlier runs, of members with the coach they have."""
        return coaching.first_contacts(self._connection, areas)

    def remember_coaches(
        self, assignments: pl.DataFrame, *, contacts: pl.DataFrame | None = None
    ) -> None:
        """Remember who coaches each member, and when they first meet.

        Args:
            assignments: ``Assignments``; null takes the coach away.
            contacts: ``FirstContacts``; none: nobody has planned any.

        Raises:
            ValueError: If an assignment is of somebody who is not a member.
        """
        active = journal.read_active(self._connection, assignments["area"])
        self._append(coaching.coach_changes(assignments, active, contacts=contacts))

    def ties(self) -> pl.DataFrame:
        """Return the pins and bans that hold, as ``Ties``."""
        return ties_in_force(self._connection)

    def remember_ties(self, given: pl.DataFrame) -> None:
        """Remember what people say of clients and coaches (``Ties``), with the coded reason."""
        self._append(new_ties(given, self.ties()))

    def areas_of(self, client_id: str, *, reason: ReturnReason) -> tuple[AreaId, ...]:
        """Return the areas that a client goes back from, or went back from by the same return.

        Raises:
            RegisterError: If there is none.
        """
        return ending.areas_of(self._connection, client_id, reason=reason, on=self._run.on)

    def return_client(self, client_id: str, *, reason: ReturnReason) -> bool:
        """End every membership of a client; return whether there was any.

        They do not join these areas again by themselves.
        """
        return ending.return_client(self._connection, client_id, reason=reason, run=self._run)

    def let_in_again(self, client_id: str) -> tuple[AreaId, ...]:
        """Let a client who was returned join again; return the areas that kept them out.

        Raises:
            RegisterError: If the client was not returned.
        """
        return ending.let_in_again(self._connection, client_id, run=self._run)

    def end_trial(self, area: AreaId, *, day: date) -> int:
        """End every membership of the area; return how many they were.

        Args:
            area: Whose trial has ended.
            day: First day without the trial.

        Raises:
            RegisterError: If nobody was ever a member of the area.
        """
        return ending.end_trial(self._connection, area, day=day, run=self._run)

    def outcome(self, area: AreaId) -> pl.DataFrame:
        """Return the counts of an area's memberships, letters and coaches, as ``OUTCOME``."""
        return outcome(self._connection, area)

    def letters_due(
        self, clients: pl.DataFrame | None, *, areas: Iterable[AreaId]
    ) -> pl.DataFrame:
        """Return the letters that these clients have yet to get: ``letter_book.letters_due``."""
        return letter_book.letters_due(
            self._connection, clients, areas=set(areas), since=self._run.first_event
        )

    def letters_of_run(self, run: int) -> pl.DataFrame:
        """Return the letters that a run wrote, as ``LettersDue`` of that run."""
        return letter_book.read_sent(self._connection, run=run)

    def record_letters(self, done: pl.DataFrame) -> pl.DataFrame:
        """Remember what became of the letters; return the lines that are new, as ``LettersDone``.

        A letter that was undeliverable before and still is makes no new line.

        Args:
            done: ``LettersDone``, under the ids of ``letters_due``.

        Raises:
            ValueError: If an id was not given by ``letters_due`` to this client.
        """
        since = self._run.first_event
        known = letter_book.read_letters(self._connection, set(done["area"]), since=since)
        news = news_of(done, known)
        letter_book.note_outcome(self._connection, news, run=self._run.number)
        self._append(letter_events(news))
        return LettersDone.validate(news.select(LettersDone.column_names()))

    def printed(self, clients: pl.Series, *, areas: Iterable[AreaId]) -> pl.DataFrame:
        """Return the letters to these clients for the printer, as ``letter_book.read_printed``."""
        return letter_book.read_printed(self._connection, set(areas), clients)

    def waiting(self, kind: str, matters: Iterable[Matter], *, seen: Collection[str]) -> int:
        """Return how many of the matters nobody was told of; remember them all, as hashes.

        Args:
            kind: What they wait for: rejected, review, unassigned, undeliverable.
            matters: What waits now; the same one twice counts once.
            seen: Whose matters of this kind this run would have found; of nobody else is a
                matter taken to be over.
        """
        run, untold = self._run.number, self._untold
        return note_waiting(self._connection, kind, matters, seen=seen, run=run, untold=untold)

    def seal(self, seal: str) -> None:
        """Give this run the seal by which its files ask later whether it was remembered."""
        runs.note(self._connection, self._run.number, seal=seal)

    def remembers(self, seal: str) -> bool:
        """Return whether a run with this seal is remembered.

        Raises:
            RegisterError: If the database server has gone away since.
        """
        self._register.refuse_lost()
        return runs.sealed_run(self._connection, seal) is not None

    def tell_for(self, seal: str) -> None:
        """Let ``waiting`` count what was new in the run with this seal, which could not say so."""
        self._untold = runs.sealed_run(self._connection, seal)

    def commit(self) -> None:
        """Keep all that this run remembered; without it the register stays as it was.

        The last event of a run tells who gave its command: nothing is kept without one.
        """
        if self._deed is not None:
            tell(self._connection, self._run, self._deed, self.came_out)
            sum_up(self._connection)
            self._deed = None
        self._register.commit()

    def _append(self, events: pl.DataFrame) -> None:
        journal.append(self._connection, events, run=self._run)
