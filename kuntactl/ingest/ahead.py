"""An export's bytes, read while the libraries load that will look into them."""

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from threading import Thread

from kuntactl.ingest.handed_in import read_bytes
from kuntactl.ingest.roomy import LARGE, Content


class Handed:
    """A file's bytes, and their SHA-256, which is worked out while somebody looks into them."""

    def __init__(self, path: Path, *, beside: bool, large: int = LARGE) -> None:
        """Read the file.

        Args:
            path: The file; ``-`` is standard input.
            beside: Whether a thread of its own reads it, or the caller waits for it.
            large: From how many bytes on their memory can be given back in part.
        """
        self.path = path
        self.is_taken = False
        self._large = large
        self._bytes: Future[Content] = Future()
        self._checksum: Future[str] = Future()
        if beside:
            _begin(self._read)
        else:
            self._read()

    def _read(self) -> None:
        try:
            data = read_bytes(self.path, large=self._large)
        except Exception as error:  # noqa: BLE001 it is raised where the bytes are asked for
            self._bytes.set_exception(error)
        else:
            self._bytes.set_result(data)
            _begin(lambda: self._checksum.set_result(hashlib.sha256(data).hexdigest()))

    def take(self) -> Content:
        """Return the bytes, once; they are not kept.

        Raises:
            InputError: If the file is missing, a folder, or may not be read.
        """
        self.is_taken = True
        data = self._bytes.result()
        self._bytes = Future()
        return data

    def checksum(self) -> str:
        """Return the SHA-256 of the bytes that were taken, in hex."""
        return self._checksum.result()


def _begin(work: Callable[[], None]) -> None:
    # A daemon: a command that ends before it needs the file ends at once.
    Thread(target=work, daemon=True).start()


def read_ahead(paths: Sequence[Path]) -> Handed | None:
    """Begin to read the first file if it is an ordinary one, else return none.

    What is wrong with it is said when its bytes are taken. Only the first of several files is
    read ahead, so that no two are held in memory at a time.
    """
    # Whatever else a path may be, such as a pipe, could keep a thread waiting for good.
    if not paths or not paths[0].is_file():
        return None
    return Handed(paths[0], beside=True)


def hand_in(path: Path, ahead: Handed | None) -> Handed:
    """Return the file as it was read ahead, if it was and nobody took it; else read it now."""
    if ahead is None or ahead.is_taken or ahead.path != path:
        return Handed(path, beside=False)
    return ahead
