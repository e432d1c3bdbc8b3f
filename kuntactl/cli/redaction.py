"""What looks like a person's data, taken out of everything that is said on stderr."""

import re
from collections.abc import Sequence
from typing import TextIO, cast

GONE = "[personal]"
# An identity code, an e-mail address, a postal code with its place. Names look like any word:
# that they are in no message is the care of each message, and of the tests.
_PATTERNS = (
    re.compile(r"(?<![\w])\d{6}[-+A-FU-Ya-fu-y]\d{3}[0-9A-Za-z](?![\w])"),
    re.compile(r"(?<![\w./:@-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"),
    re.compile(r"(?<![\w])(?:FI-)?\d{5}\s+[A-ZÅÄÖ][A-ZÅÄÖ-]{2,}(?![\w])"),
)
_PASSWORD = re.compile(r"(?<=://)([^:/@]*):[^@]*@")


def redacted(text: str) -> str:
    """Return the text without what looks like personal data."""
    for pattern in _PATTERNS:
        text = pattern.sub(GONE, text)
    return text


def without_password(place: str) -> str:
    """Return the place of a register without the password of its server."""
    return _PASSWORD.sub(r"\1:***@", place)


class Redacting:
    """A text stream that lets nothing through that looks like personal data."""

    def __init__(self, stream: TextIO) -> None:
        """Write to this stream."""
        self._stream = stream

    def write(self, text: str) -> int:
        """Write the text redacted; return the length of the text."""
        self._stream.write(redacted(text))
        return len(text)

    def writelines(self, lines: Sequence[str]) -> None:
        """Write the lines redacted."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> object:
        """Return all else of the stream itself."""
        return getattr(self._stream, name)

    def as_stream(self) -> TextIO:
        """Return this, as those take it who want a stream."""
        return cast("TextIO", self)
