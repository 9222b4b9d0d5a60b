"""What is typed in the directory, checked; nothing is saved here."""
