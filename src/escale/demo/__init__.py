"""A small believable Region, built through the real actions."""
