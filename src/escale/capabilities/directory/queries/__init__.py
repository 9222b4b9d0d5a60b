"""Reads of the directory: questions, the search, the page of a place."""
