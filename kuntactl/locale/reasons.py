"""Why a file cannot be read or written, as the machine says it, in words that are translated."""

import errno
import os

from kuntactl.locale.phrases import Phrase, phrase, template

# The texts are those of the C library, which itself speaks English here.
_REASONS = {
    errno.EACCES: template("Permission denied"),
    errno.EBUSY: template("Device or resource busy"),
    errno.EDQUOT: template("Disk quota exceeded"),
    errno.EEXIST: template("File exists"),
    errno.EFBIG: template("File too large"),
    errno.EINVAL: template("Invalid argument"),
    errno.EIO: template("Input/output error"),
    errno.EISDIR: template("Is a directory"),
    errno.ELOOP: template("is a symbolic link, and nothing is written through one"),
    errno.EMFILE: template("Too many open files"),
    errno.ENAMETOOLONG: template("File name too long"),
    errno.ENODEV: template("No such device"),
    errno.ENOENT: template("No such file or directory"),
    errno.ENOMEM: template("Cannot allocate memory"),
    errno.ENOSPC: template("No space left on device"),
    errno.ENOTDIR: template("Not a directory"),
    errno.ENOTEMPTY: template("Directory not empty"),
    errno.EPERM: template("Operation not permitted"),
    errno.EROFS: template("Read-only file system"),
    errno.ESTALE: template("Stale file handle"),
    errno.ETIMEDOUT: template("Connection timed out"),
    errno.EXDEV: template("Invalid cross-device link"),
}


def reason(error: OSError) -> Phrase:
    """Return why an operation of the machine failed, without the file that it names."""
    number, said = error.errno or 0, error.strerror
    if isinstance(said, Phrase):
        return said
    if number in _REASONS and said in {None, os.strerror(number)}:
        return Phrase(_REASONS[number], {})
    return phrase("{reason}", reason=said or error)
