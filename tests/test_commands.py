"""The commands that show and explain, as a person at the terminal meets them."""

import json
from pathlib import Path

import pytest
from builders import client_row, csv_export
from conftest import SAMPLES, RunCli
from night_exports import FIRST_NIGHT, write_coaches, write_export

DAY = ("--on", "2021-03-01")
SAMPLES_OF_2021 = (
    SAMPLES / "uusimaa-2021-03-01.csv",
    SAMPLES / "varsinais-suomi-2021-03-01.csv",
    SAMPLES / "etela-savo-2021-03-01.parquet",
)


def test_version(kuntactl: RunCli) -> None:
    """A script can tell which version wrote a folder."""
    ended = kuntactl("--version")

    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("kuntactl 0.")


def test_without_a_command_there_is_help(kuntactl: RunCli) -> None:
    """Whoever types the name alone sees what there is."""
    ended = kuntactl()

    assert ended.code == 0
    for command in ("check", "run", "explain", "decide", "assign", "letters", "areas", "rules"):
        assert command in ended.out


def test_areas_in_force_on_a_day(kuntactl: RunCli) -> None:
    """25 areas in 2021, five in 2017, none between."""
    counts = {
        day: len(json.loads(kuntactl("areas", "list", "--on", day, "--json").out))
        for day in ("2017-08-01", "2019-06-01", "2021-03-01")
    }

    assert counts == {"2017-08-01": 5, "2019-06-01": 0, "2021-03-01": 25}


def test_an_area_says_what_is_not_known_of_it(kuntactl: RunCli) -> None:
    """Staff see which paragraphs their letters lack before they are written."""
    ended = kuntactl("areas", "show", "salo-marttila-koski", *DAY, "--lang", "fi")

    assert ended.code == 0
    assert "ei tiedossa" in ended.out
    assert "offices.voimala.phone" in ended.out
    assert "12–15" in ended.out


def test_rules_are_shown_with_their_source(kuntactl: RunCli) -> None:
    """Anyone can look up by which law a decision was made."""
    listed = kuntactl("rules", "list").out
    shown = kuntactl("rules", "show", "act-1269-2020", "--lang", "sv").out

    assert all(rules in listed for rules in ("act-1269-2020", "announced-salo", "pori-2017"))
    assert "under_30" in shown
    assert "1269/2020" in shown


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_explain_in_each_language(lang: str, tmp_path: Path, kuntactl: RunCli) -> None:
    """Each condition and ground, with its source, for one client."""
    export = write_export(tmp_path / "export.csv", FIRST_NIGHT)

    ended = kuntactl("explain", "A1", export, *DAY, "--lang", lang)

    assert (ended.code, ended.err) == (0, "")
    assert "under_30" in ended.out
    assert "1269/2020" in ended.out


def test_explain_says_why_a_row_was_rejected(tmp_path: Path, kuntactl: RunCli) -> None:
    """A client whose row cannot be trusted has no decision, but a reason."""
    export = write_export(tmp_path / "export.csv", FIRST_NIGHT)

    ended = kuntactl("explain", "A4", export, *DAY)

    assert ended.code == 10
    assert ended.err.splitlines()[0] == "error: this client was rejected: identity_code_invalid"


def test_explain_names_the_file_of_each_rejected_row(tmp_path: Path, kuntactl: RunCli) -> None:
    """Rows of two exports contradict each other; the row number alone would mislead."""
    first = write_export(tmp_path / "first.csv", FIRST_NIGHT)
    twin = [row | {"etunimet": "Toinen"} for row in FIRST_NIGHT if row["asiakasnumero"] == "A1"]
    second = write_export(tmp_path / "second.csv", twin)

    ended = kuntactl("explain", "A1", first, second, *DAY)

    hint = ended.err.splitlines()[1]
    assert hint.startswith("hint: first.csv row 2, second.csv row 2; ")


def test_explain_knows_no_stranger(tmp_path: Path, kuntactl: RunCli) -> None:
    """A mistyped number is not silently nobody; who types an identity code finds it in no log."""
    export = write_export(tmp_path / "export.csv", FIRST_NIGHT)

    ended = kuntactl("explain", "010695-901K", export, *DAY)

    assert ended.code == 10
    assert ended.err.splitlines()[0] == "error: no such client in the exports"
    assert "010695" not in ended.err


def test_the_samples_conserve_their_rows(tmp_path: Path, kuntactl: RunCli) -> None:
    """Three offices' exports in three dialects: every row is somewhere, once."""
    ended = kuntactl("decide", *SAMPLES_OF_2021, *DAY, "--out", tmp_path, "--json")

    rows = json.loads(ended.out)["rows"]
    assert ended.code == 20
    assert rows["read"] == 900
    assert rows["read"] == rows["rejected"] + rows["accepted"]
    assert rows["accepted"] == sum(
        rows[outcome] for outcome in ("outside", "not_eligible", "review", "eligible")
    )
    assert all(rows.values())


