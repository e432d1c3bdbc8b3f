"""What a use case that writes into a register works with: its folder, its register, its run."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from kuntactl import __version__
from kuntactl.domain.areas import load_areas
from kuntactl.errors import RegisterError
from kuntactl.files.sealing import NOT_SEALED, SealingSink, SealOrder
from kuntactl.files.staging import Sink, staged
from kuntactl.files.target import refuse_file
from kuntactl.letters.printing import Clock, Engine, Printing, no_clock
from kuntactl.letters.sheets import SheetMarks
from kuntactl.locale import phrase
from kuntactl.pipeline.request import Request, Stopwatch, Talk
from kuntactl.register.deeds import CameOut, Deed, Operator
from kuntactl.register.store import Register, open_register
from kuntactl.workers.cluster import Cluster

_REGISTER_FILE = "register.db"
_STDIN = Path("-")
# what the register tells of a command beside its events: numbers and codes, of nobody
_COUNTS = (
    *("rows", "letters", "assigned", "unassigned", "joined", "stayed", "left", "moved"),
    *("closed", "reason", "released"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskOrder:
    """Where the files and the memory of a use case are, and how its letters are made."""

    out: Path
    register: str | None = None  # path or URL; none: register.db in the folder
    letter_date: date | None = None  # none: the day of the decision
    templates: Path | None = None  # the user's own letter templates
    engine: str = "stamp"  # how letters are laid out: stamp or whole
    marks: bool = False  # whether each sheet has a code for the inserting machine
    sides: int = 1  # of a sheet that are printed
    workers: int = 1
    cluster: Cluster | None = None  # whose workers lay letters out; none: our own processes
    dry_run: bool = False
    started: str | None = None  # as a person reads it; told to a run that comes meanwhile
    by: Operator | None = None  # who gives the command; none: nobody has said
    wait: float = 0.0  # seconds to wait for another run that holds the register
    older: bool = False  # whether an export older than the last one may be taken
    seal: SealOrder = NOT_SEALED  # for whom files are sealed

    @property
    def register_place(self) -> str:
        """Where the register is: a path or URL."""
        return self.register or str(self.out / _REGISTER_FILE)

    @property
    def read_beside(self) -> Mapping[str, tuple[Path, ...]]:
        """The files that are read beside the exports and what comes with them, by role."""
        return {}

    @property
    def printing_options(self) -> Mapping[str, str]:
        """What changes the printed letters, by name, for the hash of a release."""
        return {"engine": self.engine, "marks": str(self.marks), "sides": str(self.sides)}

    def printing(self, *, clock: Clock = no_clock) -> Printing:
        """Return how the letters are printed.

        Args:
            clock: Tells how much of the time goes into print runs.
        """
        return Printing(
            engine=Engine(self.engine),
            overlay=SheetMarks(self.sides) if self.marks else None,
            sides=self.sides,
            clock=clock,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What every step of such a use case is handed."""

    request: Request
    order: DeskOrder
    sink: Sink
    register: Register
    watch: Stopwatch
    talk: Talk
    number: int  # of this run in the register

    @property
    def letter_date(self) -> date:
        """The date on the letters."""
        return self.order.letter_date or self.request.on

    @property
    def register_said(self) -> str:
        """What run.json says of the register."""
        return "new" if self.register.is_new else self.register.name

    def keep(self, content: bytes, facts: Mapping[str, Any]) -> None:
        """Remember the run, then let its files appear; the next run does what a kill prevents.

        In the other order a killed run would leave letters that the register does not know, and
        the next run would give their ids to others. A dry run keeps nothing.

        Args:
            content: What the run has come to, unlike that of any other run.
            facts: The same, to be told by the register: rules and counts.

        Raises:
            RegisterError: If the register cannot be written.
            DeliveryError: If a file cannot be moved into place.
        """
        if self.order.dry_run:
            return
        seal = sha256(content).hexdigest()
        counts = {name: facts[name] for name in _COUNTS if name in facts}
        self.register.came_out = CameOut(rules=facts.get("rules", ()), counts=counts)
        self.register.seal(seal)
        self.sink.seal(seal, register=self.register.place)
        try:
            self.register.commit()
        finally:
            if not self.register.remembers(seal):
                self.sink.discard()
        self.sink.publish()
        if self.register.is_new:
            self.talk.say(phrase("a new register: {register}", register=self.register.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A file that a run reads, as the register knows it."""

    name: str  # without its folder, unless another file has the same
    sha256: str
    office: str | None  # the area that most of its rows are about; none: not told


@contextmanager
def open_desk(
    request: Request,
    order: DeskOrder,
    *,
    command: str,
    inputs: Sequence[Input],
    watch: Stopwatch,
    talk: Talk,
) -> Iterator[Desk]:
    """Yield a desk for one run; what a run that was killed left is put in place first.

    Nothing appears in the folder, and nothing is remembered, before ``Desk.keep``.

    Args:
        request: The exports and the day.
        order: The folder, the register, the letters.
        command: As it is typed, for the register.
        inputs: The files that were read.
        watch: Measures the stages.
        talk: Hears how far the run is.

    Raises:
        RegisterError: If the register cannot be opened, read or written, or an export or the
            day is older than the last one.
        RegisterBusyError: If another run holds the register.
        DeliveryError: If the folder cannot be written.
    """
    refuse_file(order.out)
    with (
        # The register first: its lock tells the next run who holds it.
        open_register(
            order.register_place,
            started=order.started,
            dry_run=order.dry_run,
            wait=order.wait,
        ) as register,
        staged(order.out, dry_run=order.dry_run, wait=order.wait) as sink,
    ):
        settled = sink.settle(register.remembers, register=register.place)
        if settled:
            register.tell_for(settled)
            talk.say(
                phrase("a run that was stopped had not moved all its files into place: done now")
            )
        number = register.begin_run(
            on=request.on,
            version=__version__,
            inputs=[file.sha256 for file in inputs],
            offices=[file.office for file in inputs],
            deed=Deed(command=command, by=order.by, files=_read_beside(request, order)),
        )
        if not order.older:
            _refuse_older(register, inputs, on=request.on)
        yield Desk(
            request=request,
            order=order,
            sink=SealingSink(
                inner=sink,
                order=order.seal,
                areas={
                    area.id: area.protected.recipients
                    for area in load_areas(request.own.areas).values()
                    if area.protected
                },
                run=number,
            ),
            register=register,
            watch=watch,
            talk=talk,
            number=number,
        )


def _read_beside(request: Request, order: DeskOrder) -> dict[str, list[str | None]]:
    """Return the SHA-256 of what was read beside the exports, by role; null: standard input."""
    files = {
        "corrections": request.corrections,
        "reviewed": (request.reviewed,) if request.reviewed else (),
        **order.read_beside,
    }
    return {
        role: [None if path == _STDIN else sha256(path.read_bytes()).hexdigest() for path in paths]
        for role, paths in files.items()
        if paths
    }


def _refuse_older(register: Register, inputs: Sequence[Input], *, on: date) -> None:
    """Stop if the register has seen a later day, or a newer export of the same office.

    Who joins, moves or leaves by an old export did so long ago, and may be elsewhere since.

    Raises:
        RegisterError: If so.
    """
    last_day = register.last_day()
    if last_day and on < last_day:
        raise RegisterError(
            phrase("{on} is before the day of the last run, {last_day}", on=on, last_day=last_day),
            hint=phrase(
                "look at --on, or at the clock of this machine; --older takes it all the same"
            ),
        )
    older = register.overtaken([file.sha256 for file in inputs], [file.office for file in inputs])
    for place, day in older.items():
        raise RegisterError(
            phrase(
                "{inputs}: an older export: the run of {day} has read a newer one",
                inputs=inputs[place].name,
                day=day,
            ),
            hint=phrase("give the newest export; --older takes this one all the same"),
        )
