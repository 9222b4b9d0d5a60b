"""The description of a scheme file, by theme."""
