"""Acts of the committee and of the assembly."""
