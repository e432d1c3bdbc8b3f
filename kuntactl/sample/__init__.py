"""Synthetic exports and coaches: artificial people in real municipalities."""
