"""What stands in a PDF that was written."""

from collections.abc import Sequence

import pypdfium2


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has that we wrote."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def page_texts(pdf: bytes) -> Sequence[str]:
    """Return the text of each page, its white space made single blanks; a blank page: empty.

    Raises:
        ValueError: If it is no PDF, or a damaged one.
    """
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise ValueError("not a readable PDF") from error
    try:
        return [
            " ".join(document[number].get_textpage().get_text_range().split())
            for number in range(len(document))
        ]
    except pypdfium2.PdfiumError as error:
        raise ValueError("a page cannot be read") from error
    finally:
        document.close()
