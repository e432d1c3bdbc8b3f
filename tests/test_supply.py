"""What kuntactl is made of is locked, licensed and listed."""

import importlib.util
import json
import threading
import tomllib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import ClassVar

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


# An answer as OSV (api.osv.dev) gives it, cut to what is needed; the weakness is made up.
WEAKNESS = {
    "id": "PYSEC-2026-99999",
    "modified": "2026-11-01T00:00:00Z",
    "published": "2026-11-01T00:00:00Z",
    "schema_version": "1.7.0",
    "summary": "An artificial weakness",
    "details": "For the test of the audit.",
    "affected": [
        {
            "package": {"ecosystem": "PyPI", "name": "jinja2"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}],
        }
    ],
}


class Database(BaseHTTPRequestHandler):
    """Answers as OSV does; knows of one weakness, or of none."""

    weak: ClassVar[set[str]] = set()

    def do_POST(self) -> None:  # as it is called
        """Answer which of the packages are weak."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
        found = [
            {"vulns": [{"id": WEAKNESS["id"], "modified": WEAKNESS["modified"]}]}
            if one["package"]["name"] in self.weak
            else {}
            for one in asked
        ]
        self._answer({"results": found})

    def do_GET(self) -> None:  # as it is called
        """Answer what the weakness is."""
        self._answer(WEAKNESS)

    def _answer(self, answer: object) -> None:
        content = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:  # type: ignore[override]
        """Say nothing."""


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """The URL of a database of weaknesses."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Database) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


# which packages are weak, whether the audit fails, what it says
ANSWERS: list[tuple[set[str], bool, str]] = [
    ({"jinja2"}, True, "PYSEC-2026-99999"),
    (set(), False, "no known vulnerabilities"),
]


@pytest.mark.parametrize(
    ("weak", "fails", "says"), ANSWERS, ids=["a weakness", "no known weakness"]
)
def test_a_known_weakness_fails_the_check(
    supply: ModuleType,
    database: str,
    capsys: pytest.CaptureFixture[str],
    weak: set[str],
    fails: bool,  # noqa: FBT001  # a column of the table
    says: str,
) -> None:
    """Where the database can be reached, it is really asked, and its answer counts."""
    Database.weak = weak

    code = supply.audit(["--service-url", database])

    assert (code != 0) == fails
    assert says.lower() in capsys.readouterr().out.lower()


def test_an_audit_that_could_not_be_made_says_so(
    supply: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`make check` must pass without a network, and must not look as if it had asked."""
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    nobody = "http://127.0.0.1:9/"  # the port for what is thrown away

    assert supply.audit(["--service-url", nobody]) == 0
    assert capsys.readouterr().out.startswith("not audited: ")
    assert supply.audit(["--must", "--service-url", nobody]) != 0


def test_the_bill_of_materials_is_the_same_twice(supply: ModuleType, tmp_path: Path) -> None:
    """Two of them can be compared: a difference is a difference of packages."""
    one, two = tmp_path / "one.json", tmp_path / "two.json"

    assert (supply.sbom([str(one)]), supply.sbom([str(two)])) == (0, 0)

    assert one.read_bytes() == two.read_bytes()
    assert b'"name": "pyrage"' in one.read_bytes()
    assert b'"name": "MIT"' in one.read_bytes()
