"""Reads of dossiers: the form of an edition, the case, what is missing, lists."""
