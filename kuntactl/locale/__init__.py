"""Sentences for people, in the three languages of the product."""

from kuntactl.locale.catalogues import LANGUAGES, in_language, translated
from kuntactl.locale.phrases import Phrase, counted, heading, joined, phrase, template, worded

__all__ = [
    "LANGUAGES",
    "Phrase",
    "counted",
    "heading",
    "in_language",
    "joined",
    "phrase",
    "template",
    "translated",
    "worded",
]
