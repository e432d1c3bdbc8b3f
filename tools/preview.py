"""Pictures for eyes: of each page of each letter, and the two that the README shows."""

import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

from kuntactl.cli.main import main
from kuntactl.errors import ExitCode

RESOLUTION = 110  # pixels an inch
SMALL, COLOURS = 72, 64  # of the README's pictures: pixels an inch, colours in the palette
AREA = "porvoo"
RUN = (
    "run sample_data/uusimaa-2021-03-01.csv --coaches sample_data/coaches-2021.csv"
    f" --area {AREA} --on 2021-03-01 --pdf --lang en --workers 1"
)
TRANSFERS = {
    "porvoo-fi": "--area porvoo --letter-lang fi --on 2021-03-01",
    "porvoo-sv": "--area porvoo --letter-lang sv --on 2021-03-01",
    "porvoo-fi+en": "--area porvoo --letter-lang fi+en --on 2021-03-01",
    "raasepori-sv+en": "--area raasepori-hanko --letter-lang sv+en --on 2021-03-01",
    "salo-fi": "--area salo-marttila-koski --municipality 734 --on 2021-03-01",
    "salo-under-30-fi": "--area salo-marttila-koski --municipality 734 --team nuoret"
    " --on 2021-03-01",
    "koski-fi": "--area salo-marttila-koski --municipality 284 --on 2021-03-01",
    "mikkeli-fi": "--area mikkelin-seutu --on 2021-03-01",
    "pori-2017-fi": "--area pori-2017 --on 2017-08-01",
}
OTHERS = {
    "trial_end-pori": "--area pori-2017 --kind return --reason trial_end --letter-date 2018-12-03",
    "trial_end": "--area porvoo --kind return --reason trial_end --letter-date 2024-12-02",
    "at_request": "--area porvoo --kind return --reason at_request --on 2021-09-01",
    "by_agreement": "--area mikkelin-seutu --kind return --reason by_agreement --on 2021-09-01",
    "within_area": "--area salo-marttila-koski --kind move --reason within_area --on 2021-09-01",
    "to_area": "--area salo-marttila-koski --kind move --reason to_area --other-area porvoo"
    " --on 2021-09-01",
    "from_area": "--area raasepori-hanko --kind move --reason from_area --other-area porvoo"
    " --on 2021-09-01",
    "out_of_trials": "--area porvoo --kind move --reason out_of_trials --on 2021-09-01",
    "first_coach": "--area mikkelin-seutu --kind coach --reason first_coach --on 2021-09-01",
    "new_coach": "--area salo-marttila-koski --kind coach --reason new_coach --on 2021-09-01",
}
LETTERS = TRANSFERS | {
    f"{name}-{lang}": f"{words} --letter-lang {lang}"
    for name, words in OTHERS.items()
    for lang in ("fi+en", "sv+en")
}


def write_pictures(folder: Path) -> None:
    """Write a picture of each page of each letter into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        for name, words in LETTERS.items():
            letter = Path(work) / "letter.pdf"
            _kuntactl("letters", "preview", *words.split(), "--out", str(letter))
            document = pypdfium2.PdfDocument(letter.read_bytes())
            for number, page in enumerate(document, 1):
                picture = folder / f"{name}-{number}.png"
                page.render(scale=RESOLUTION / 72).to_pil().save(picture)
                sys.stdout.write(f"{picture}\n")


def write_readme_pictures(folder: Path) -> None:
    """Write the first page of a letter and of a report into the folder, small."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        letter, out = Path(work) / "letter.pdf", Path(work) / "out"
        _kuntactl("letters", "preview", *TRANSFERS["porvoo-fi"].split(), "--out", str(letter))
        _kuntactl(*RUN.split(), "--out", str(out))
        for name, file in (("letter", letter), ("report", out / AREA / "report.pdf")):
            page = pypdfium2.PdfDocument(file.read_bytes())[0]
            drawn = page.render(scale=SMALL / 72).to_pil().convert("RGB")
            picture = folder / f"{name}.png"
            drawn.quantize(COLOURS, Image.Quantize.FASTOCTREE).save(picture, optimize=True)
            sys.stdout.write(f"{picture}\n")


def _kuntactl(*words: str) -> None:
    try:
        main(words)
    except SystemExit as end:
        if end.code not in {ExitCode.DONE, ExitCode.WAITING}:
            raise


if __name__ == "__main__":
    write_readme_pictures(Path(sys.argv[2]))
    write_pictures(Path(sys.argv[1]))
