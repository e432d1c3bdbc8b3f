"""The catalogues of translated texts: found in the sources, kept in .po, compiled to .mo.

``tools/catalogues.py`` writes them anew; what is translated stays, what is gone leaves.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parent.parent / "kuntactl"
LOCALE = PACKAGE / "locale"
LANGUAGES = ("fi", "sv")
# Which catalogue holds what is said through which function; help is read from the commands.
FUNCTIONS: dict[str, dict[str, Any]] = {
    "errors": {"phrase": None, "template": None, "counted": (1, 2)},
    "terminal": {"heading": None},
    "help": {"in_help": None, "translate": None, "of_help": None},
}
NAMES = tuple(FUNCTIONS)


class _Timeless(Catalog):
    """A catalogue whose head tells no day and no version: the same texts, the same bytes."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The head of the file."""
        return [
            ("Language", str(self.locale)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", str(self.plural_forms)),
        ]


def sources(name: str) -> Catalog:
    """Return the texts of one catalogue as the sources hold them, in alphabetical order."""
    catalogue = Catalog(fuzzy=False)
    for text, place in sorted(set(_in_help() if name == "help" else _in_code(name)), key=str):
        catalogue.add(text, locations=[(place, 0)])
    return catalogue


def _in_code(name: str) -> Iterator[tuple[Any, str]]:
    found = extract_from_dir(
        PACKAGE, method_map=[("**.py", "python")], keywords=FUNCTIONS[name], comment_tags=()
    )
    for place, _, text, _, _ in found:
        yield text, f"kuntactl/{place}"


def _in_help() -> Iterator[tuple[str, str]]:
    """Return every text that help shows: of Typer, from docstrings and options; and of ours."""
    import typer  # noqa: PLC0415 - the commands are loaded only where help is read

    from kuntactl.cli.main import app  # noqa: PLC0415 - as above

    yield from _in_code("help")
    yield from _of_command(typer.main.get_command(app), "kuntactl")


def _of_command(command: Any, words: str) -> Iterator[tuple[str, str]]:
    import typer  # noqa: PLC0415 - as above

    from kuntactl.cli.described import texts_of  # noqa: PLC0415 - as above

    for text in texts_of(command, typer.Context(command, info_name=words)):
        yield text, words
    if hasattr(command, "sections"):
        for heading, names in command.sections():
            yield heading, words
            for name in names:
                yield from _of_command(command.commands[name], f"{words} {name}")


def po_file(name: str, language: str) -> Path:
    """Return where the translations of one catalogue are kept."""
    return LOCALE / language / "LC_MESSAGES" / f"{name}.po"


def read(name: str, language: str) -> Catalog:
    """Return the translations that are kept, or none yet."""
    path = po_file(name, language)
    with io.BytesIO(path.read_bytes() if path.is_file() else b"") as file:
        return read_po(file, locale=language)


def updated(name: str, language: str) -> Catalog:
    """Return the texts of the sources with the translations that are kept for them."""
    kept = read(name, language)
    catalogue = _Timeless(locale=language, fuzzy=False, header_comment="")
    for message in sources(name):
        if message.id:
            found = kept.get(message.id if isinstance(message.id, str) else message.id[0])
            same = found is not None and found.id == message.id
            catalogue.add(
                message.id,
                string=found.string if found is not None and same else None,
                locations=message.locations,
            )
    return catalogue


def po_bytes(catalogue: Catalog) -> bytes:
    """Return a catalogue as the text of its file."""
    with io.BytesIO() as file:
        write_po(file, catalogue, width=99, include_lineno=False)
        return file.getvalue()


def mo_bytes(po: bytes, language: str) -> bytes:
    """Return what gettext reads of the text of a .po file."""
    with io.BytesIO(po) as text, io.BytesIO() as file:
        told = _Timeless(locale=language, fuzzy=False, header_comment="")
        for message in read_po(text, locale=language):
            if message.id:
                told.add(message.id, string=message.string)
        write_mo(file, told)
        return file.getvalue()


def main() -> None:
    """Write every catalogue anew; say how many texts each still lacks."""
    for language in LANGUAGES:
        for name in NAMES:
            po = po_bytes(updated(name, language))
            path = po_file(name, language)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(po)
            path.with_suffix(".mo").write_bytes(mo_bytes(po, language))
            lacking = [one for one in read(name, language) if one.id and not all(_strings(one))]
            sys.stdout.write(f"{language} {name}: {len(lacking)} not translated\n")


def _strings(message: Any) -> tuple[str, ...]:
    string = message.string
    return tuple(string) if isinstance(string, (tuple, list)) else (string,)


if __name__ == "__main__":
    main()
