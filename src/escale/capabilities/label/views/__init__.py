"""Pages of the label."""
