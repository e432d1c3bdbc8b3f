"""What a register holds of clients, without who gave the commands and when."""

import sqlite3
from contextlib import closing
from pathlib import Path

# A command that is given again adds a run, and an event that tells so; the hashes tell the time.
_OF_CLIENTS = {
    "event": "SELECT sequence, run, kind, area, client_id, day, facts FROM event "
    "WHERE kind <> 'command' ORDER BY 1",
    "membership": "SELECT * FROM membership ORDER BY 1",
    "letter": "SELECT * FROM letter ORDER BY 1",
}


def rows_of_clients(register: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows by table, those of the events without their hashes."""
    with closing(sqlite3.connect(register)) as opened:
        return {name: list(opened.execute(query)) for name, query in _OF_CLIENTS.items()}
