"""Commands of dossiers: list, show, try, index."""
