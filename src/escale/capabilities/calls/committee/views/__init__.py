"""Pages of the committee and of the assembly's votes."""
