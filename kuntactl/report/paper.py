"""The reports as tagged PDF, set from the same pages."""

from kuntactl.files.templates import template_folder
from kuntactl.typeset.render import Typesetter


class Paper:
    """Sets pages as PDF; fonts and style sheets are read once."""

    def __init__(self) -> None:
        """Make the typesetter ready."""
        self._typesetter = Typesetter([template_folder("report")])

    def pdf(self, page: bytes) -> bytes:
        """Return a page made ``on_paper`` as PDF/UA-1, the same bytes for the same page.

        A chart's alternative text says all of its figures.

        Raises:
            LetterError: If the page cannot be set as written.
        """
        return self._typesetter.write([self._typesetter.lay_out(page.decode("utf-8"))])
