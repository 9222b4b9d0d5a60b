"""Who has a place nearby, and where the next ones should open."""
