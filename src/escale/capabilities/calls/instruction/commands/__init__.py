"""Commands of instruction."""
