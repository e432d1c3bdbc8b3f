"""WeasyPrint, loaded without the fonts of the machine."""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files

_SETTING = "FONTCONFIG_FILE"


@contextmanager
def without_machine_fonts() -> Iterator[None]:
    """Let fontconfig find no font while the block runs.

    Otherwise a letter could be set in the machine's own Roboto, or a character that our
    fonts lack in whatever font the machine has. Fontconfig reads its setting from the
    environment each time a configuration is made, so it is set for that moment only.
    """
    before = os.environ.get(_SETTING)
    with as_file(files("kuntactl") / "typeset" / "fonts.conf") as path:
        os.environ[_SETTING] = str(path)
        try:
            yield
        finally:
            if before is None:
                del os.environ[_SETTING]
            else:
                os.environ[_SETTING] = before


# On loading, WeasyPrint warns that there is no font: with us that is as it must be.
with without_machine_fonts(), warnings.catch_warnings():
    warnings.simplefilter("ignore", UserWarning)
    from weasyprint import CSS, HTML
    from weasyprint.document import Document
    from weasyprint.pdf.metadata import DocumentMetadata
    from weasyprint.svg import SVG
    from weasyprint.svg.defs import get_use_tree as used_part
    from weasyprint.text.fonts import FontConfiguration, get_hb_object_data
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

__all__ = [
    "CSS",
    "HTML",
    "SVG",
    "Document",
    "DocumentMetadata",
    "FatalURLFetchingError",
    "FontConfiguration",
    "URLFetcher",
    "URLFetcherResponse",
    "get_hb_object_data",
    "used_part",
    "without_machine_fonts",
]
