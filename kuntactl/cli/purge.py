"""The commands that let go of what need not be kept any longer."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from kuntactl.cli.console import print_json, print_line, print_table
from kuntactl.cli.counts import in_words
from kuntactl.cli.options import AsJson, DryRun, Identity, On, Recipients, Wait, now, operator
from kuntactl.cli.parsing import parse_day
from kuntactl.locale import heading, phrase

Before = Annotated[
    date,
    typer.Option(
        "--before",
        parser=parse_day,
        metavar="DATE",
        help="What need not be kept any longer on this day goes.",
        show_default=False,
    ),
]
Place = Annotated[
    str,
    typer.Option("--register", metavar="PATH-or-URL", help="The register.", show_default=False),
]
Keep = Annotated[
    list[str] | None,
    typer.Option(
        "--keep",
        metavar="KIND=MONTHS",
        help="Another keeping time for letters, lists, workbooks or register; may be repeated.",
        show_default=False,
    ),
]


def purge(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the runs.")],
    register: Place,
    before: Annotated[
        date | None,
        typer.Option(
            "--before",
            parser=parse_day,
            metavar="DATE",
            help="What need not be kept any longer on this day goes.",
            show_default=False,
        ),
    ] = None,
    client: Annotated[
        str | None,
        typer.Option(
            "--client",
            metavar="CLIENT",
            help="Everything about this client goes instead.",
            show_default=False,
        ),
    ] = None,
    keep: Keep = None,
    identity: Identity = None,
    recipient: Recipients = None,
    on: On = None,
    wait: Wait = 0.0,
    as_json: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Remove letters and lists past their keeping time; the receipt stays in purged.json.

    Example: kuntactl purge porvoo --register porvoo/register.db --before 2023-06-30
    """
    from kuntactl.files.sealing import SealOrder
    from kuntactl.pipeline.purge import PurgeOrder
    from kuntactl.pipeline.purge import purge as purge_folder
    from kuntactl.pipeline.repack import Repack

    if (before is None) == (client is None):
        raise typer.BadParameter(phrase("one of --before DATE and --client CLIENT is needed"))
    seal = SealOrder(recipients=tuple(recipient or ()))
    seal.check()
    today = on or date.today()
    receipt = purge_folder(
        PurgeOrder(
            folder=folder,
            register=register,
            before=before or today,
            client=client,
            on=today,
            months=months_kept(keep),
            dry_run=dry_run,
            by=operator(),
            started=now(),
            wait=wait,
            repack=Repack(identity=identity, seal=seal),
        )
    )
    if as_json:
        print_json(receipt)
        return
    print_table(
        [heading("would go") if dry_run else heading("removed"), heading("files"), "sha256"],
        [[in_words(kind), of["files"], of["sha256"]] for kind, of in receipt["removed"].items()],
        numbers=[1],
    )


def delete_register(
    register: Place,
    before: Before,
    receipt: Annotated[
        Path, typer.Option("--receipt", metavar="FILE", help="Receipt to write, JSON.")
    ],
    keep: Keep = None,
    wait: Wait = 0.0,
    as_json: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Delete a register whole, when nobody is a member and its keeping time has ended.

    Example: kuntactl register delete --register pori.db --before 2021-01-31 --receipt kuitti.json
    """
    from kuntactl.pipeline.delete_register import delete_register as delete_whole

    months = months_kept(keep)["register"]
    name = delete_whole(
        register, before=before, months=months, receipt=receipt, wait=wait, dry_run=dry_run
    )
    if as_json:
        print_json({"register": name, "receipt": str(receipt)})
    elif dry_run:
        print_line(
            heading("would delete {register}, and write {path}", register=name, path=receipt)
        )
    else:
        print_line(heading("{register}: deleted; receipt in {path}", register=name, path=receipt))


def months_kept(asked: list[str] | None) -> dict[str, int]:
    """Return the months that each kind is kept, with those asked for in place of ours.

    Raises:
        typer.BadParameter: If one is no KIND=MONTHS.
    """
    from kuntactl.domain.keeping import keeping_times

    months = dict(keeping_times())
    for text in asked or ():
        kind, _, number = text.partition("=")
        if kind not in months or not number.isdecimal():
            raise typer.BadParameter(
                phrase(
                    "{text!r} is no KIND=MONTHS; kinds are {months}, as in letters=36",
                    text=text,
                    months=", ".join(months),
                )
            )
        months[kind] = int(number)
    return months
