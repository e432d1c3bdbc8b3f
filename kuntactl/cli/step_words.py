"""The steps of a command, and what each counted, in words."""

from collections.abc import Mapping

from kuntactl.locale import heading

_WORDS: Mapping[str, str] = {
    # steps
    "ingest": heading("ingest"),
    "decide": heading("decide"),
    "register": heading("register"),
    "assign": heading("assign"),
    "letters": heading("letters"),
    "print": heading("print"),
    "report": heading("report"),
    "printed": heading("printed"),
    # what they counted
    "files": heading("files"),
    "rows": heading("rows"),
    "lines": heading("lines"),
    "items": heading("items"),
    "accepted": heading("accepted"),
    "coaches": heading("coaches"),
    "clients": heading("clients"),
    "areas": heading("areas"),
    "members": heading("members"),
    "due": heading("due"),
    "exit_code": heading("exit code"),
}


def step_in_words(name: str) -> str:
    """Return a step, or what it counted, in words; its name where nobody has said it."""
    return _WORDS.get(name, name.replace("_", " "))
