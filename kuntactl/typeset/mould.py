"""The objects that each letter of a form has of its own, ready to be numbered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kuntactl.typeset.form import PAGES, Form, references
from kuntactl.typeset.objects import Key, Ref, Value, written

_OPEN = b"\0"  # stands for a number that each letter has of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Mould:
    """An object stream in which all numbers are open; each has the same number of digits."""

    text: bytes  # with %d for each number
    offsets: npt.NDArray[np.int64]  # of the numbers, from the letter's first
    are_keys: npt.NDArray[np.bool_]  # which are keys of the tags' tree instead
    head: int  # bytes before the first object
    objects: int  # in the stream
    pages: tuple[int, ...]  # offsets of the pages
    top: int  # of the topmost tag
    leaf: int  # of the tree's part
    keys: int  # how many a letter needs

    def cast(self, first: int, first_key: int) -> bytes:
        """Return the object stream of a letter, not yet compressed."""
        numbers = self.offsets + np.where(self.are_keys, first_key, first)
        return self.text % tuple(numbers.tolist())


def mould_of(form: Form, *, first: int, fixed: Callable[[int], int], document: int) -> Mould:
    """Return the mould of a form's letters.

    Args:
        form: The letter.
        first: The first number of an object in the file; all have as many digits.
        fixed: Tells the number of an object that all letters of a file share.
        document: Number of the tag that holds those of all letters.
    """
    return _Mould(form, fixed, document).made(len(str(first)))


class _Mould:
    def __init__(self, form: Form, fixed: Callable[[int], int], document: int) -> None:
        self._form, self._fixed, self._document = form, fixed, document
        root = form.objects[form.structure]
        (top,) = root["K"]
        self._top, self._leaf = top.number, root["ParentTree"].number
        self._own = self._found()
        self._offset = {number: at for at, number in enumerate(self._own)}
        contents = enumerate(form.pages, len(self._own))
        self._offset |= {page.content_number: at for at, page in contents}
        self._numbers: list[int] = []
        self._keys: list[bool] = []

    def made(self, digits: int) -> Mould:
        bodies = []
        places = []
        at = 0
        for number in self._own:
            before = len(self._numbers)
            body = written(self._value(number), self._opened)
            places.append(at)
            opened = len(self._numbers) - before
            at += len(body) + opened * (digits - len(_OPEN)) + 1
            bodies.append(body.replace(b"%", b"%%"))
        head = b" ".join(b"\0 %d" % place for place in places) + b"\n"
        objects = len(self._own)
        keys = [key for key, is_key in zip(self._numbers, self._keys, strict=True) if is_key]
        return Mould(
            text=(head + b"\n".join(bodies)).replace(_OPEN, b"%d"),
            offsets=np.array([*range(objects), *self._numbers]),
            are_keys=np.array([False] * objects + self._keys),
            head=len(head) + objects * (digits - len(_OPEN)),
            objects=objects,
            pages=tuple(self._offset[page.number] for page in self._form.pages),
            top=self._offset[self._top],
            leaf=self._offset[self._leaf],
            keys=max(keys) + 1,
        )

    def _found(self) -> Sequence[int]:
        """Return the objects that lead to the letter's content and its tags, in order."""
        objects = self._form.objects
        elsewhere = {
            PAGES,
            self._form.structure,
            *(page.content_number for page in self._form.pages),
        }
        found: set[int] = set()
        waiting = [self._leaf, *(page.number for page in self._form.pages)]
        while waiting:
            number = waiting.pop()
            if number in found or number in elsewhere:
                continue
            found.add(number)
            value = objects[number]
            waiting += references({key: item for key, item in value.items() if key != "Resources"})
        return sorted(found)

    def _value(self, number: int) -> Value:
        value = self._form.objects[number]
        if number == self._leaf:
            keys = value["Nums"][::2]
            return {"Limits": [keys[0], keys[-1]], "Nums": value["Nums"]}
        if number == self._top:
            return value | {"S": b"/Part", "P": b"%d 0 R" % self._document}
        return value

    def _opened(self, item: Ref | Key) -> bytes:
        if isinstance(item, Key):
            self._numbers.append(item.number)
            self._keys.append(True)
            return _OPEN
        if item.number in self._offset:
            self._numbers.append(self._offset[item.number])
            self._keys.append(False)
            return _OPEN + b" 0 R"
        return b"%d 0 R" % self._fixed(item.number)
