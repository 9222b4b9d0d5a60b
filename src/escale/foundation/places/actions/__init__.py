"""Writes of places, by noun. Each is one transaction, told to the journal at its end."""
