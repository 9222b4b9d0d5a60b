"""Fragments of the directory: its rows, its search, what a page says in words."""
