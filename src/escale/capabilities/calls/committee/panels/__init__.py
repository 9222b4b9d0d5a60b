"""What the pages of the committee and of the votes say."""
