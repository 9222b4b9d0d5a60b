"""Pages of instruction."""