def test_letters_name_what_the_area_s_file_lacks(tmp_path: Path, kuntactl: RunCli) -> None:
    """A paragraph that is left out is left out aloud."""
    export = write_export(tmp_path / "export.csv", [client_row()])
    coaches = write_coaches(tmp_path / "coaches.csv")

    ended = kuntactl(
        "run", export, "--coaches", coaches, *DAY, "--out", tmp_path / "out", "--dry-run"
    )

    assert "porvoo: its letters leave out what is not known (privacy" in ended.err


def test_a_sample_can_be_checked_and_run(tmp_path: Path, kuntactl: RunCli) -> None:
    """The synthetic export is one that kuntactl itself reads, in any dialect."""
    for name, dialect in (
        ("a.csv", ()),
        ("b.csv", ("--encoding", "cp1252", "--delimiter", "tab", "--dates", "iso")),
        ("c.csv.gz", ("--encoding", "utf-16")),
        ("d.parquet", ()),
    ):
        made = kuntactl(
            "sample", tmp_path / name, "--rows", 80, "--area", "porvoo", *DAY, *dialect,
            "--coaches", tmp_path / "coaches.csv",
        )  # fmt: skip
        ended = kuntactl(
            "assign", tmp_path / name, "--coaches", tmp_path / "coaches.csv", *DAY,
            "--out", tmp_path / "out", "--json",
        )  # fmt: skip

        assert (made.code, made.err) == (0, "")
        assert ended.code == 20
        assert json.loads(ended.out)["rows"]["read"] == 80


def test_the_same_sample_twice_is_the_same_bytes(tmp_path: Path, kuntactl: RunCli) -> None:
    """A finding on a synthetic export can be repeated by anyone."""
    for name in ("a.csv", "b.csv"):
        assert kuntactl("sample", tmp_path / name, "--rows", 70, "--seed", 7, *DAY).code == 0

    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_a_preview_is_one_pdf(tmp_path: Path, kuntactl: RunCli) -> None:
    """A letter can be looked at before a batch, with the user's own templates too."""
    out = tmp_path / "deep" / "letter.pdf"

    ended = kuntactl(
        "letters", "preview", "--area", "mikkelin-seutu", "--letter-lang", "fi+en", *DAY,
        "--municipality", "178", "--out", out,
    )  # fmt: skip

    assert (ended.code, ended.err) == (0, "")
    assert out.read_bytes().startswith(b"%PDF-1.7")


def test_nothing_but_plain_text_off_a_terminal(tmp_path: Path, kuntactl: RunCli) -> None:
    """Cron mails and logs hold no escape codes."""
    export = write_export(tmp_path / "export.csv", FIRST_NIGHT)

    ended = kuntactl("decide", export, *DAY, "--out", tmp_path / "out")

    assert "\x1b" not in ended.out + ended.err
    assert ended.code == 20


def test_each_input_is_said_with_what_is_not_used_of_it(tmp_path: Path, kuntactl: RunCli) -> None:
    """A column that nobody reads is named once, so that a misspelt one is seen."""
    export = tmp_path / "export.csv"
    rows = [client_row() | {"lempiv\u00e4ri\x1b[31m": "sininen"}]
    export.write_bytes(csv_export(rows, delimiter="\t", encoding="cp1252"))

    ended = kuntactl("check", export, *DAY)

    assert ended.code == 0
    assert "export.csv: csv windows-1252 \\t, 1 row; columns not used: lempiv\u00e4ri" in ended.out
    assert "\x1b" not in ended.out


def test_how_files_were_read_is_talk_where_it_is_not_the_result(
    tmp_path: Path, kuntactl: RunCli
) -> None:
    """Whoever pipes the result of another command on wants no talk in it."""
    export = write_export(tmp_path / "export.csv", FIRST_NIGHT)

    decided = kuntactl("decide", export, *DAY, "--out", tmp_path / "out")
    checked = kuntactl("check", export, *DAY, "--json")

    assert decided.err.startswith("export.csv: csv ")
    assert checked.err.startswith("export.csv: csv ")
    assert "export.csv: csv" not in decided.out
    (file,) = json.loads(checked.out)["inputs"]
    assert (file["format"], file["encoding"], file["delimiter"]) == ("csv", "utf-8", ";")
    assert (file["sheet"], file["header_row"]) == (None, 1)


