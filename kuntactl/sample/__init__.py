"""Synthetic exports and coaches of artificial people."""
