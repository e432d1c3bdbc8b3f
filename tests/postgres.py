"""A PostgreSQL server of the tests' own: on loopback, with its own user, gone afterwards."""

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg

_DEBIAN = Path("/usr/lib/postgresql")  # <version>/bin
_ROLE = "kuntactl"
_OWN_USERS = ("postgres", "nobody")  # the server refuses to run as root


def programs() -> Path | None:
    """Return the folder of the newest server there is; none: there is no server."""
    found = sorted(
        (path for path in _DEBIAN.glob("*/bin") if (path / "initdb").exists()),
        key=lambda path: int(path.parent.name),
    )
    on_path = shutil.which("initdb")
    return found[-1] if found else Path(on_path).parent if on_path else None


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Start a server whose files lie in ``folder``; yield its URL without a database's name."""
    binaries = programs()
    assert binaries, "no PostgreSQL server is installed"
    data, port = folder / "data", _free_port()
    folder.mkdir(mode=0o755)
    if os.getuid() == 0:
        user = _own_user()
        os.chown(folder, user.pw_uid, user.pw_gid)
    _as_own_user(
        binaries / "initdb", "-D", data, "-A", "trust", "-U", _ROLE, "--no-sync", "-E", "UTF8"
    )
    # Speed, not safety: what the server holds does not outlive the test.
    settings = f"-c listen_addresses=127.0.0.1 -p {port} -k {folder} -c fsync=off"
    control = (binaries / "pg_ctl", "-D", data, "-w", "-s")
    _as_own_user(*control, "-l", folder / "log", "-o", settings, "start")
    try:
        yield f"postgresql+psycopg://{_ROLE}@127.0.0.1:{port}"
    finally:
        _as_own_user(*control, "-m", "immediate", "stop")


@contextmanager
def database(server_url: str) -> Iterator[str]:
    """Make an empty database on the server; yield its URL."""
    name = f"register_{uuid4().hex}"
    plain = server_url.replace("+psycopg", "")
    with psycopg.connect(f"{plain}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]  # our own name
    yield f"{server_url}/{name}"
    with psycopg.connect(f"{plain}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]


def _own_user() -> pwd.struct_passwd:
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return next(known[name] for name in _OWN_USERS if name in known)


def _as_own_user(*words: object) -> None:
    user = _own_user() if os.getuid() == 0 else None
    done = subprocess.run(
        [str(word) for word in words],
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,  # a pipe would wait for the server, which inherits it
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={"PATH": os.defpath, "LC_ALL": "C"},
        user=user.pw_uid if user else None,
        group=user.pw_gid if user else None,
        extra_groups=[] if user else None,
    )
    assert done.returncode == 0, f"{Path(str(words[0])).name}: exit code {done.returncode}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
