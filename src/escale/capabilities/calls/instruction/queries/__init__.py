"""Reads of instruction: the desk, one dossier's sheet, clocks, statistics."""
