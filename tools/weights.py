"""Writes the tables of what a client weighs into a page, between its two markers."""

import sys
from pathlib import Path

from kuntactl.assignment.weights_page import weights_page

BEGIN, END = "<!-- weights: made by `make docs` -->\n", "<!-- end of weights -->\n"


def main(page: Path) -> None:
    """Replace what stands between the markers of the page."""
    text = page.read_text("utf-8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    page.write_text(f"{before}{BEGIN}\n{weights_page()}\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
