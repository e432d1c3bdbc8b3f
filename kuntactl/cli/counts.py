"""What commands count, in words."""

from collections.abc import Mapping

from kuntactl.cli.console import Cell, print_table
from kuntactl.locale import heading

WORDS: Mapping[str, str] = {
    # rows
    "read": heading("read"),
    "rejected": heading("rejected"),
    "accepted": heading("accepted"),
    "outside": heading("outside the areas"),
    "not_eligible": heading("not eligible"),
    "review": heading("to be checked"),
    "eligible": heading("eligible"),
    "compared": heading("compared"),
    "changed": heading("changed"),
    "skipped": heading("skipped"),
    # letters
    "due": heading("due"),
    "written": heading("written"),
    "already_sent": heading("already sent"),
    "protected": heading("protected"),
    "undeliverable": heading("undeliverable"),
    "to_remove": heading("letter to be removed"),
    # coaches
    "assigned": heading("assigned"),
    "unassigned": heading("unassigned"),
    "planned": heading("planned"),
    "late": heading("late"),
    # who enters a target group and who leaves it
    "enters": heading("enters"),
    "leaves": heading("leaves"),
    "to_review": heading("to checking"),
    "from_review": heading("from checking"),
    "area": heading("area"),
    "other_area": heading("other area"),
    # kinds of letters
    "transfer": heading("transfer"),
    "return": heading("return"),
    "move": heading("move"),
    "coach": heading("change of coach"),
    # what is kept for a time
    "letters": heading("letters"),
    "lists": heading("lists"),
    "workbooks": heading("workbooks"),
    "register": heading("register"),
}


def in_words(code: str) -> str:
    """Return what is counted under a code; the code where nobody has said it."""
    return WORDS.get(code, code)


def print_counts(title: str, counts: Mapping[str, int]) -> None:
    """Print a table of counts."""
    rows: list[list[Cell]] = [[in_words(name), count] for name, count in counts.items()]
    print_table([title, ""], rows, numbers=[1])
