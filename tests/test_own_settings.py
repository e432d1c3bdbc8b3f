"""A user's own areas and rule sets stand beside the built-in ones, or in their place."""

import json
from importlib.resources import files
from pathlib import Path

import pytest
from builders import client_row
from conftest import RunCli
from night_exports import write_export

DAY = ("--on", "2021-03-01")
OWN_AREA = """
id = "itasiipi"
trial = "trial-2021"
name = { fi = "Itäsiipi", sv = "Östra flygeln" }
rules = "act-1269-2020"
municipalities = ["018", "504"]
source = "ours"
"""


def write_area(folder: Path, text: str = OWN_AREA, name: str = "itasiipi") -> Path:
    """Write one area file; return the folder."""
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.toml").write_text(text, "utf-8")
    return folder


def write_rules(folder: Path, rules_id: str, *changes: tuple[str, str], name: str) -> Path:
    """Write a built-in rule file with changes under another name; return the folder."""
    text = (files("kuntactl") / "data" / "rules" / f"{rules_id}.toml").read_text("utf-8")
    for old, new in ((f'id = "{rules_id}"', f'id = "{name}"'), *changes):
        assert old in text
        text = text.replace(old, new)
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.toml").write_text(text, "utf-8")
    return folder


def test_an_area_of_ones_own_is_decided_for(tmp_path: Path, kuntactl: RunCli) -> None:
    """Askola was in no trial area; the user's file says otherwise."""
    export = write_export(tmp_path / "export.csv", [client_row(kotikunta="Askola")])
    own = ("--areas", write_area(tmp_path / "areas"))

    without = kuntactl("explain", "A1", export, *DAY, "--json")
    ended = kuntactl("explain", "A1", export, *DAY, *own, "--json")
    decided = kuntactl("decide", export, *DAY, *own, "--out", tmp_path / "out", "--json")

    assert json.loads(without.out)["outcome"] == "outside"
    assert json.loads(ended.out)["area"] == "itasiipi"
    assert json.loads(decided.out)["areas"]["itasiipi"]["rows"]["eligible"] == 1


def test_an_area_of_a_built_in_id_replaces_it(tmp_path: Path, kuntactl: RunCli) -> None:
    """What is known of an area can be mended without waiting for us."""
    text = OWN_AREA.replace("itasiipi", "porvoo").replace('["018", "504"]', '["638"]')
    own = write_area(tmp_path / "areas", text, name="porvoo")

    shown = json.loads(kuntactl("areas", "show", "porvoo", "--areas", own, "--json").out)
    listed = json.loads(kuntactl("areas", "list", *DAY, "--areas", own, "--json").out)

    assert shown["name"]["sv"] == "Östra flygeln"
    assert len(listed) == 25


def test_a_rule_set_of_ones_own_decides(tmp_path: Path, kuntactl: RunCli) -> None:
    """A limit of 25 instead of 30 leaves a 25-year-old without that ground."""
    export = write_export(
        tmp_path / "export.csv", [client_row(ansiopaivarahaoikeus="K", etuus="01")]
    )
    rules = write_rules(
        tmp_path / "rules", "announced-porvoo", ("years = 30", "years = 25"), name="own-25"
    )
    own = ("--rules-dir", rules)

    built_in = kuntactl("explain", "A1", export, *DAY, "--rules", "announced-porvoo", "--json")
    ended = kuntactl("explain", "A1", export, *DAY, *own, "--rules", "own-25", "--json")
    out = tmp_path / "out"
    decided = kuntactl("decide", export, *DAY, *own, "--rules", "own-25", "--out", out, "--json")

    assert json.loads(built_in.out)["outcome"] == "eligible"
    assert json.loads(ended.out)["outcome"] == "not_eligible"
    assert json.loads(decided.out)["rules"][0]["id"] == "own-25"
    assert "own-25" in kuntactl("rules", "list", *own).out
    assert kuntactl("rules", "show", "own-25", *own).code == 0


def test_what_is_missing_under_own_rules_is_said_in_words(
    tmp_path: Path, kuntactl: RunCli
) -> None:
    """review.csv speaks the words of the rule file that was used."""
    export = write_export(tmp_path / "export.csv", [client_row(tyollisyyskoodi="09")])
    rules = write_rules(
        tmp_path / "rules",
        "announced-porvoo",
        ('"unemployed_or_in_service"', '"own_condition"'),
        ("työllisyyskoodi ei kerro, onko asiakas työtön tai palvelussa", "kysy asiakkaalta"),
        name="own",
    )

    ended = kuntactl(
        *("decide", export, *DAY, "--rules-dir", rules, "--rules", "own"),
        *("--out", tmp_path / "out", "--lang", "fi"),
    )

    assert ended.code == 20
    assert "kysy asiakkaalta" in (tmp_path / "out" / "review.csv").read_text("utf-8-sig")


def test_the_same_folder_is_read_anew(tmp_path: Path, kuntactl: RunCli) -> None:
    """A mended file counts at once."""
    folder = write_area(tmp_path / "areas")
    assert "Itäsiipi" in kuntactl("areas", "list", "--areas", folder).out

    write_area(folder, OWN_AREA.replace("Itäsiipi", "Länsisiipi"))

    assert "Länsisiipi" in kuntactl("areas", "list", "--areas", folder).out


