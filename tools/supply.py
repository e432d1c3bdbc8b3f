"""What kuntactl is made of: licences, a bill of materials, known weaknesses."""

import importlib.metadata
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
UV = ROOT / ".uv" / "bin" / "uv"

# What the EUPL-1.2 may be shipped beside, by a word of the licence's name; one of several will do.
ALLOWED = (
    *("MIT", "BSD", "Apache", "ISC", "Zlib", "PSF", "Python"),
    *("MPL", "Mozilla", "LGPL", "EUPL"),
)
# Packages whose metadata do not name it; the files of licences that they bring do.
SAID_ELSEWHERE = {
    "atheris": "Apache-2.0",
    "dataframely": "BSD-3-Clause",
    "pyrage": "MIT",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
}
_LONGEST = 60  # characters; what is longer is the text of a licence, not its name
_UNREACHABLE = ("dns error", "error sending request", "Connect")


def licence_of(metadata: Mapping[str, Any], classifiers: list[str]) -> str:
    """Return the licence of a package as its metadata name it; empty: they do not."""
    name = str(metadata.get("name") or "")
    if name.lower() in SAID_ELSEWHERE:
        return SAID_ELSEWHERE[name.lower()]
    said = metadata.get("expression") or metadata.get("licence") or ""
    if said and len(said) <= _LONGEST and "\n" not in said:
        return str(said)
    found = [one.split(" :: ")[-1] for one in classifiers if one.startswith("License ::")]
    return " OR ".join(found)


def packages() -> Iterator[tuple[str, str, str]]:
    """Yield name, version and licence of each package that is installed, by name."""
    for one in sorted(importlib.metadata.distributions(), key=lambda one: one.name.lower()):
        meta = one.metadata
        facts = {
            "name": one.name,
            "expression": meta.get("License-Expression"),
            "licence": meta.get("License"),
        }
        yield one.name, one.version, licence_of(facts, meta.get_all("Classifier") or [])


def licences(_: list[str]) -> int:
    """List the licence of each package; fail if one is not known or not allowed."""
    found = list(packages())
    wrong = [one for one in found if not any(word in one[2] for word in ALLOWED)]
    for name, version, licence in found:
        print(f"{name} {version}: {licence or 'not known'}")  # noqa: T201
    for name, _version, licence in wrong:
        print(f"error: {name}: licence `{licence}` is not allowed", file=sys.stderr)  # noqa: T201
    return 1 if wrong else 0


def sbom(words: list[str]) -> int:
    """Write what is shipped as CycloneDX, from the lock: the same lock, the same bytes."""
    what = ("--locked", "--no-dev", "--all-extras", "--format", "cyclonedx1.5")
    command = [UV, "export", "-q", *what]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)  # noqa: S603  # ours
    bill = json.loads(done.stdout)
    bill.pop("serialNumber", None)  # drawn by chance
    bill["metadata"].pop("timestamp", None)
    known = {name.lower(): licence for name, _, licence in packages()}
    for component in bill["components"]:
        licence = known.get(component["name"].lower())
        if licence:
            component["licenses"] = [{"license": {"name": licence}}]
    target = Path(words[0] if words else ROOT / "build" / "sbom.cdx.json")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(bill, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{target}: {len(bill['components'])} packages")  # noqa: T201
    return 0


def audit(words: list[str]) -> int:
    """Ask a database of weaknesses (OSV) about the lock; say so where it cannot be reached.

    With ``--must`` that is a failure; ``--service-url URL`` names another database than OSV's.
    """
    command = [UV, "audit", "--locked", *(word for word in words if word != "--must")]
    done = subprocess.run(  # noqa: S603  # ours
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    said = done.stdout + done.stderr
    if done.returncode and any(sign in said for sign in _UNREACHABLE) and "--must" not in words:
        print("not audited: the database of weaknesses (api.osv.dev) cannot be reached from here")  # noqa: T201
        return 0
    print(said.strip())  # noqa: T201
    return done.returncode


_COMMANDS: Mapping[str, Callable[[list[str]], int]] = {
    "licences": licences,
    "sbom": sbom,
    "audit": audit,
}

if __name__ == "__main__":
    sys.exit(_COMMANDS[sys.argv[1]](sys.argv[2:]))
