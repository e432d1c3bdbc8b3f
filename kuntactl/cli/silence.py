"""No word of Python's or of a library's on stderr: it could hold a person's data."""

import logging
import sys
import threading
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from kuntactl.cli.language import said
from kuntactl.cli.redaction import Redacting
from kuntactl.locale import phrase


@contextmanager
def guarded_stderr() -> Iterator[None]:
    """Let only our own sentences out, redacted, while a command runs.

    Of an error in a thread or a finalizer its kind and place are said, and no value; warnings
    and log lines of libraries are dropped: they are for developers, who see them in the tests.
    """
    before = (sys.stderr, sys.unraisablehook, threading.excepthook, warnings.showwarning)
    quiet = logging.NullHandler()  # while it is there nobody gives the log a way to stderr
    last_resort, raises = logging.lastResort, logging.raiseExceptions
    sys.stderr = Redacting(sys.stderr).as_stream()
    sys.unraisablehook = lambda found: _tell(found.exc_value, found.exc_traceback)
    threading.excepthook = lambda found: _tell(found.exc_value, found.exc_traceback)
    warnings.showwarning = lambda *_, **__: None
    logging.root.addHandler(quiet)
    logging.lastResort, logging.raiseExceptions = None, False
    try:
        yield
    finally:
        sys.stderr, sys.unraisablehook, threading.excepthook, warnings.showwarning = before
        logging.lastResort, logging.raiseExceptions = last_resort, raises
        logging.root.removeHandler(quiet)


def fault_in(error: BaseException, trace: TracebackType | None) -> str:
    """Return the kind of an error and where it is, without any value that could be personal."""
    frames = traceback.extract_tb(trace)
    own = [frame for frame in frames if "kuntactl" in frame.filename] or list(frames)
    if not own:
        return phrase("a fault in kuntactl: {kind}", kind=type(error).__name__)
    place = own[-1]
    module = place.filename.replace("\\", "/").rsplit("kuntactl/", 1)[-1]
    return phrase(
        "a fault in kuntactl: {kind} in {place}",
        kind=type(error).__name__,
        place=f"{module}:{place.lineno}",
    )


def _tell(error: BaseException | None, trace: TracebackType | None) -> None:
    if error is not None and not isinstance(error, SystemExit):
        sys.stderr.write(f"{said(fault_in(error, trace))}\n")
