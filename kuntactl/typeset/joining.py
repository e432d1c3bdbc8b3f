"""Pages of several PDFs in one file, each page with the bytes that it had."""

import hashlib
from collections.abc import Sequence
from io import BytesIO

import pikepdf


def joined(files: Sequence[bytes], *, title: str, language: str) -> bytes:
    """Return the pages of the files, in order, as one PDF for paper.

    The content of every page keeps its bytes. A font or colour profile that stands in several
    files with the same bytes stands here once. The file has no tags: it is made to be printed,
    and the single files stay what screen readers are given.

    Args:
        files: PDFs with at least one page each.
        title: Title of the document; nothing personal.
        language: Of the text, as ``fi``.
    """
    with pikepdf.new() as whole:
        for content in files:
            with pikepdf.open(BytesIO(content)) as part:
                whole.pages.extend(part.pages)
        for page in whole.pages:
            for key in ("/StructParents", "/Annots"):  # both point into tags left behind
                if key in page:
                    del page[key]
        _share_equal_streams(whole)
        whole.docinfo["/Title"] = title
        whole.Root.Lang = pikepdf.String(language)
        whole.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        out = BytesIO()
        whole.save(
            out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )
        return out.getvalue()


def _share_equal_streams(whole: pikepdf.Pdf) -> None:
    """Let fonts that have the same bytes be one stream."""
    first: dict[bytes, pikepdf.Object] = {}
    for item in whole.objects:
        if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item:
            font = item.FontFile2
            known = first.setdefault(hashlib.sha256(font.read_raw_bytes()).digest(), font)
            if known.objgen != font.objgen:
                item.FontFile2 = known
