"""What the look of a page depends on beside its template."""

import ctypes
import hashlib
import platform
import zlib
from collections.abc import Mapping
from importlib.metadata import version

from kuntactl.typeset.fonts import FONT_FILES, font_bytes

_PACKAGES = ("weasyprint", "uharfbuzz", "fonttools", "pydyf", "tinycss2")
_BENEATH = ("jinja2", "cssselect2", "pyphen", "pillow", "tinyhtml5", "zxing-cpp")


def versions() -> list[str]:
    """Return the versions of what lays pages out, and the checksums of the fonts."""
    return [
        *(f"{package} {version(package)}" for package in _PACKAGES),
        *(f"{name} {checksum}" for name, checksum in _fonts().items()),
    ]


def libraries() -> Mapping[str, str]:
    """Return the version of everything that the bytes of a letter follow from, by name."""
    pango = ctypes.CDLL("libpango-1.0.so.0")
    harfbuzz = ctypes.CDLL("libharfbuzz.so.0")
    harfbuzz.hb_version_string.restype = ctypes.c_char_p
    number = pango.pango_version()
    return {
        "python": platform.python_version(),
        **{package: version(package) for package in (*_PACKAGES, *_BENEATH)},
        "pango": f"{number // 10_000}.{number // 100 % 100}.{number % 100}",
        "harfbuzz": harfbuzz.hb_version_string().decode(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **_fonts(),
    }


def _fonts() -> Mapping[str, str]:
    """Return the checksum of each font by its file's name."""
    return {
        name: hashlib.sha256(font_bytes(weight)).hexdigest() for weight, name in FONT_FILES.items()
    }
