"""``escale scheme …``: check, try, format need no database."""
