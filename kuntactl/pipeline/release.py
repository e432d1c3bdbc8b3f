"""Only letters that were signed off are written."""

from kuntactl.errors import LetterError
from kuntactl.letters.plan import Plan, plan
from kuntactl.letters.release import release_hash
from kuntactl.locale import phrase
from kuntactl.pipeline.due import Due
from kuntactl.pipeline.order import RunOrder


def release_of(order: RunOrder, planned: Plan) -> str:
    """Return the hash that stands for the letters of a run."""
    return release_hash(planned, templates=order.templates, printing=order.printing_options)


def refuse_unapproved(order: RunOrder, due: Due) -> None:
    """Stop if a release is asked for and the letters due are not those of its proof.

    Raises:
        LetterError: If they are not.
    """
    if order.release is None:
        return
    if release_of(order, plan(due.letters, due.facts)) != order.release.strip().lower():
        raise LetterError(
            phrase(
                "the letters are not those of the proof that was approved: a "
                "client, a value, a template, an option or a version has "
                "changed since; nothing was written"
            ),
            hint=phrase(
                "make a new proof with `kuntactl letters proof` and the very "
                "options of this run, and have it signed off"
            ),
        )
