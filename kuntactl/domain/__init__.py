"""Nouns of the field: identifiers, frames between stages, areas, trials, calendar, wording."""
