"""Options that go together: declared once, taken by every command that names the bundle."""

import inspect
import sys
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kuntactl.cli.log import current
from kuntactl.cli.options import (
    AreaFolder,
    AreaIds,
    Artificial,
    AsJson,
    Coaches,
    Corrections,
    Delimiter,
    DryRun,
    Encoding,
    Engine,
    Lang,
    LetterDate,
    Marks,
    MaxMoves,
    Older,
    On,
    Out,
    Profile,
    Recipients,
    RegisterPlace,
    Reviewed,
    RulesFolder,
    RulesId,
    SealAll,
    Sides,
    TemplateFolder,
    TiesFile,
    Wait,
    Workers,
    cores,
    now,
    operator,
)
from kuntactl.domain.own import OwnSettings
from kuntactl.domain.types import Language
from kuntactl.locale import phrase

if TYPE_CHECKING:
    from kuntactl.ingest.ahead import Handed
    from kuntactl.pipeline.desk import DeskOrder
    from kuntactl.pipeline.order import RunOrder, SplitOrder
    from kuntactl.pipeline.request import Request

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFolders:
    """The user's own areas and rule sets, for commands that only show them."""

    areas: AreaFolder = None
    rules_dir: RulesFolder = None

    @property
    def settings(self) -> OwnSettings:
        """The folders, as the product takes them."""
        return OwnSettings(areas=self.areas, rules=self.rules_dir)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOfExports:
    """What every command that reads exports is asked."""

    on: On = None
    profile: Profile = None
    encoding: Encoding = None
    delimiter: Delimiter = None
    artificial: Artificial = "accept"
    corrections: Corrections = None
    lang: Lang = Language.FI
    as_json: AsJson = False
    areas: AreaFolder = None
    rules_dir: RulesFolder = None

    def request(self, exports: list[Path]) -> "Request":
        """Return what the user asks of these exports; without a day it is today."""
        from kuntactl.pipeline.request import Request

        _announce_stdin(exports)
        return Request(
            exports=tuple(exports),
            on=self.on or date.today(),
            profile=self.profile,
            encoding=self.encoding,
            delimiter=self.delimiter,
            reject_artificial=self.artificial == "reject",
            corrections=tuple(self.corrections or ()),
            language=self.lang,
            own=OwnSettings(areas=self.areas, rules=self.rules_dir),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOfReading(AskedOfExports):
    """What every command that decides about exports is asked."""

    area: AreaIds = None

    def request(self, exports: list[Path]) -> "Request":
        """Return what the user asks of these exports; without a day it is today."""
        return replace(AskedOfExports.request(self, exports), area_ids=tuple(self.area or ()))


def _announce_stdin(exports: list[Path]) -> None:
    """Say that an export is read from the terminal: it would wait in silence."""
    if Path("-") in exports and sys.stdin.isatty():
        current().say(phrase("reading an export from standard input; Ctrl-D ends it"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(AskedOfReading):
    """What every command that decides by one rule set an area is asked."""

    rules: RulesId = None
    reviewed: Reviewed = None
    workers: Workers = None
    dry_run: DryRun = False

    def request(self, exports: list[Path], ahead: "Handed | None" = None) -> "Request":
        """Return what the user asks of these exports, of which one may be read ahead."""
        asked = AskedOfReading.request(self, exports)
        return replace(asked, rules_id=self.rules, reviewed=self.reviewed, ahead=ahead)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOfDesk:
    """What every command that writes letters and remembers them is asked beside that."""

    out: Out
    register: RegisterPlace = None
    templates: TemplateFolder = None
    letter_date: LetterDate = None
    engine: Engine = "stamp"
    marks: Marks = False
    sides: Sides = "one"
    wait: Wait = 0.0
    older: Older = False
    recipient: Recipients = None
    seal_all: SealAll = False

    def desk_order(self, *, workers: int | None, dry_run: bool) -> "DeskOrder":
        """Return where the files and the memory are, and how letters are made."""
        from kuntactl.pipeline.desk import DeskOrder

        return DeskOrder(**self.places(workers=workers, dry_run=dry_run))

    def places(self, *, workers: int | None, dry_run: bool) -> dict[str, Any]:
        """Return the fields of a ``DeskOrder``.

        Raises:
            SettingsError: If nothing can be sealed for a recipient.
        """
        from kuntactl.files.sealing import SealOrder

        seal = SealOrder(recipients=tuple(self.recipient or ()), everything=self.seal_all)
        seal.check()
        return {
            "out": self.out,
            "register": self.register,
            "letter_date": self.letter_date,
            "templates": self.templates,
            "engine": self.engine,
            "marks": self.marks,
            "sides": {"one": 1, "two": 2}[self.sides],
            "workers": workers or cores(),
            "dry_run": dry_run,
            "started": now(),
            "by": operator(),
            "wait": self.wait,
            "older": self.older,
            "seal": seal,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOfSplit:
    """What every command that shares clients out is asked."""

    coaches: Coaches
    ties: TiesFile = None

    def split_order(self, *, workers: int | None) -> "SplitOrder":
        """Return whom the clients are shared out among."""
        from kuntactl.pipeline.order import SplitOrder

        return SplitOrder(coaches=self.coaches, ties=self.ties, workers=workers or cores())


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOfRun(AskedOfDesk):
    """What a run is asked beside that, and every command that does as a run would do."""

    coaches: Coaches
    ties: TiesFile = None
    max_moves: MaxMoves = 0

    def order(self, asked: Asked) -> "RunOrder":
        """Return what the run needs beside the request."""
        from kuntactl.pipeline.order import RunOrder, SplitOrder

        places = self.places(workers=asked.workers, dry_run=asked.dry_run)
        split = SplitOrder(
            coaches=self.coaches,
            ties=self.ties,
            max_moves=self.max_moves,
            workers=places["workers"],
        )
        return RunOrder(split=split, **places)


def bundled(command: Callable[..., Result]) -> Callable[..., Result]:
    """Return the command with the options of its bundles in its signature, as Typer reads it.

    A parameter whose type is a dataclass is a bundle: each field becomes an option, and the
    command gets the record.
    """
    signature = inspect.signature(command)
    bundles: dict[str, Any] = {
        name: parameter.annotation
        for name, parameter in signature.parameters.items()
        if is_dataclass(parameter.annotation)
    }

    @wraps(command)
    def call(**given: Any) -> Result:
        records = {
            name: bundle(**{option.name: given.pop(option.name) for option in fields(bundle)})
            for name, bundle in bundles.items()
        }
        return command(**given, **records)

    parameters = [
        option
        for name, parameter in signature.parameters.items()
        for option in (_options(bundles[name]) if name in bundles else [_by_name(parameter)])
    ]
    call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # as inspect reads it
    call.__annotations__ = {option.name: option.annotation for option in parameters}
    return call


def _options(bundle: Any) -> list[inspect.Parameter]:
    return [
        inspect.Parameter(
            option.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if option.default is MISSING else option.default,
            annotation=option.type,
        )
        for option in fields(bundle)
    ]


def _by_name(parameter: inspect.Parameter) -> inspect.Parameter:
    return parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
