"""Reads of the label."""
