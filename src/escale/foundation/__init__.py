"""Nouns that several services share, ordered among themselves."""
