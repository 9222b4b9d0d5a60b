"""Template tags of the committee."""
