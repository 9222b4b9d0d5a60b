"""Schemes as data: the file's description, and the one function that answers a case."""
