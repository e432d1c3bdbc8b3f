"""Batch toolkit for municipal employment trials: decide, write, share out, report."""
