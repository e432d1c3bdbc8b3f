"""Members who are not served now, and stay members: absent from the exports, or not searching."""

from collections.abc import Mapping
from pathlib import PurePosixPath

import polars as pl

from kuntactl.domain.areas import Area
from kuntactl.domain.types import AreaId, Language
from kuntactl.domain.wording import Words
from kuntactl.files.staging import Sink
from kuntactl.files.tables import write_table
from kuntactl.report.lists import idle_list

_JOB_SEARCH = "job_search_in_force"  # the condition, in every rule set (CONTRACT section 2)
_NOT_IN_EXPORT, _ROW_REJECTED, _SEARCH_ENDED = "not_in_export", "row_rejected", "search_ended"
IDLE_WORDS: Mapping[str, Words] = {
    _NOT_IN_EXPORT: Words(
        fi="ei ole aineistossa", sv="finns inte i materialet", en="is not in the export"
    ),
    _ROW_REJECTED: Words(
        fi="rivi on hylätty, ks. rejected.csv",
        sv="raden har avvisats, se rejected.csv",
        en="the row was rejected, see rejected.csv",
    ),
    _SEARCH_ENDED: Words(
        fi="työnhaku on päättynyt", sv="jobbsökningen har avslutats", en="the job search has ended"
    ),
}


def not_searching(decisions: pl.DataFrame) -> pl.DataFrame:
    """Return the clients whose job search is not in force (``client_id``).

    Args:
        decisions: ``Decisions``. An unknown search is not an ended one.
    """
    return decisions.filter(pl.col("failed").list.contains(_JOB_SEARCH)).select("client_id")


def idle_members(
    members: pl.DataFrame, missing: pl.DataFrame, *, decisions: pl.DataFrame, rejected: pl.Series
) -> pl.DataFrame:
    """Return the members who are not served now, by area and client number.

    Args:
        members: ``Members`` who stand in the decisions.
        missing: ``Members`` who do not.
        decisions: ``Decisions``.
        rejected: Client numbers of rejected rows; null: a row without one.

    Returns:
        ``area``, ``client_id``, ``since``, ``coach_id`` (null: none) and ``why`` (a code).
    """
    columns = ("area", "client_id", "since", "coach_id")
    was_rejected = pl.col("client_id").is_in(rejected.drop_nulls().unique().implode())
    absent = missing.select(
        *columns,
        why=pl.when(was_rejected).then(pl.lit(_ROW_REJECTED)).otherwise(pl.lit(_NOT_IN_EXPORT)),
    )
    resting = members.join(not_searching(decisions), on="client_id", how="semi").select(
        *columns, why=pl.lit(_SEARCH_ENDED)
    )
    return pl.concat([absent, resting]).sort("area", "client_id")


def put_idle(
    sink: Sink, idle: pl.DataFrame, *, areas: Mapping[AreaId, Area], language: Language
) -> None:
    """Stage ``absent.csv`` of each of the areas.

    Args:
        sink: Takes the files.
        idle: As ``idle_members`` returns it.
        areas: The areas that have a folder.
        language: Of the list.
    """
    for area in areas:
        listed = idle_list(idle.filter(pl.col("area") == area), IDLE_WORDS, language=language)
        sink.put(PurePosixPath(area) / "absent.csv", write_table(listed))
