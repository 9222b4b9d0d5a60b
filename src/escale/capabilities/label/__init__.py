"""The label: referentials, and what they say of a place."""
