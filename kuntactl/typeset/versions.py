"""What the look of a page depends on beside its template."""

import hashlib
from importlib.metadata import version

from kuntactl.typeset.fonts import FONT_FILES, font_bytes

_PACKAGES = ("weasyprint", "uharfbuzz", "fonttools", "pydyf", "tinycss2")


def versions() -> list[str]:
    """Return the versions of what lays pages out, and the checksums of the fonts."""
    return [
        *(f"{package} {version(package)}" for package in _PACKAGES),
        *(
            f"{name} {hashlib.sha256(font_bytes(weight)).hexdigest()}"
            for weight, name in FONT_FILES.items()
        ),
    ]
