"""Pages of organisations, of those who act for them, and of the Region's own people."""
