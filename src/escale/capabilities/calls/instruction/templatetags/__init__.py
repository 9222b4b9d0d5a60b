"""Template tags of instruction."""
