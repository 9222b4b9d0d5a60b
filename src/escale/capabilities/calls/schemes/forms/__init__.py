"""What is asked of visitors in the test, and of officers in a draft."""
