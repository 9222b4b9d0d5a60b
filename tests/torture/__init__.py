"""The long fire: a real site, real processes that die, real clients. ``make torture`` fires longer."""
