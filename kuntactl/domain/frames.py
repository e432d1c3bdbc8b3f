"""dataframely, loaded without the databases that it could describe as well.

It imports every dialect of SQLAlchemy where that is installed: a quarter of the time in which a
command starts, for something that no schema of ours uses.
"""

import sys

__all__ = ["dy"]

_DATABASES = "sqlalchemy"

if _DATABASES in sys.modules:
    import dataframely as dy
else:
    sys.modules[_DATABASES] = None  # type: ignore[assignment]  # Python's word for "not there"
    try:
        import dataframely as dy
    finally:
        del sys.modules[_DATABASES]
