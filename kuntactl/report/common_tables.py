"""Tables that the reports of an area and of a run have in common."""

from collections.abc import Sequence
from dataclasses import dataclass

from kuntactl.domain.wording import Words
from kuntactl.report.figures import OUTCOMES, Combination, Count, LetterCounts, Rows
from kuntactl.report.table import Column, Line, Share, Table, Value
from kuntactl.report.texts import TEXTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What a table is called."""

    id: str
    caption: Words
    head: Words  # of its first column
    unit: Words  # of its counts


def column(key: str, kind: str = "number") -> Column:
    """Return a column whose heading is the report's text of that key."""
    return Column(key=key, heading=TEXTS[key], kind=kind)


def flow_table(rows: Rows, *, outside: Words) -> Table:
    """Return where every row went."""
    words = {**{key: TEXTS[key] for key in OUTCOMES}, "outside": outside}
    inner = [
        Line(
            key=key,
            values=(said, getattr(rows, key), Share(part=getattr(rows, key), whole=rows.read)),
            look="inner",
            mark=key,
        )
        for key, said in words.items()
    ]
    return Table(
        id="rows",
        caption=TEXTS["rows_note"],
        columns=(column("outcome", "head"), column("rows"), column("share", "share")),
        lines=(
            *inner,
            Line(key="accepted", values=_of_read("accepted", rows), look="sum"),
            Line(key="rejected", values=_of_read("rejected", rows), mark="rejected"),
        ),
        total=Line(key="read", values=_of_read("read", rows)),
    )


def _of_read(key: str, rows: Rows) -> tuple[Value, ...]:
    count = getattr(rows, key)
    return (TEXTS[key], count, Share(part=count, whole=rows.read))


def letters_table(letters: LetterCounts, *, apart: bool) -> Table:
    """Return what became of the letters.

    Args:
        letters: The counts.
        apart: Whether letters under non-disclosure have a line of their own; else they are
            counted with those that were written.
    """
    counts = {
        "written": letters.written + (0 if apart else letters.protected),
        "already_sent": letters.already_sent,
        **({"protected": letters.protected} if apart else {}),
        "undeliverable": letters.undeliverable,
    }
    return Table(
        id="letters",
        caption=TEXTS["flow_letters"],
        columns=(column("letter_status", "head"), column("letters")),
        lines=tuple(
            Line(key=key, values=(TEXTS[f"letter_{key}"], count), mark=f"letter_{key}")
            for key, count in counts.items()
        ),
        total=Line(key="due", values=(TEXTS["letters_due"], letters.due)),
    )


def counts_table(
    naming: Naming, counts: Sequence[Count], *, whole: int | None = None, total: int | None = None
) -> Table:
    """Return a line a count.

    Args:
        naming: What the table is called.
        counts: Its lines.
        whole: What their shares are of; none: they have none, for they overlap.
        total: What they add up to; none: that says nothing.
    """
    lines = [(one.code, one.words, one.count) for one in counts]
    return _counted(naming, lines, whole=whole, total=total)


def combined_table(naming: Naming, combinations: Sequence[Combination], *, total: int) -> Table:
    """Return a line a combination of grounds or reasons, each client once."""
    lines = [
        (" + ".join(words.en for words in one.words), one.words, one.count) for one in combinations
    ]
    return _counted(naming, lines, whole=total, total=total)


def _counted(
    naming: Naming,
    counts: Sequence[tuple[str, Words | tuple[Words, ...], int]],
    *,
    whole: int | None,
    total: int | None,
) -> Table:
    def values(words: Words | tuple[Words, ...], count: int) -> tuple[Value, ...]:
        share = () if whole is None else (Share(part=count, whole=whole),)
        return (words, count, *share)

    return Table(
        id=naming.id,
        caption=naming.caption,
        columns=(
            Column(key="what", heading=naming.head, kind="head"),
            Column(key="count", heading=naming.unit),
            *(() if whole is None else (column("share", "share"),)),
        ),
        lines=tuple(Line(key=key, values=values(words, count)) for key, words, count in counts),
        total=None
        if total is None
        else Line(key="total", values=values(TEXTS["total"], total), look="sum"),
    )


def waiting_table(counts: Sequence[tuple[str, int, str]], *, unit: Words) -> Table:
    """Return what waits for a person: what it is, how many, in which list they are."""
    return Table(
        id="waiting",
        caption=TEXTS["s_waiting"],
        columns=(
            column("waits", "head"),
            Column(key="count", heading=unit),
            column("listed_in", "text"),
        ),
        lines=tuple(
            Line(key=key, values=(TEXTS[key], count, name)) for key, count, name in counts
        ),
    )
