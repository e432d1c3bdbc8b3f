"""WeasyPrint at its best: HTML made beforehand, CSS and fonts read once, PDF/UA-1, a file each."""

import json
import os
import sys
import time
from pathlib import Path

import font_roboto
from letters_due import letters_of
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from kuntactl.files.templates import template_folder
from kuntactl.letters.compose import Composer
from kuntactl.letters.master import html_of

FACES = "".join(
    f"@font-face {{ font-family: Roboto; font-weight: {weight}; src: url(file://{path}) }}"
    for weight, path in (
        (400, Path(font_roboto.font_directory) / "Roboto-Regular.ttf"),
        (700, Path(font_roboto.font_directory) / "Roboto-Bold.ttf"),
    )
)


def main() -> None:
    """Write the letters into a folder; tell how long it took."""
    count, out = int(sys.argv[1]), Path(sys.argv[2])
    folder = template_folder("letters")
    composer = Composer([folder])
    pages = [
        html_of(letter.choices, letter.fields, composer=composer).replace(
            '<link rel="stylesheet" href="letter.css">', ""
        )
        for letter in letters_of(count)
    ]
    out.mkdir(parents=True)
    start, start_cpu = time.perf_counter(), time.process_time()
    fonts = FontConfiguration()
    style = CSS(filename=folder / "letter.css", font_config=fonts)
    faces = CSS(string=FACES, font_config=fonts)
    for number, page in enumerate(pages):
        pdf = HTML(string=page).write_pdf(
            stylesheets=[faces, style], font_config=fonts, pdf_variant="pdf/ua-1"
        )
        (out / f"{number:07}.pdf").write_bytes(pdf)
    os.sync()
    seconds, cpu = time.perf_counter() - start, time.process_time() - start_cpu
    sizes = [path.stat().st_size for path in out.glob("*.pdf")]
    print(
        json.dumps(
            {"seconds": seconds, "cpu_seconds": cpu, "letters": len(sizes), "largest": max(sizes)}
        )
    )


if __name__ == "__main__":
    main()
