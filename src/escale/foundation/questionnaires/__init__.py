"""Questions and answers, and files read with the line of each word."""
