"""What kuntactl is made of is locked, licensed and listed."""

import importlib.util
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from conftest import REPOSITORY


@pytest.fixture(scope="module")
def supply() -> ModuleType:
    """The tool that `make check` and `make sbom` call."""
    spec = importlib.util.spec_from_file_location("supply", REPOSITORY / "tools" / "supply.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_package_is_locked_with_its_hash() -> None:
    """Whoever installs gets the very files that were tested, or nothing."""
    lock = tomllib.loads((REPOSITORY / "uv.lock").read_text("utf-8"))
    files = [
        (package["name"], file)
        for package in lock["package"]
        if package["name"] != "kuntactl"
        for file in [
            *package.get("wheels", []),
            *([package["sdist"]] if "sdist" in package else []),
        ]
    ]

    assert len(files) > 100
    assert [name for name, file in files if not file["hash"].startswith("sha256:")] == []


LICENCES = [
    ({"name": "a", "expression": "MIT"}, [], "MIT", "as an expression"),
    ({"name": "a", "licence": "BSD"}, [], "BSD", "as a word"),
    ({"name": "a"}, ["License :: OSI Approved :: MIT License"], "MIT License", "as a classifier"),
    ({"name": "a", "licence": "x\n" * 99}, [], "", "a whole text is no name"),
    ({"name": "pyrage"}, [], "MIT", "as its own file of licence says"),
]


@pytest.mark.parametrize(
    ("facts", "classifiers", "licence", "why"), LICENCES, ids=[case[3] for case in LICENCES]
)
def test_a_licence_that_is_not_known_is_empty(
    supply: ModuleType, facts: dict[str, str], classifiers: list[str], licence: str, why: str
) -> None:
    """An empty licence is not allowed, so that nobody passes over it."""
    assert supply.licence_of(facts, classifiers) == licence, why


def test_every_licence_is_allowed(supply: ModuleType) -> None:
    """What is installed may be shipped with, or used to make, a program under the EUPL."""
    assert supply.licences([]) == 0


def test_the_bill_of_materials_is_the_same_twice(supply: ModuleType, tmp_path: Path) -> None:
    """Two of them can be compared: a difference is a difference of packages."""
    one, two = tmp_path / "one.json", tmp_path / "two.json"

    assert (supply.sbom([str(one)]), supply.sbom([str(two)])) == (0, 0)

    assert one.read_bytes() == two.read_bytes()
    assert b'"name": "pyrage"' in one.read_bytes()
    assert b'"name": "MIT"' in one.read_bytes()
