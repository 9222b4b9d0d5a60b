"""The description of the two files: the referential and the place."""
