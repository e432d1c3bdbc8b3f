"""Which files a page may use: those beside its template, those of the fonts."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from kuntactl.errors import LetterError
from kuntactl.locale import phrase
from kuntactl.typeset.fonts import font_folder
from kuntactl.typeset.machine import URLFetcher, URLFetcherResponse
from kuntactl.typeset.picture_file import require_whole

TEMPLATES_URL = "file:///templates/"  # stands for the folders of the templates, in order
FONTS_URL = "file:///fonts/"  # stands for the folder of the fonts
_TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg"}


class FolderFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Answers for files of the given folders; everything else is a fatal error."""

    def __init__(self, folders: Sequence[Path]) -> None:
        """Allow the files of ``folders``; the first folder that has a file answers."""
        super().__init__(allowed_protocols=["file"], allow_redirects=False, fail_on_errors=True)
        self._roots = {TEMPLATES_URL: tuple(folders), FONTS_URL: (font_folder(),)}
        self._looked_at: set[str] = set()  # URLs: a drawing may use files, even itself

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return the file that the URL stands for.

        Raises:
            FileNotFoundError: If no folder has it, or it lies outside them. WeasyPrint makes
                this a FatalURLFetchingError, a BaseException.
            LetterError: If it is a picture that would not come out as it was drawn, or no file;
                the same becomes of it.
        """
        del headers
        if url.startswith("data:"):
            raise LetterError(
                phrase("a picture stands within another file (data:)"),
                hint=phrase("put it into a file of its own, beside the template"),
            )
        for root, folders in self._roots.items():
            if url.startswith(root):
                name = unquote(urlsplit(url).path.removeprefix(urlsplit(root).path))
                file = _find(name, folders)
                kind = _TYPES.get(file.suffix.lower(), "application/octet-stream")
                content = file.read_bytes()
                self._look_at(content, url, name)
                return URLFetcherResponse(url, content, {"Content-Type": kind})
        raise FileNotFoundError(url)

    def _look_at(self, content: bytes, url: str, name: str) -> None:
        if url in self._looked_at:
            return
        self._looked_at.add(url)
        try:
            require_whole(content, url, name=name, fetch=self.fetch)
        finally:
            self._looked_at.remove(url)


def _find(name: str, folders: Sequence[Path]) -> Path:
    for folder in folders:
        file = (folder / name).resolve()
        if file.is_relative_to(folder.resolve()) and file.is_file():
            return file
    raise FileNotFoundError(name)
