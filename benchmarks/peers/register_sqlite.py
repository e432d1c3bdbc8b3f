"""The least a register could be: SQLite tables of members and letters, no events, no hashes."""

import json
import sqlite3
import sys
import time
from pathlib import Path

AREAS = ("helsinki", "porvoo", "salo-marttila-koski")


def main(clients: int, register: Path) -> None:
    """Insert whoever is not there yet, twice, and say how long it took."""
    for part in register.parent.glob(f"{register.name}*"):
        part.unlink()  # each round begins with an empty one
    seconds = {}
    for name in ("first", "second"):
        start = time.perf_counter()
        night(clients, register)
        seconds[name] = time.perf_counter() - start
    print(json.dumps({**seconds, "mb": register.stat().st_size / 1e6}))


def night(clients: int, register: Path) -> None:
    """Take one night in one transaction, as safe from a power cut as ours."""
    database = sqlite3.connect(register, isolation_level=None)
    for setting in ("journal_mode = WAL", "synchronous = FULL"):
        database.execute(f"PRAGMA {setting}")
    database.execute("BEGIN IMMEDIATE")
    database.execute(
        "CREATE TABLE IF NOT EXISTS member (area, client, since, ground, coach, home,"
        " PRIMARY KEY (area, client))"
    )
    database.execute(
        "CREATE TABLE IF NOT EXISTS letter (id PRIMARY KEY, area, client, kind, sha256, bundle,"
        " page)"
    )
    known = {client for (client,) in database.execute("SELECT client FROM member")}
    fresh = [
        (AREAS[number % 3], f"U{number:07}")
        for number in range(clients)
        if f"U{number:07}" not in known
    ]
    database.executemany(
        "INSERT INTO member VALUES (?, ?, '2021-03-01', 'under_30', ?, '091')",
        ((area, client, f"V{place // 150}") for place, (area, client) in enumerate(fresh)),
    )
    database.executemany(
        "INSERT INTO letter VALUES (?, ?, ?, 'transfer', ?, ?, ?)",
        (
            (f"{area}-{place:06}", area, client, "ab" * 32, f"{area}-{place // 300}", place % 100)
            for place, (area, client) in enumerate(fresh)
        ),
    )
    database.execute("COMMIT")
    database.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
