"""The command for those who receive sealed files."""

from pathlib import Path
from typing import Annotated

import typer

from kuntactl.cli.options import DryRun


def unseal(
    sealed: Annotated[
        list[Path],
        typer.Argument(
            metavar="SEALED...", help="Sealed files (.age), or folders that hold them."
        ),
    ],
    identity: Annotated[
        Path,
        typer.Option(
            "--identity", metavar="FILE", help="Your identity of age; open to you only (0600)."
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="DIR", help="Folder to write the files into.")
    ],
    dry_run: DryRun = False,
) -> None:
    """Open what was sealed for you with --recipient.

    Example: kuntactl unseal porvoo-1.tar.age --identity avain.txt --out turvakielto
    """
    from kuntactl.pipeline.unseal import unseal as open_sealed

    names = open_sealed(sealed, identity=identity, out=out, dry_run=dry_run)
    if dry_run:
        for name in names:
            typer.echo(f"would write {name}")
    else:
        typer.echo(f"{out}: {len(names)} files")
