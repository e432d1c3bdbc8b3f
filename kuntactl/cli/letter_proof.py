"""The command that makes the pack of letters to be signed off."""

from kuntactl.cli.bundles import Asked, AskedOfRun, bundled
from kuntactl.cli.console import Terminal, print_json, print_line, print_table
from kuntactl.cli.options import Exports, make_stopwatch
from kuntactl.cli.totals import AskedTotals
from kuntactl.locale import heading


@bundled
def proof(exports: Exports, run_asked: AskedOfRun, totals: AskedTotals, asked: Asked) -> None:
    """Write the extremes of a run as one PDF, to be signed off; print the hash for --release.

    Give the very options of the run. The register is not changed.

    Example: kuntactl letters proof uusimaa.csv --coaches valmentajat.csv --out porvoo
    """
    from kuntactl.pipeline.proof import make_proof

    with Terminal() as talk:
        made = make_proof(
            totals.added_to(asked.request(exports)),
            run_asked.order(asked),
            watch=make_stopwatch(),
            talk=talk,
        )
    if asked.as_json:
        print_json(made.facts)
        return
    print_table(
        [heading("letter"), heading("page"), heading("pages"), heading("why")],
        [
            [letter_id, first, pages, ", ".join(why)]
            for letter_id, first, pages, why in made.pack.select(
                "letter_id", "first_page", "pages", "why"
            ).iter_rows()
        ],
        numbers=[1, 2],
    )
    if not asked.dry_run:
        name = "proof.pdf.age" if run_asked.seal_all else "proof.pdf"
        print_line(heading("see {path}", path=run_asked.out / name))
    print_line(heading("release {hash}", hash=made.facts["release"]))
