"""The command for those who receive sealed files."""

from pathlib import Path
from typing import Annotated

import typer

from kuntactl.cli.console import print_json, print_line
from kuntactl.cli.options import AsJson, DryRun
from kuntactl.locale import heading


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
    as_json: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Open what was sealed for you with --recipient.

    Example: kuntactl unseal porvoo-1.tar.age --identity avain.txt --out turvakielto
    """
    from kuntactl.pipeline.unseal import unseal as open_sealed

    names = open_sealed(sealed, identity=identity, out=out, dry_run=dry_run)
    if as_json:
        print_json([str(out / name) for name in names])
    elif dry_run:
        for name in names:
            print_line(heading("would write {path}", path=name))
    else:
        print_line(heading("{path}: {count} files", path=out, count=len(names)))
