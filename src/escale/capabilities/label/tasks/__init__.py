"""Background work of the label: its watch."""
