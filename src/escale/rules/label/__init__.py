"""Labels as data: a referential, a place, and what the one says of the other."""
