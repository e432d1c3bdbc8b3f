"""run.json: what a run read, decided and wrote, as numbers."""

import json
from collections.abc import Mapping
from typing import Any

import polars as pl

from kuntactl import __version__
from kuntactl.eligibility.rules import Chosen
from kuntactl.ingest.clients import Ingested
from kuntactl.pipeline.decided import Decided
from kuntactl.pipeline.request import Request

STAGES = ("ingest", "decide", "register", "assign", "letters", "print", "report")


def facts_of_reading(request: Request, ingested: Ingested) -> dict[str, Any]:
    """Return what is known once the exports are read."""
    return {
        "version": __version__,
        "on": request.on.isoformat(),
        "inputs": [
            {
                "name": file.name,
                "sha256": file.sha256,
                "format": file.format,
                "encoding": file.encoding,
                "delimiter": file.delimiter,
                "sheet": file.sheet,
                "header_row": file.header_row,
                "rows": file.rows,
                "ignored_columns": list(file.ignored_columns),
            }
            for file in ingested.inputs
        ],
        "rows": {
            "read": ingested.rows_read,
            "rejected": ingested.rows_rejected,
            "accepted": ingested.accepted.height,
        },
        "corrections": {
            "files": [path.name for path in request.corrections],
            "applied": ingested.corrected.height,
            "cells": ingested.corrected.select("file", "row", "column").to_dicts(),
        },
        "rejected_by_code": _rows_by_code(ingested.rejected),
        "warnings": ingested.warnings.height,
        "artificial": ingested.artificial,
    }


def _rows_by_code(rejected: pl.DataFrame) -> dict[str, int]:
    """Return how many rows each code was given to; a row with two faults counts under both."""
    rows = rejected.select("file", "row", "code").unique()
    counts = rows.group_by("code").len().sort("len", "code", descending=[True, False])
    return dict(counts.iter_rows())


def facts_of_deciding(request: Request, decided: Decided) -> dict[str, Any]:
    """Return what is known once each accepted row has an outcome.

    Raises:
        KuntactlError: If rows do not add up.
    """
    return {
        **facts_of_reading(request, decided.ingested),
        "warnings": decided.ingested.warnings.height + decided.unapplied.height,
        "rules": _rules(decided.chosen),
        "rows": decided.rows(),
        "areas": {area: {"rows": rows} for area, rows in decided.rows_of_areas().items()},
    }


def _rules(chosen: tuple[Chosen, ...]) -> list[dict[str, Any]]:
    """Return each rule set in use once, with its version's days and its areas."""
    areas: dict[str, list[str]] = {}
    versions, files = {}, {}
    for choice in chosen:
        areas.setdefault(str(choice.rules.id), []).append(str(choice.area.id))
        versions[str(choice.rules.id)] = choice.version
        files[str(choice.rules.id)] = choice.rules.sha256
    return [
        {
            "id": rules_id,
            "from": version.begins.isoformat(),
            "to": version.ends.isoformat() if version.ends else None,
            "areas": areas[rules_id],
            "sha256": files[rules_id],
        }
        for rules_id, version in versions.items()
    ]


def as_json(facts: Mapping[str, Any]) -> bytes:
    """Return the facts as indented JSON, keys in the order given."""
    return (json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode()
