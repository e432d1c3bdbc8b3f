"""A large file's bytes, held so that memory can be given back while the rest is looked at."""

import mmap
import os
from io import BufferedReader
from typing import TypeAlias

Content: TypeAlias = bytes | mmap.mmap

# Smaller ones are held as plain bytes: giving them back would be worth less than it takes.
LARGE = 1 << 28  # bytes


def read_content(file: BufferedReader, *, large: int = LARGE) -> Content:
    """Return what the open file holds; memory of a large one can be given back in part.

    Args:
        file: At its beginning.
        large: From how many bytes on it is large; never where the system cannot do it.
    """
    size = os.fstat(file.fileno()).st_size
    if size < max(large, 1) or not hasattr(mmap, "MADV_DONTNEED"):
        return file.read()
    # Nobody else's: pages that are shared would stay when they are given back. It is a copy,
    # not the file itself, which somebody may write into or cut off meanwhile.
    room = mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    with memoryview(room) as whole:
        is_full = file.readinto(whole) == size
    if is_full and not file.read(1):
        return room
    file.seek(0)  # it grows or shrinks while it is read: as much as there is now
    return file.read()


def give_back(content: Content, before: int) -> None:
    """Give back the memory of the bytes before this one; nobody may look at them any more."""
    pages = before // mmap.PAGESIZE * mmap.PAGESIZE
    if isinstance(content, mmap.mmap) and pages:
        content.madvise(mmap.MADV_DONTNEED, 0, pages)
