"""The order of names in Finnish and Swedish lists."""

import polars as pl

# å, ä, ö are letters of their own after z; in code order "{", "|", "}" follow z.
_AFTER_Z = {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "õ": "}"}
# Letters that normalisation does not take apart, sorted as the letters they are written for.
_AS_WRITTEN = {"ü": "y", "ð": "d", "đ": "d", "ß": "ss", "ł": "l", "þ": "th", "ŋ": "n", "ŧ": "t"}


def alphabetical(name: str) -> pl.Expr:
    """Return a key that sorts the column ``name`` as a Finnish or Swedish list does.

    Letter case and accents do not count, å ä ö come after z, ü stands as y; null is "".
    """
    return (
        pl.col(name)
        .fill_null("")
        .str.normalize("NFC")
        .str.to_lowercase()
        .str.replace_many(list(_AFTER_Z), list(_AFTER_Z.values()))
        .str.replace_many(list(_AS_WRITTEN), list(_AS_WRITTEN.values()))
        .str.normalize("NFKD")
        .str.replace_all(r"\p{M}", "")
    )
