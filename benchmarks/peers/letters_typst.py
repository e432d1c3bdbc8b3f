"""Typst at its best: one compiler for all letters, fonts read once; a file each or one for all."""

import json
import os
import sys
import time
from datetime import date
from pathlib import Path

import font_roboto
import typst
from letters_due import letters_of

from kuntactl.letters.letter import Letter

TEMPLATE = Path(__file__).with_name("transfer.typ")


def main() -> None:
    """Write the letters into a folder; tell how long it took."""
    count, out, way = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    letters = letters_of(count)
    own = [_own(letter) for letter in letters]
    constant = json.dumps(said_to_all(letters[0]))
    batches = [own] if way == "one-document" else [[one] for one in own]
    out.mkdir(parents=True)
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[font_roboto.font_directory],
    )
    start, start_cpu = time.perf_counter(), time.process_time()
    compiler = typst.Compiler(TEMPLATE, font_paths=fonts)
    for number, batch in enumerate(batches):
        pdf = compiler.compile(
            sys_inputs={"letters": json.dumps(batch), "constant": constant},
            format="pdf",
            pdf_standards=["ua-1"],
        )
        (out / f"{number:07}.pdf").write_bytes(pdf)
    os.sync()
    seconds, cpu = time.perf_counter() - start, time.process_time() - start_cpu
    sizes = [path.stat().st_size for path in out.glob("*.pdf")]
    print(
        json.dumps(
            {"seconds": seconds, "cpu_seconds": cpu, "letters": count, "largest": max(sizes)}
        )
    )


def _own(letter: Letter) -> dict[str, object]:
    (fields,) = letter.fields
    names = (
        *("recipient", "reference", "municipality_genitive", "grounds"),
        *("coach_name", "coach_phone", "coach_email"),
    )
    return {name: getattr(fields, name) for name in names}


def said_to_all(letter: Letter) -> dict[str, object]:
    """Return what a letter says that is the same for every client."""
    (choices,) = letter.choices
    day = _finnish(choices.day)
    return {
        "heading": f"Palvelusi siirtyvät kotikuntaasi {day}",
        "sender": choices.sender,
        "trial": choices.trial_name[0].upper() + choices.trial_name[1:],
        "act": choices.trial_act,
        "day": day,
        "end": _finnish(choices.trial_end),
        "te_office": choices.te_office,
        "web": choices.web,
    }


def _finnish(day: date | None) -> str:
    return f"{day.day}.{day.month}.{day.year}" if day else ""


if __name__ == "__main__":
    main()
