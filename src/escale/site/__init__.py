"""Knows everyone: settings, addresses, wiring, home."""
