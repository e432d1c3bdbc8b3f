"""The letters that are due, written; with word of what they have to leave out."""

import polars as pl

from kuntactl.letters.write import LetterFacts, Written, plan_letters, write_letters
from kuntactl.locale import phrase
from kuntactl.pipeline.desk import Desk
from kuntactl.pipeline.job_tickets import put_job_tickets
from kuntactl.pipeline.request import Talk


def write_due(desk: Desk, due: pl.DataFrame, facts: LetterFacts) -> Written:
    """Put the letters that are due into the folder, or in a dry run say which they would be.

    The job tickets of their print runs go with them.

    Args:
        desk: Of the run; ``letters`` and ``print`` are measured.
        due: ``LettersDue``.
        facts: What the letters are made from.

    Raises:
        SettingsError: If a template is not there.
        LetterError: If a letter cannot be laid out.
        DeliveryError: If a file cannot be written.
    """
    if desk.order.cluster and desk.order.cluster.is_clear:
        desk.talk.say(
            phrase("names and addresses go to the workers unencrypted; tls:// would protect them")
        )
    with desk.watch.measure("letters") as counts:
        counts["due"] = due.height
        if desk.order.dry_run:
            written = plan_letters(due, facts, staging=desk.sink)
        else:
            written = write_letters(
                due,
                facts,
                staging=desk.sink,
                workers=desk.order.cluster or desk.order.workers,
                progress=lambda done, total: desk.talk.progress(phrase("letters"), done, total),
                printing=desk.order.printing(clock=desk.watch.clock),
            )
    put_job_tickets(desk, written, facts)
    # Each process makes its letters and their print runs by turns: their shares of the work.
    desk.watch.move(written.print_share, of="letters", to="print")
    for reason in written.not_stamped:
        desk.talk.say(
            phrase(
                "some letters are laid out one by one, which is slower: {reason}", reason=reason
            )
        )
    _name_gaps(desk.talk, facts, due)
    return written


def _name_gaps(talk: Talk, facts: LetterFacts, due: pl.DataFrame) -> None:
    """Say for each area with letters due which facts its letters leave out."""
    for area_id in due.get_column("area").unique().sort():
        gaps = facts.areas[area_id].gaps(on=facts.letter_date)
        if gaps:
            talk.say(
                phrase(
                    "{area_id}: its letters leave out what is not known "
                    "({gaps}); see `kuntactl areas show {area_id}`",
                    area_id=area_id,
                    gaps=gaps,
                )
            )