def test_check_says_why_rows_were_rejected(tmp_path: Path, kuntactl: RunCli) -> None:
    """Without a folder the reasons, and what would be right, are all that is seen."""
    rows = [
        client_row(),
        client_row(asiakasnumero="A2", etuus="05", kotikunta="Atlantis"),
        client_row(asiakasnumero="A3", etuus="8"),
    ]
    export = write_export(tmp_path / "export.csv", rows)

    ended = kuntactl("check", export, *DAY, "--lang", "en")

    title, *reasons = ended.out.splitlines()[-3:]
    assert title == "rejected, rows by reason"
    assert reasons == [
        f"  {line} [first: export.csv row 3]"
        for line in (
            (
                "2 × benefit_unknown (etuus): there is no such benefit; "
                "it is 01, 02, 03, 04, 06 or 07"
            ),
            (
                "1 × municipality_unknown (kotikunta): there was no such municipality in 2021; "
                "give its code (such as 638) or name"
            ),
        )
    ]


COMMON = (
    "--on", "--area", "--rules", "--profile", "--encoding", "--delimiter", "--corrections",
    "--reviewed", "--lang", "--json", "--workers", "--dry-run",
)  # fmt: skip


@pytest.mark.parametrize("command", ["run", "check", "decide", "assign", "explain"])
def test_all_take_the_common_options(command: str, kuntactl: RunCli) -> None:
    """A script that passes the same options to every command is not told off."""
    shown = kuntactl(command, "--help").out

    assert [option for option in COMMON if option not in shown] == []


@pytest.mark.parametrize("command", ["check", "decide"])
def test_an_unknown_area_is_refused_everywhere(
    command: str, tmp_path: Path, kuntactl: RunCli
) -> None:
    """Also where the area changes nothing, a misspelt one is an error."""
    export = write_export(tmp_path / "export.csv", FIRST_NIGHT)
    out = ["--out", tmp_path / "out"] if command == "decide" else []

    ended = kuntactl(command, export, *DAY, *out, "--area", "porvo")

    assert ended.code == 11


@pytest.mark.parametrize("command", ["check", "decide", "assign", "run"])
@pytest.mark.parametrize("what", ["accept", "reject"])
def test_artificial_identity_codes_are_spoken_of(
    command: str, what: str, tmp_path: Path, kuntactl: RunCli
) -> None:
    """A test export taken for a real one is seen before letters go out, not in run.json."""
    export = write_export(tmp_path / "export.csv", FIRST_NIGHT[:4])
    coaches = write_coaches(tmp_path / "coaches.csv")
    more = {"assign": ("--coaches", coaches), "run": ("--coaches", coaches, "--workers", 1)}

    ended = kuntactl(
        *(command, export, *DAY, "--out", tmp_path / "out", "--artificial", what, "--dry-run"),
        *more.get(command, ()),
    )

    said = [line for line in ended.err.splitlines() if "artificial" in line]
    accepted = "artificial identity codes (900-999) accepted: 3; --artificial reject rejects them"
    assert said == ([accepted] if what == "accept" else [])


def test_the_name_of_a_file_does_not_steer_the_terminal(tmp_path: Path, kuntactl: RunCli) -> None:
    """A name may hold a line break or an escape code; what is printed is one plain line."""
    odd = tmp_path / "a\x1b[31m\nb.csv"
    write_export(odd, FIRST_NIGHT[:4])

    ended = kuntactl("check", odd, *DAY)
    gone = kuntactl("check", tmp_path / "gone\x1b[31m.csv", *DAY)

    assert ended.out.startswith("a[31mb.csv: csv ")
    assert "[first: a[31mb.csv row 5]" in ended.out
    assert "\x1b" not in ended.out + ended.err + gone.err
    assert gone.err.splitlines()[0].endswith("gone[31m.csv: no such file")


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ((), "--out DIR lists them in warnings.csv"),
        (("--out", "out", "--dry-run"), "would be in warnings.csv"),
        (("--out", "out"), "see warnings.csv"),
    ],
    ids=["printed", "tried", "written"],
)
def test_warnings_are_where_it_is_said(
    words: tuple[str, ...], where: str, tmp_path: Path, kuntactl: RunCli
) -> None:
    """Nobody is sent to look for a file that was not written."""
    garbled = client_row(sukunimi="MÃ¤ki")
    export = write_export(tmp_path / "export.csv", [garbled])
    folder = tmp_path / "out"

    ended = kuntactl("check", export, *DAY, *(folder if word == "out" else word for word in words))

    assert f"warnings: 1, {where}" in ended.err.splitlines()
    assert (folder / "warnings.csv").exists() is (where == "see warnings.csv")
