"""Writes of the label, by noun."""
