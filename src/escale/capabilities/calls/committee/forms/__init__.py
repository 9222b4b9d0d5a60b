"""What is posted to the committee and to the assembly's votes."""
