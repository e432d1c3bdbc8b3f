"""Batch toolkit for municipal employment trials: decide, write, share out, report."""

__version__ = "0.1.0"
