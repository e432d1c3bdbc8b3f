"""What a command says of its own work on stderr, as plain text or as lines for a machine."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, TextIO, cast

from kuntactl.cli.language import said
from kuntactl.cli.redaction import redacted
from kuntactl.locale import phrase

FORMATS = ("text", "logfmt", "json")
QUIET, QUIET_VARIABLE = ("--quiet", "-q"), "KUNTACTL_QUIET"
FORMAT, FORMAT_VARIABLE = "--log-format", "KUNTACTL_LOG_FORMAT"
_WARNING = "warning: "  # how such a phrase begins, whose own text is English in every language
_FIRST = ["time", "level", "event"]  # of the keys of a line, whatever else it has


@dataclass(slots=True)
class Log:
    """How much is said and in which form; each line passes here before it reaches stderr."""

    stream: TextIO  # lets nothing personal through
    form: str = "text"
    quiet: bool = False  # errors only
    verbose: bool = False  # each step, too
    command: str = "kuntactl"  # its words, without what they were given

    def error(self, problem: str, hint: str | None, **facts: int) -> None:
        """Say what went wrong, and what to do now: one line each, or one record."""
        if self.form != "text":
            more = {"hint": hint} if hint else {}
            self._record("error", problem, {**more, **facts})
            return
        self.stream.write(f"error: {problem}\n")
        if hint:
            self.stream.write(f"hint: {hint}\n")

    def say(self, sentence: str) -> None:
        """Say one sentence, unless only errors are wanted."""
        if self.quiet:
            return
        level = "warning" if sentence.startswith(_WARNING) else "info"
        sentence = said(sentence)
        if self.form == "text":
            sys.stderr.write(f"{sentence}\n")  # above the bars, where there are some
        elif sentence.strip():
            self._record(level, sentence.strip(), {})

    def progress(self, what: str, done: int, total: int) -> None:
        """Say how many of how many are done."""
        if self.form == "text" or self.quiet:
            self.say(phrase("{what}: {done} of {total}", what=what, done=done, total=total))
        else:
            self._record("info", "progress", {"what": said(what), "done": done, "total": total})

    def step(self, step: str, *, seconds: float | None = None, **counts: int | str) -> None:
        """Say of a step how long it took, and what it counted, if every step is wanted."""
        if not self.verbose or self.quiet:
            return
        from kuntactl.cli.step_words import step_in_words

        if self.form == "text":
            time = [] if seconds is None else [phrase("{seconds:.2f} s", seconds=seconds)]
            told = [
                phrase("{name} {number}", name=step_in_words(name), number=count)
                for name, count in counts.items()
            ]
            self.say(phrase("{step}: {told}", step=step_in_words(step), told=[*time, *told]))
        else:
            time_ = {} if seconds is None else {"seconds": round(seconds, 3)}
            self._record("debug", "step", {"step": step, **time_, **counts})

    def _record(self, level: str, event: str, facts: Mapping[str, Any]) -> None:
        self.stream.write(f"{_rendered(self.form, level, {'event': event, **facts})}\n")


class Lines:
    """Stderr while a command runs: what anybody writes there becomes lines of the log."""

    def __init__(self, log: Log) -> None:
        """Hand the lines to this log."""
        self._log = log
        self._begun = ""

    def write(self, text: str) -> int:
        """Write the text, each line by itself where a machine reads; return its length."""
        if self._log.form == "text" and not self._log.quiet:
            self._log.stream.write(text)
        else:
            *lines, self._begun = (self._begun + text).split("\n")
            for line in lines:
                self._log.say(line)
        return len(text)

    def writelines(self, lines: Sequence[str]) -> None:
        """Write the lines."""
        for line in lines:
            self.write(line)

    def isatty(self) -> bool:
        """Return whether a person looks on: bars and colours are nothing for a log."""
        return self._log.form == "text" and not self._log.quiet and self._log.stream.isatty()

    def __getattr__(self, name: str) -> object:
        """Return all else of the stream itself."""
        return getattr(self._log.stream, name)

    def as_stream(self) -> TextIO:
        """Return this, as those take it who want a stream."""
        return cast("TextIO", self)


class Result:
    """Stdout while a command runs: nothing comes out of it where only errors are wanted."""

    def __init__(self, stream: TextIO, log: Log, *, is_wanted: bool) -> None:
        """Write to this stream; ``is_wanted``: the result was asked for, as with ``--json``."""
        self._stream = stream
        self._log = log
        self._is_wanted = is_wanted

    def write(self, text: str) -> int:
        """Write the text, or nothing; return its length."""
        if self._is_wanted or not self._log.quiet:
            self._stream.write(text)
        return len(text)

    def __getattr__(self, name: str) -> object:
        """Return all else of the stream itself."""
        return getattr(self._stream, name)

    def as_stream(self) -> TextIO:
        """Return this, as those take it who want a stream."""
        return cast("TextIO", self)


_CURRENT: ContextVar[Log] = ContextVar("log")


def current() -> Log:
    """Return the log of the command that runs; outside of one, a log on stderr as it is."""
    return _CURRENT.get(None) or Log(stream=sys.stderr)


@contextmanager
def logging_to(stream: TextIO, *, words: Sequence[str]) -> Iterator[Log]:
    """Keep a log on this stream while a command runs.

    Args:
        stream: Stderr, redacted.
        words: Of the command line: what is said before its options are read is said as they
            ask, too.
    """
    quiet = any(word in words for word in QUIET) or os.environ.get(QUIET_VARIABLE) == "1"
    log = Log(stream=stream, form=_form_asked(words), quiet=quiet)
    before = (sys.stdout, sys.stderr)
    sys.stderr = Lines(log).as_stream()
    sys.stdout = Result(sys.stdout, log, is_wanted="--json" in words).as_stream()
    token = _CURRENT.set(log)
    try:
        yield log
    finally:
        _CURRENT.reset(token)
        sys.stdout, sys.stderr = before


def _form_asked(words: Sequence[str]) -> str:
    asked = os.environ.get(FORMAT_VARIABLE, "")
    for word, after in zip_longest(words, words[1:], fillvalue=""):
        name, equals, value = word.partition("=")
        if name == FORMAT:
            asked = value if equals else after
    return asked if asked in FORMATS else "text"


def _rendered(form: str, level: str, facts: Mapping[str, Any]) -> str:
    """Return a record as one line, with the time, and with nothing personal in any value."""
    import json
    from functools import partial

    # Here, for it takes as long as help may; and without a logger of the library's.
    from structlog.processors import JSONRenderer, LogfmtRenderer, TimeStamper

    safe = {
        name: redacted(value) if isinstance(value, str) else value for name, value in facts.items()
    }
    stamped = TimeStamper(fmt="iso", utc=True, key="time")(None, level, {**safe, "level": level})
    if form == "logfmt":
        return str(LogfmtRenderer(key_order=_FIRST)(None, level, stamped))
    ordered = {name: stamped.pop(name) for name in _FIRST} | dict(stamped)
    return str(JSONRenderer(partial(json.dumps, ensure_ascii=False))(None, level, ordered))
