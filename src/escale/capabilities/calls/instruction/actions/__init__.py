"""Writes of instruction: one function an act, each one transaction."""