# text to replace, replacement, what the error says, what would be right
WRONG_AREAS = [
    ('"018", "504"', '"018", "999"', "no municipality `999` in 2021", "three digits"),
    ('"018", "504"', '"018", "638"', "638 belongs to area `porvoo`", "porvoo.toml"),
    ('"trial-2021"', '"trial-2022"', "`trial`: no trial `trial-2022`", "trial-2021"),
    ('"act-1269-2020"', '"act-1269"', "`rules`: no rule set `act-1269`", "`act-1269-2020`"),
    ('"itasiipi"', '"lansisiipi"', "`id` is `lansisiipi`", "must be the same"),
]


@pytest.mark.parametrize(
    ("right", "wrong", "said", "hint"), WRONG_AREAS, ids=[row[2] for row in WRONG_AREAS]
)
def test_a_mistake_in_an_area_is_named(
    right: str, wrong: str, said: str, hint: str, tmp_path: Path, kuntactl: RunCli
) -> None:
    """File, key, and what would be right; exit code 11."""
    export = write_export(tmp_path / "export.csv", [client_row()])
    own = write_area(tmp_path / "areas", OWN_AREA.replace(right, wrong))

    ended = kuntactl("decide", export, *DAY, "--areas", own, "--out", tmp_path / "out")

    error, cure = ended.err.splitlines()
    assert ended.code == 11
    assert error.startswith("error: itasiipi.toml: ")
    assert said in error
    assert hint in cure


@pytest.mark.parametrize("name", ["public", ".."])
def test_an_area_is_not_named_as_another_folder(
    name: str, tmp_path: Path, kuntactl: RunCli
) -> None:
    """Its lists would stand among the published reports, or outside the folder of the run."""
    export = write_export(tmp_path / "export.csv", [client_row()])
    own = write_area(tmp_path / "areas", OWN_AREA.replace('"itasiipi"', f'"{name}"'), name=name)

    ended = kuntactl("decide", export, *DAY, "--areas", own, "--out", tmp_path / "out")

    assert ended.code == 11
    assert f"{name}.toml: `id`: this name is not for an area" in ended.err


def test_a_rule_file_names_its_mistake(tmp_path: Path, kuntactl: RunCli) -> None:
    """An area that is not there is found when the rules are read."""
    rules = write_rules(
        tmp_path / "rules", "announced-porvoo", ('["porvoo"]', '["porvo"]'), name="own"
    )

    ended = kuntactl("rules", "list", "--rules-dir", rules)

    assert ended.code == 11
    assert ended.err.splitlines() == [
        "error: own.toml: `areas`: no area `porvo`",
        "hint: did you mean `porvoo`?",
    ]


@pytest.mark.parametrize("option", ["--areas", "--rules-dir"])
@pytest.mark.parametrize("exists", [True, False], ids=["empty", "missing"])
def test_a_folder_without_files_is_refused(
    option: str, *, exists: bool, tmp_path: Path, kuntactl: RunCli
) -> None:
    """A misspelt folder would otherwise silently add nothing."""
    folder = tmp_path / "own"
    if exists:
        folder.mkdir()

    command = "areas" if option == "--areas" else "rules"
    ended = kuntactl(command, "list", option, folder)

    assert ended.code == 11
    assert option in ended.err


def test_a_sample_can_be_made_for_an_area_of_ones_own(tmp_path: Path, kuntactl: RunCli) -> None:
    """A new area is tried on artificial people before its first export comes."""
    own = ("--areas", write_area(tmp_path / "areas"))
    export, coaches = tmp_path / "export.csv", tmp_path / "coaches.csv"

    made = kuntactl(
        "sample", export, "--rows", 70, "--area", "itasiipi", *DAY, *own, "--coaches", coaches
    )
    ended = kuntactl(
        "assign", export, "--coaches", coaches, *DAY, *own, "--area", "itasiipi",
        "--out", tmp_path / "out", "--json",
    )  # fmt: skip

    assert (made.code, made.err) == (0, "")
    assert json.loads(ended.out)["areas"]["itasiipi"]["rows"]["eligible"] > 0


def test_check_tells_a_mistake_in_own_files(tmp_path: Path, kuntactl: RunCli) -> None:
    """The first command of a new user looks at everything they hand in."""
    export = write_export(tmp_path / "export.csv", [client_row()])

    for option in ("--areas", "--rules-dir"):
        ended = kuntactl("check", export, *DAY, option, tmp_path / "missing")
        assert ended.code == 11
        assert f"{option}: no folder" in ended.err


@pytest.mark.parametrize(
    "command",
    [
        *(["run"], ["check"], ["decide"], ["assign"], ["explain"]),
        *(["areas", "list"], ["areas", "show"], ["rules", "list"], ["rules", "show"]),
        *(["rules", "lint"], ["rules", "diff"], ["rules", "equity"], ["rules", "docs"]),
        *(["letters", "preview"], ["letters", "check"]),
    ],
    ids=" ".join,
)
def test_every_command_that_chooses_rules_takes_own_ones(
    command: list[str], kuntactl: RunCli
) -> None:
    """What decides in one command decides in all."""
    shown = kuntactl(*command, "--help").out

    assert "--areas DIR" in shown
    assert "--rules-dir DIR" in shown
