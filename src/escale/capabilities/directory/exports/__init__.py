"""What leaves the directory: files, and pages of the API."""
