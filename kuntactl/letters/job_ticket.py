"""What the printer is told of the print runs of one run and area."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from kuntactl.domain.types import EnvelopeSize, Language
from kuntactl.domain.wording import Words
from kuntactl.files.tables import write_table
from kuntactl.letters.sheets import sheets_of
from kuntactl.letters.window import ADDRESS_PITCH, ADDRESS_TOP, ENVELOPES, Envelope

_TEXT = {
    "title": Words(fi="Työmääräin painolle", sv="Arbetsorder för tryckeriet", en="Job ticket"),
    "head": Words(
        fi="{area}, ajo {run}, {day}",
        sv="{area}, körning {run}, {day}",
        en="{area}, run {run}, {day}",
    ),
    "paper1": Words(
        fi="A4, yksipuolinen tulostus, todellinen koko (ei sovitusta sivulle)",
        sv="A4, enkelsidig utskrift, verklig storlek (ingen anpassning till sidan)",
        en="A4, printed on one side, actual size (no fitting to the page)",
    ),
    "paper2": Words(
        fi="A4, kaksipuolinen tulostus, todellinen koko (ei sovitusta sivulle)",
        sv="A4, dubbelsidig utskrift, verklig storlek (ingen anpassning till sidan)",
        en="A4, printed on both sides, actual size (no fitting to the page)",
    ),
    "counts": Words(
        fi="kirjeitä {letters}, sivuja {pages}, arkkeja {sheets}",
        sv="brev {letters}, sidor {pages}, ark {sheets}",
        en="letters {letters}, pages {pages}, sheets {sheets}",
    ),
    "ids": Words(fi="{first} – {last}", sv="{first} – {last}", en="{first} – {last}"),
    "sheets": Words(
        fi="arkkeja kirjeessä {sheets}: kirjeitä {letters}",
        sv="ark i ett brev {sheets}: brev {letters}",
        en="sheets in a letter {sheets}: letters {letters}",
    ),
    "envelope": Words(
        fi="ikkunakuoreen {name} sopii {letters} (enintään {most} arkkia, osoitteessa enintään "
        "{lines} riviä)",
        sv="i fönsterkuvert {name} passar {letters} (högst {most} ark, högst {lines} rader i "
        "adressen)",
        en="window envelope {name} suits {letters} (at most {most} sheets, at most {lines} lines "
        "in the address)",
    ),
    "total": Words(fi="Yhteensä", sv="Totalt", en="In all"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintRun:
    """One file for the printer."""

    file: str
    letter_ids: tuple[str, ...]  # in the order of the file
    pages: int  # those of the letters, without blank backs
    sheets: tuple[int, ...]  # of each letter
    suits: Mapping[EnvelopeSize, tuple[str, ...]]  # the letters that fit each envelope


@dataclass(frozen=True, slots=True, kw_only=True)
class JobTicket:
    """The print runs of one run and area."""

    area: str  # id
    area_name: str
    run: int
    day: date
    sides: int  # of a sheet that are printed
    print_runs: tuple[PrintRun, ...]

    def as_csv(self) -> bytes:
        """Return one line a print run: counts, first and last letter, letters an envelope."""
        return write_table(
            pl.DataFrame(
                [
                    {
                        "print_run": run.file,
                        **_counts(run),
                        "first_letter": run.letter_ids[0],
                        "last_letter": run.letter_ids[-1],
                        **{size.value: len(letters) for size, letters in run.suits.items()},
                    }
                    for run in self.print_runs
                ]
            )
        )

    def as_json(self) -> bytes:
        """Return all that the ticket says, for a machine; with the letters that do not fit."""
        facts = {
            "area": self.area,
            "run": self.run,
            "day": self.day.isoformat(),
            "sides": self.sides,
            "print_runs": [_facts(run) for run in self.print_runs],
        }
        return (json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode()

    def as_text(self, language: Language) -> bytes:
        """Return the ticket as a person at the printer reads it."""

        def say(key: str, **values: object) -> str:
            return _TEXT[key].in_language(language).format(**values)

        lines = [
            say("title"),
            say("head", area=self.area_name, run=self.run, day=self.day.isoformat()),
            say(f"paper{self.sides}"),
        ]
        for run in self.print_runs:
            lines += ["", run.file]
            lines.append("  " + say("counts", **_counts(run)))
            lines.append("  " + say("ids", first=run.letter_ids[0], last=run.letter_ids[-1]))
            for sheets, letters in sorted(Counter(run.sheets).items()):
                lines.append("  " + say("sheets", sheets=sheets, letters=letters))
            for size, letter_ids in run.suits.items():
                envelope = ENVELOPES[size]
                values = {"name": envelope.name, "letters": len(letter_ids)}
                limits = {"most": envelope.most_sheets, "lines": _most_lines(envelope)}
                lines.append("  " + say("envelope", **values, **limits))
        total = {
            name: sum(_counts(run)[name] for run in self.print_runs)
            for name in ("letters", "pages", "sheets")
        }
        lines += ["", say("total"), "  " + say("counts", **total)]
        return ("\n".join(lines) + "\n").encode()


def print_runs_of(done: pl.DataFrame, lines: pl.DataFrame, *, sides: int) -> tuple[PrintRun, ...]:
    """Return the print runs of an area, in the order of their letters.

    Args:
        done: ``LettersDone`` of the area; letters in no print run are passed over.
        lines: ``letter_id`` and ``lines`` (lines in the window) of these letters.
        sides: Sides of a sheet that are printed.
    """
    printed = done.drop_nulls("bundle").join(
        lines, on="letter_id", how="left", maintain_order="left"
    )
    return tuple(
        _print_run(letters, sides=sides)
        for letters in printed.partition_by("bundle", maintain_order=True)
    )


def _print_run(letters: pl.DataFrame, *, sides: int) -> PrintRun:
    rows = list(letters.select("letter_id", "pages", "lines").iter_rows())
    sheets = {letter_id: sheets_of(pages, sides=sides) for letter_id, pages, _ in rows}
    return PrintRun(
        file=letters["bundle"][0],
        letter_ids=tuple(sheets),
        pages=int(letters["pages"].sum()),
        sheets=tuple(sheets.values()),
        suits={
            envelope.size: tuple(
                letter_id
                for letter_id, _, lines in rows
                if sheets[letter_id] <= envelope.most_sheets and lines <= _most_lines(envelope)
            )
            for envelope in ENVELOPES.values()
        },
    )


def _most_lines(envelope: Envelope) -> int:
    """Return how many lines of an address fit its window where our templates put them."""
    return int((envelope.address.bottom - ADDRESS_TOP) / ADDRESS_PITCH + 1e-9)


def _counts(run: PrintRun) -> dict[str, int]:
    return {"letters": len(run.letter_ids), "pages": run.pages, "sheets": sum(run.sheets)}


def _facts(run: PrintRun) -> dict[str, Any]:
    by_sheets = Counter(run.sheets)
    return {
        "print_run": run.file,
        **_counts(run),
        "first_letter": run.letter_ids[0],
        "last_letter": run.letter_ids[-1],
        "letters_by_sheets": {str(sheets): by_sheets[sheets] for sheets in sorted(by_sheets)},
        "envelopes": {
            size.value: {
                "letters": len(fitting),
                "not": _others(run.letter_ids, fitting),
            }
            for size, fitting in run.suits.items()
        },
    }


def _others(letter_ids: Sequence[str], fitting: Sequence[str]) -> list[str]:
    inside = set(fitting)
    return [letter_id for letter_id in letter_ids if letter_id not in inside]
