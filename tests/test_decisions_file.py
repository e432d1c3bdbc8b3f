"""decisions.parquet is what the contract says, to a reader that is not ours."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from conftest import RunCli
from night_exports import FIRST_NIGHT, write_export


def test_another_reader_finds_the_contract_s_columns(tmp_path: Path, kuntactl: RunCli) -> None:
    """Users' scripts rely on the names and types, whatever they read Parquet with."""
    export = write_export(tmp_path / "export.csv", FIRST_NIGHT)
    kuntactl("decide", export, "--on", "2021-03-01", "--out", tmp_path / "out")

    table = pq.read_table(tmp_path / "out" / "decisions.parquet")

    text, texts = pa.large_string(), pa.large_list(pa.large_string())
    types = {name: table.schema.field(name).type for name in table.column_names}
    assert {name: _plain(kind) for name, kind in types.items()} == {
        "client_id": text,
        "area": text,
        "outcome": text,
        "grounds": texts,
        "failed": texts,
        "missing": texts,
        "rules": text,
        "rules_from": pa.date32(),
        "on": pa.date32(),
        "decided_by": text,
    }


def test_every_accepted_row_is_there_once_in_input_order(tmp_path: Path, kuntactl: RunCli) -> None:
    """Nobody is lost between the export and the decision."""
    export = write_export(tmp_path / "export.csv", FIRST_NIGHT)
    kuntactl("decide", export, "--on", "2021-03-01", "--out", tmp_path / "out")

    table = pq.read_table(tmp_path / "out" / "decisions.parquet")

    accepted = [row["asiakasnumero"] for row in FIRST_NIGHT if row["asiakasnumero"] != "A4"]
    assert table["client_id"].to_pylist() == accepted
    by_client = {row["client_id"]: row for row in table.to_pylist()}
    assert by_client["A8"]["outcome"] == "outside"
    assert [by_client["A8"][name] for name in ("area", "rules", "rules_from")] == [None] * 3
    assert [by_client["A8"][name] for name in ("grounds", "failed", "missing")] == [[]] * 3
    assert by_client["A3"]["missing"] == ["no_earnings_related_right"]
    assert by_client["A1"]["grounds"] == ["no_earnings_related_right", "under_30"]


def _plain(kind: pa.DataType) -> pa.DataType:
    """Return the type with large texts and lists, whichever width the file has."""
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return pa.large_list(_plain(kind.value_type))
    return pa.large_string() if pa.types.is_string(kind) else kind
