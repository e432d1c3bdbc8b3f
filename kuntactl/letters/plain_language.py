"""How long the sentences of a letter are."""

import re
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from math import ceil

MOST_WORDS = 20  # in a sentence, on average

# After these a full stop does not end the sentence.
_ABBREVIATIONS = {
    "fi": (
        "ao ap as ea em esim huom jne klo mm mrd n nro ns os p par puh s tel tms ts v vrt ym yms"
    ),
    "sv": (
        "bl.a ca d.v.s dvs e.d exkl f.d fr.o.m inkl jfr kl m.fl m.m nr o.d o.s.v osv p.g.a s st "
        "t.ex t.o.m tel"
    ),
    "en": "approx dr e.g etc i.e mr mrs ms no p st tel",
}
_END = re.compile(r"[.!?\u2026]+[\u201d\u2019\"')\]]*\s+")
_LAST_WORD = re.compile(r"([\w.:]+)\.\s*$")
_WORD = re.compile(r"\w[\w.,:/’'\u2010\u2011\u2013@+-]*")
_BLOCKS = ("p", "li")
_LISTED = "facts"  # name, address and telephone are no sentences


def sentences_of(html: str) -> Mapping[str, Sequence[str]]:
    """Return the sentences of each language of a letter.

    Headings and lists of facts are left out; a paragraph or an item ends a sentence.

    Args:
        html: A whole letter, its text in sections with ``lang`` and boxes of class ``text``.
    """
    reader = _Reader()
    reader.feed(html)
    return {
        language: [sentence for block in blocks for sentence in split(block, language)]
        for language, blocks in reader.blocks.items()
    }


def split(text: str, language: str) -> Sequence[str]:
    """Return the sentences of running text.

    A full stop within a day (1.3.2021), after an abbreviation or after an ordinal number ends
    none; in a language whose abbreviations we do not know, one ends too many.
    """
    text = " ".join(text.split())
    abbreviations = _ABBREVIATIONS.get(language, "").split()
    begins, found = 0, []
    for end in _END.finditer(text):
        before = _LAST_WORD.search(text[: end.end()])
        abbreviated = before is not None and before[1].casefold() in abbreviations
        if abbreviated or text[end.end() : end.end() + 1].islower():  # 1. maaliskuuta
            continue
        found.append(text[begins : end.end()].strip())
        begins = end.end()
    return [sentence for sentence in (*found, text[begins:]) if words_in(sentence)]


def words_in(sentence: str) -> int:
    """Return how many words there are; a day, a number or an address of the web is one."""
    return len(_WORD.findall(sentence))


def words_a_sentence(sentences: Sequence[str]) -> float:
    """Return how many words the sentences have on average; of none 0."""
    return sum(map(words_in, sentences)) / len(sentences) if sentences else 0.0


def hard_to_read(sentences: Sequence[str]) -> int | None:
    """Return how many words the sentences have on average, rounded up; none: they are plain."""
    average = words_a_sentence(sentences)
    return ceil(average) if average > MOST_WORDS else None


class _Reader(HTMLParser):
    """Gathers the paragraphs of a letter by language."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: dict[str, list[str]] = {}
        self._language = ""
        self._open: list[str] | None = None  # text of the block that is open
        self._lists: list[bool] = []  # open lists: whether of facts

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take up a language, a list or a block."""
        given = dict(attrs)
        if tag == "section" and given.get("lang"):
            self._language = given["lang"] or ""
        elif tag in {"ul", "ol"}:
            self._lists.append(_LISTED in (given.get("class") or "").split())
        elif tag == "div" and "text" in (given.get("class") or "").split():
            self.blocks.setdefault(self._language, [])
        elif tag in _BLOCKS and self._language in self.blocks and not any(self._lists):
            self._open = []
        elif tag == "br" and self._open is not None:
            self._open.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Put down a list or a block."""
        if tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        elif tag in _BLOCKS and self._open is not None:
            self.blocks[self._language].append("".join(self._open))
            self._open = None

    def handle_data(self, data: str) -> None:
        """Keep the text of a block."""
        if self._open is not None:
            self._open.append(data)
