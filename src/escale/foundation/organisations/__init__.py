"""Organisations, who acts for them, and the Region's own services and mandates."""
