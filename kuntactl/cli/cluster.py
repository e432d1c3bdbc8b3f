"""The option that names a cluster, for the commands that write many letters."""

import re
from typing import TYPE_CHECKING, Annotated

import typer

from kuntactl.locale import phrase

if TYPE_CHECKING:
    from kuntactl.workers.cluster import Cluster


def scheduler_address(value: str | None) -> str | None:
    """Return the address of a scheduler, if one is given.

    Raises:
        typer.BadParameter: If it does not look like one.
    """
    if value is not None and not re.fullmatch(r"(tcp|tls)://[^\s/]+:\d{1,5}", value):
        raise typer.BadParameter(
            phrase("{value!r} is not like tcp://host:8786 or tls://host:8786", value=value)
        )
    return value


ClusterPlace = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help="Lay letters out on a Dask cluster: tcp://host:8786 or tls://host:8786.",
        show_default=False,
        callback=scheduler_address,
    ),
]


def cluster_at(address: str | None) -> "Cluster | None":
    """Return the cluster that is asked for, if one is."""
    from kuntactl.workers.cluster import Cluster

    return Cluster(address=address) if address else None
