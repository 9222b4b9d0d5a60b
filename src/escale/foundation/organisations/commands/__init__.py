"""Commands that make the Region's first people."""
