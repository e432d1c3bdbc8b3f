"""The tags of a document: made fewer, or left out with the text they stand for."""

from kuntactl.typeset.objects import Ref, Value

# WeasyPrint wraps every line of text in a tag of its own, which says nothing.
_SAYS_NOTHING = frozenset({"Type", "S", "K", "Pg", "P"})


def without_wrappers(objects: dict[int, Value], tree: int) -> None:
    """Let each line of text belong to the tag around its own, and drop that.

    Args:
        objects: By number; changed.
        tree: Number of the tree that leads from marks to tags.
    """
    numbers = objects[tree]["Nums"]
    for of_page in numbers[1::2]:
        if not isinstance(of_page, list):  # a link's, which leads to one tag
            continue
        for mark, reference in enumerate(of_page):
            tag = objects.get(reference.number) if isinstance(reference, Ref) else None
            if tag is None or not _is_wrapper(tag, mark):
                continue
            parent = objects[tag["P"].number]
            if parent["Pg"] == tag["Pg"] and reference in parent["K"]:
                parent["K"][parent["K"].index(reference)] = b"%d" % mark
                of_page[mark] = tag["P"]
                del objects[reference.number]


def drop(objects: dict[int, Value], number: int, child: bytes | Ref) -> None:
    """Take a child off a tag, and the tag off its parent when it is left empty."""
    tag = objects[number]
    left = [item for item in tag["K"] if item != child]
    objects[number] = tag | {"K": left}
    if not left and "P" in tag:
        del objects[number]
        drop(objects, tag["P"].number, Ref(number))


def _is_wrapper(tag: Value, mark: int) -> bool:
    alone = bool(tag["S"] == b"/Span" and tag["K"] == [b"%d" % mark])
    return alone and tag.keys() <= _SAYS_NOTHING
