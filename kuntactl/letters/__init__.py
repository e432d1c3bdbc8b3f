"""Letters: which fields, which words, laid out once, filled in per client, written."""
