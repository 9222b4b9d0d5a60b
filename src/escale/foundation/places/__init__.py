"""Third places: what they are, where, when open, what is there, who welcomes."""
