"""Typst at its best: one compiler for all letters, fonts read once; a file each or one for all."""

import json
import os
import sys
import time
from pathlib import Path

import font_roboto
import typst
from letters_due import letters_of

TEMPLATE = Path(__file__).with_name("transfer.typ")


def main() -> None:
    """Write the letters into a folder; tell how long it took."""
    count, out, way = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    own = [_own(letter) for letter in letters_of(count)]
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
            sys_inputs={"letters": json.dumps(batch)}, format="pdf", pdf_standards=["ua-1"]
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


def _own(letter: object) -> dict[str, object]:
    (fields,) = letter.fields  # type: ignore[attr-defined]
    names = ("reference", "coach_name", "coach_phone", "coach_email")
    return {name: getattr(fields, name) for name in names} | {
        "recipient": [*fields.recipient],
        "grounds": [*fields.grounds],
    }


if __name__ == "__main__":
    main()
