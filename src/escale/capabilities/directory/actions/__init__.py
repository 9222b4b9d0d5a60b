"""Writes of the directory, by noun."""
